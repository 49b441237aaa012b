/**
 * A PC in a Worker of its own: v86 with a BIOS, one drive, a screen, a keyboard, a mouse and a Sound Blaster.
 *
 * Invariants:
 * - The machine has no network card, and before it runs every way to a network is taken from this Worker.
 * - The image is read through the owner and never written; what the guest writes is collected when the owner asks.
 * - An emulator that fails says so once (`crashed`) and does nothing more; the owner ends this Worker.
 */
import { findFatParameters, sectorSize } from '#media/boot-record.ts';
import { floppySizes } from '#media/disks.ts';
import { OverlayBlocks } from './overlay-blocks.ts';
import type { ChangedRun, FromPc, PcStart, ToPc } from './pc-messages.ts';
import { PcScreen } from './pc-screen.ts';
import { SampleStream } from './sample-stream.ts';
import type { V86, V86Module, V86Options } from './v86-types.ts';

const paintIntervalMs = 16;
const textIntervalMs = 300;
const clockHertz = 1_193_182;
const bootOrders = { floppy: 0x321, 'hard-disk': 0x312, disc: 0x123 } as const;

interface WorkerScope {
	postMessage(message: FromPc, transfer?: readonly Transferable[]): void;
	onmessage: ((event: MessageEvent<ToPc>) => void) | null;
	addEventListener(type: 'error' | 'unhandledrejection', listener: (event: Event) => void): void;
}

const scope = globalThis as unknown as WorkerScope;

function send(message: FromPc, transfer: readonly Transferable[] = []): void {
	scope.postMessage(message, transfer);
}

/** The engine's files, fetched while this Worker still may. */
interface EngineFiles {
	readonly module: V86Module;
	readonly wasm: WebAssembly.Module;
	readonly bios: ArrayBuffer;
	readonly vgaBios: ArrayBuffer;
}

async function loadEngine(directory: string): Promise<EngineFiles> {
	const bytes = async (name: string) => {
		const response = await fetch(directory + name);
		if (!response.ok) throw new Error(`The part ${name} of the PC is missing.`);
		return await response.arrayBuffer();
	};
	const [module, wasm, bios, vgaBios] = await Promise.all([
		import(/* @vite-ignore */ `${directory}libv86.mjs`) as Promise<V86Module>,
		WebAssembly.compileStreaming(fetch(`${directory}v86.wasm`)),
		bytes('seabios.bin'),
		bytes('vgabios.bin'),
	]);
	return { module, wasm, bios, vgaBios };
}

/** Takes every way out of this Worker; what the guest is or holds can then reach nothing but its owner. */
function closeNetwork(): void {
	const ways = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource'];
	ways.push('RTCPeerConnection', 'BroadcastChannel', 'Worker', 'SharedWorker', 'caches', 'indexedDB', 'importScripts');
	for (const way of ways) Object.defineProperty(globalThis, way, { value: undefined, configurable: false });
	// The files of the volume stand there.
	Object.defineProperty(navigator, 'storage', { value: undefined, configurable: false });
}

/**
 * The size of the floppy that an image is of: of one that was cut off, its boot sector still says it. What a copying
 * program has left behind the last whole sector is no part of it.
 */
function floppySize(image: Uint8Array): number {
	const fat = findFatParameters(image.subarray(0, sectorSize), image.length);
	const whole = image.length - (image.length % sectorSize);
	const wanted = Math.max(whole, fat === undefined ? 0 : fat.totalSectors * fat.bytesPerSector);
	return floppySizes.find((size) => size >= wanted) ?? image.length;
}

class Pc {
	readonly #start: PcStart;
	readonly #blockRequests = new Map<number, (bytes: Uint8Array | undefined) => void>();
	readonly #screen: PcScreen;
	#nextRequest = 1;
	#machine: V86 | undefined;
	#blocks: OverlayBlocks | undefined;
	#floppy: Uint8Array | undefined;
	#samples: SampleStream | undefined;
	#speakerHertz = 0;
	#speakerOn = false;
	#absolutePointer = false;
	#lastPointer = { x: 0, y: 0 };
	#size = { width: 0, height: 0 };
	#framed = false;

	constructor(start: PcStart) {
		this.#start = start;
		this.#screen = new PcScreen(start.canvas, {
			onSize: (width, height) => this.#showSize(width, height),
			onFrame: () => this.#showFrame(),
			onText: (lines) => send({ type: 'text', lines }),
		});
	}

	async boot(): Promise<void> {
		const { module, wasm, bios, vgaBios } = await loadEngine(this.#start.engineDirectory);
		const drive = await this.#makeDrive();
		closeNetwork();
		const options: V86Options = {
			wasm_fn: async (imports) => (await WebAssembly.instantiate(wasm, imports)).exports,
			bios: { buffer: bios },
			vga_bios: { buffer: vgaBios },
			memory_size: this.#start.memoryMegabytes * 1024 * 1024,
			vga_memory_size: 8 * 1024 * 1024,
			boot_order: bootOrders[this.#start.drive],
			net_device: { type: 'none' },
			disable_jit: true,
			disable_keyboard: true,
			disable_mouse: true,
			disable_speaker: true,
			autostart: false,
			...drive,
		};
		const machine = new module.V86(options);
		await new Promise<void>((resolve) => machine.add_listener('emulator-loaded', () => resolve()));
		this.#attach(machine);
		await machine.run();
		send({ type: 'running' });
	}

	async #makeDrive(): Promise<Pick<V86Options, 'fda' | 'hda' | 'cdrom'>> {
		const { drive, imageSize } = this.#start;
		if (drive === 'floppy') {
			// A floppy is small: it is held whole.
			const image = await this.#readImage(0, imageSize);
			this.#floppy = new Uint8Array(floppySize(image));
			this.#floppy.set(image.subarray(0, this.#floppy.length));
			return { fda: { buffer: this.#floppy.slice().buffer } };
		}
		const roundedSize = Math.ceil(imageSize / 2048) * 2048;
		this.#blocks = new OverlayBlocks(
			drive === 'disc' ? roundedSize : imageSize,
			(at, length) => this.#readImage(at, length),
			{
				onChange: (bytes) => send({ type: 'changed', bytes }),
				onFailure: (error) => crash(error),
			},
		);
		return drive === 'disc' ? { cdrom: this.#blocks } : { hda: this.#blocks };
	}

	#readImage(at: number, length: number): Promise<Uint8Array> {
		const id = this.#nextRequest++;
		const answer = new Promise<Uint8Array>((resolve, reject) => {
			this.#blockRequests.set(id, (bytes) => {
				if (bytes === undefined) reject(new Error('The image could not be read.'));
				else resolve(bytes);
			});
		});
		send({ type: 'block-wanted', id, at, length });
		return answer;
	}

	#attach(machine: V86): void {
		const { net, virtio_net } = machine.v86.cpu.devices;
		if (net !== undefined || virtio_net !== undefined) throw new Error('The machine has a network card; it must not.');
		this.#machine = machine;
		this.#screen.attach(machine.screen_adapter);
		this.#samples = new SampleStream(machine, this.#start.soundPort, this.#start.soundRate);
		machine.add_listener('vmware-absolute-mouse', (on) => {
			this.#absolutePointer = on === true;
		});
		machine.add_listener('pcspeaker-enable', () => this.#setSpeaker(true, this.#speakerHertz));
		machine.add_listener('pcspeaker-disable', () => this.#setSpeaker(false, this.#speakerHertz));
		machine.add_listener('pcspeaker-update', (value) => {
			const [mode, divisor] = value as readonly [number, number];
			this.#setSpeaker(this.#speakerOn, mode === 3 && divisor > 0 ? clockHertz / divisor : 0);
		});
		setInterval(() => this.#paint(), paintIntervalMs);
		setInterval(() => this.#report(), textIntervalMs);
	}

	#setSpeaker(on: boolean, hertz: number): void {
		const before = this.#speakerOn ? this.#speakerHertz : 0;
		this.#speakerOn = on;
		this.#speakerHertz = hertz;
		const heard = on ? hertz : 0;
		if (heard !== before) send({ type: 'speaker', hertz: heard });
	}

	#paint(): void {
		// Also in text modes: this is where the card's vertical retrace comes from, for which programs wait.
		this.#machine?.v86.cpu.devices.vga.screen_fill_buffer();
		this.#screen.paint(performance.now());
	}

	#report(): void {
		this.#screen.reportText();
		if (this.#start.drive !== 'floppy') return;
		const bytes = this.#collectFloppy().reduce((sum, run) => sum + run.bytes.length, 0);
		if (bytes > 0) send({ type: 'changed', bytes });
	}

	#showSize(width: number, height: number): void {
		if (this.#size.width === width && this.#size.height === height) return;
		this.#size = { width, height };
		// Up to 720 × 480 the dots of VGA were not square: the picture filled a screen of 4 to 3.
		const aspectRatio = width <= 720 && height <= 480 ? 4 / 3 : width / height;
		send({ type: 'screen-size', size: { width, height, aspectRatio } });
	}

	#showFrame(): void {
		if (this.#framed) return;
		this.#framed = true;
		send({ type: 'first-frame' });
	}

	receive(message: ToPc): void {
		switch (message.type) {
			case 'block':
				this.#blockRequests.get(message.id)?.(message.bytes);
				this.#blockRequests.delete(message.id);
				break;
			case 'run':
				void (message.on ? this.#machine?.run() : this.#machine?.stop());
				break;
			case 'reset':
				this.#machine?.restart();
				break;
			case 'compile':
				this.#machine?.v86.cpu.set_jit_config(0, message.on ? 0 : 1);
				break;
			case 'sound':
				this.#samples?.setOn(message.on);
				break;
			case 'collect': {
				const runs = this.#floppy === undefined ? (this.#blocks?.collect() ?? []) : this.#collectFloppy();
				send({ type: 'collected', id: message.id, runs });
				break;
			}
			case 'picture':
				void this.#sendPicture(message.id);
				break;
			case 'start':
				break;
			default:
				this.#input(message);
		}
	}

	#input(message: Extract<ToPc, { type: 'keys' | 'pointer-by' | 'pointer-to' | 'buttons' | 'wheel' }>): void {
		const bus = this.#machine?.bus;
		if (bus === undefined) return;
		if (message.type === 'keys') for (const code of message.codes) bus.send('keyboard-code', code);
		else if (message.type === 'buttons') bus.send('mouse-click', [message.left, message.middle, message.right]);
		else if (message.type === 'wheel') bus.send('mouse-wheel', [message.steps, 0]);
		else if (message.type === 'pointer-by') bus.send('mouse-delta', [message.x, -message.y]);
		else this.#movePointerTo(message.x * this.#size.width, message.y * this.#size.height);
	}

	#movePointerTo(x: number, y: number): void {
		const { width, height } = this.#size;
		if (this.#absolutePointer) this.#machine?.bus.send('mouse-absolute', [x, y, width, height]);
		else this.#machine?.bus.send('mouse-delta', [x - this.#lastPointer.x, this.#lastPointer.y - y]);
		this.#lastPointer = { x, y };
	}

	#collectFloppy(): ChangedRun[] {
		const now = this.#machine?.get_disk_fda();
		const before = this.#floppy;
		if (now === null || now === undefined || before === undefined) return [];
		const runs: ChangedRun[] = [];
		for (let at = 0; at < before.length; at += sectorSize) {
			const sector = now.subarray(at, at + sectorSize);
			if (sector.every((byte, index) => byte === before[at + index])) continue;
			runs.push({ at, bytes: sector.slice() });
		}
		return runs;
	}

	async #sendPicture(id: number): Promise<void> {
		const blob = await this.#start.canvas.convertToBlob({ type: 'image/png' });
		send({ type: 'picture-made', id, bytes: new Uint8Array(await blob.arrayBuffer()) });
	}
}

function crash(error: unknown): void {
	send({ type: 'crashed', message: describeFailure(error) });
}

/** A trap of the emulator's own code means that the guest asked for something that v86 does not have. */
function describeFailure(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	if (!(error instanceof WebAssembly.RuntimeError)) return message;
	return `What was started asks for something that this PC does not have, and its processor stopped (${message}).`;
}

let pc: Pc | undefined;

scope.onmessage = ({ data }) => {
	if (data.type !== 'start') {
		pc?.receive(data);
		return;
	}
	pc = new Pc(data.start);
	pc.boot().catch(crash);
};
scope.addEventListener('error', (event) => {
	event.preventDefault();
	crash((event as ErrorEvent).error ?? (event as ErrorEvent).message);
});
scope.addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	crash((event as PromiseRejectionEvent).reason);
});
