/**
 * DOSBox in its Worker, spoken to by messages alone: the component itself (`/engines/dosbox/`, GPL) is no part of this code.
 *
 * Rules of use:
 * - `open` loads and prepares the engine; `run` puts the files there and starts the guest.
 * - Requests with an answer carry a number; `dispose` ends the Worker and leaves requests under way without an answer.
 *
 * Invariant: the engine gets a compiled module and files, never an address to load something from.
 */
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { MachineError, type PointerButton } from '../machine.ts';
import type { PutEntry, ScanEntry } from './drive-folder.ts';

const session = 'vitrine';
const buttons: Readonly<Record<PointerButton, number>> = { left: 0, right: 1, middle: 2 };

export interface FrameLine {
	readonly start: number;
	/** RGB, three bytes a pixel, whole lines. */
	readonly heapu8: Uint8Array;
}

interface EngineMessage {
	readonly name: string;
	readonly id?: number;
	readonly line?: string;
	readonly props?: Readonly<Record<string, unknown>>;
	readonly [field: string]: unknown;
}

export class DosboxEngine implements Disposable {
	readonly frameSize = new Emitter<{ width: number; height: number }>();
	readonly frame = new Emitter<readonly FrameLine[]>();
	readonly command = new Emitter<string>();
	readonly output = new Emitter<string>();
	readonly exit = new Emitter<void>();
	readonly failure = new Emitter<string>();
	readonly #worker: Worker;
	readonly #answers = new Map<number, (message: EngineMessage) => void>();
	readonly #awaited = new Map<string, (message: EngineMessage) => void>();
	readonly #startTime = performance.now();
	#nextId = 1;
	/** The answer carries no number, so those who ask at the same time share it. */
	#programQuestion: Promise<string> | undefined;

	private constructor(worker: Worker) {
		this.#worker = worker;
		worker.onmessage = (event: MessageEvent<EngineMessage>) => this.#receive(event.data);
		worker.onerror = (event) => {
			event.preventDefault();
			this.failure.fire(event.message);
		};
	}

	/** Begins to load the engine before a machine asks for it; a failure is told to the one who opens it. */
	static prepare(directory: string): void {
		compile(wasmAddress(directory)).catch(() => undefined);
	}

	/** Loads the engine from `directory`; its samples go to `audioPort`. */
	static async open(directory: string, audioPort: MessagePort): Promise<DosboxEngine> {
		const worker = new Worker(`${directory}bridge.js`, { name: 'dosbox' });
		const engine = new DosboxEngine(worker);
		try {
			const module = await compile(wasmAddress(directory));
			const ready = engine.#once('ws-ready');
			worker.postMessage({ name: 'wc-install', props: { sessionId: session, module, audioPort } }, [audioPort]);
			await ready;
			return engine;
		} catch (error) {
			engine.dispose();
			throw error;
		}
	}

	async run(configuration: string, files: readonly PutEntry[]): Promise<void> {
		const stored = this.#once('bridge-put-done');
		const transfer = files.flatMap(([, bytes]) => (bytes === null ? [] : [bytes.buffer]));
		this.#worker.postMessage({ name: 'bridge-put', entries: [['', null, 0], ...files] }, transfer);
		await stored;
		const configurationBytes = new TextEncoder().encode(configuration).buffer;
		for (const data of [configurationBytes, null]) {
			this.#send('wc-send-data-chunk', { chunk: { type: 'file', name: '.jsdos/dosbox.conf', data } });
		}
		const started = this.#once('ws-server-ready');
		this.#send('wc-run', { token: '' });
		await started;
	}

	async scan(): Promise<ScanEntry[]> {
		const answer = await this.#request('bridge-scan', {});
		return answer.entries as ScanEntry[];
	}

	async read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
		const answer = await this.#request('bridge-read', { path });
		return answer.bytes as Uint8Array<ArrayBuffer> | null;
	}

	/** Instructions a millisecond; 0 leaves the choice to the engine. `false`: it cannot be changed while it runs. */
	async setSpeed(cycles: number): Promise<boolean> {
		const answer = await this.#request('bridge-speed', { cycles });
		return answer.held as boolean;
	}

	/** The program that the guest runs now; `DOSBOX` at the prompt. */
	async runningProgram(): Promise<string> {
		this.#programQuestion ??= this.#askProgram().finally(() => {
			this.#programQuestion = undefined;
		});
		return await this.#programQuestion;
	}

	async #askProgram(): Promise<string> {
		const answer = this.#once('ws-get-running-program');
		this.#send('wc-get-running-program');
		return String((await answer).props?.program ?? '');
	}

	setSound(on: boolean): void {
		this.#worker.postMessage({ name: 'bridge-sound', on });
	}

	pause(): void {
		this.#send('wc-pause');
	}

	resume(): void {
		this.#send('wc-resume');
	}

	sendKey(key: number, pressed: boolean): void {
		this.#send('wc-add-key', { key, pressed, timeMs: this.#elapsed() });
	}

	movePointer(x: number, y: number, relative: boolean): void {
		this.#send('wc-mouse-move', { x, y, relative, timeMs: this.#elapsed() });
	}

	pressButton(button: PointerButton, pressed: boolean): void {
		this.#send('wc-mouse-button', { button: buttons[button], pressed, timeMs: this.#elapsed() });
	}

	dispose(): void {
		this.#worker.terminate();
		this.#answers.clear();
		this.#awaited.clear();
		for (const emitter of [this.frameSize, this.frame, this.command, this.output, this.exit, this.failure]) {
			emitter.dispose();
		}
	}

	#elapsed(): number {
		return Math.round(performance.now() - this.#startTime);
	}

	#send(name: string, props: Readonly<Record<string, unknown>> = {}): void {
		this.#worker.postMessage({ name, props: { ...props, sessionId: session } });
	}

	#request(name: string, parts: Readonly<Record<string, unknown>>): Promise<EngineMessage> {
		const id = this.#nextId++;
		return new Promise((resolve) => {
			this.#answers.set(id, resolve);
			this.#worker.postMessage({ ...parts, name, id });
		});
	}

	#once(name: string): Promise<EngineMessage> {
		return new Promise((resolve, reject) => {
			const failed = this.failure.event((message) => reject(new MachineError(message)));
			this.#awaited.set(name, (message) => {
				failed.dispose();
				resolve(message);
			});
		});
	}

	#receive(message: EngineMessage): void {
		const { name, id, props = {} } = message;
		this.#awaited.get(name)?.(message);
		this.#awaited.delete(name);
		if (id !== undefined) {
			this.#answers.get(id)?.(message);
			this.#answers.delete(id);
		}
		if (name === 'ws-update-lines') this.frame.fire(props.lines as FrameLine[]);
		else if (name === 'ws-frame-set-size') this.frameSize.fire(props as { width: number; height: number });
		else if (name === 'ws-stdout') this.output.fire(String(props.message));
		else if (name === 'bridge-command') this.command.fire(message.line ?? '');
		else if (name === 'ws-exit') this.exit.fire();
		else if (name === 'ws-err') this.failure.fire(String(props.message));
	}
}

function wasmAddress(directory: string): string {
	return `${directory}wdosbox.wasm`;
}

/** Compiled once and kept: the second machine starts without it, and what is fetched early is not fetched twice. */
const modules = new Map<string, Promise<WebAssembly.Module>>();

async function compile(address: string): Promise<WebAssembly.Module> {
	try {
		const compiling = modules.get(address) ?? WebAssembly.compileStreaming(fetch(address));
		modules.set(address, compiling);
		return await compiling;
	} catch (error) {
		modules.delete(address);
		throw new MachineError('The DOS engine could not be loaded. It is a part of Vitrine that is missing or damaged.', {
			cause: error,
		});
	}
}
