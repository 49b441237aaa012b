/**
 * A PC in QEMU: what it says on its serial line, what is on its screen, its keys, its mouse and its plug.
 *
 * Rules of use:
 * - `await using pc = await VirtualPc.start(options)`; leaving the block pulls the plug.
 * - Wait for lines, never for time: without acceleration, on a busy machine, a start takes minutes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { testWord } from './boot-menu.ts';
import { cardAddress } from './packets.ts';

export interface VirtualPcOptions {
	readonly image: string;
	/** Holds its log, its socket and its pictures. */
	readonly directory: string;
	readonly firmware?: 'bios' | 'uefi' | 'secure-boot';
	/** How the image is attached; `none` leaves it out, and the PC starts from its disk. */
	readonly medium?: 'disc' | 'stick' | 'none';
	/** Lets the PC write to the medium; only a stick can be written. */
	readonly writesMedium?: true;
	readonly card?: 'std' | 'virtio' | 'vmware' | 'cirrus' | 'qxl';
	readonly memoryMegabytes?: number;
	readonly processors?: number;
	/** The entry of the start menu, by its id; the first where none is said. */
	readonly entry?: string;
	/** A disk of its own, as a file. */
	readonly disk?: string;
	/** Puts in a device by which the guest's kernel tells how it uses its memory (`readMemory`). */
	readonly tellsMemory?: boolean;
	/** A stick that is plugged in beside what it starts from, as a file. */
	readonly stick?: string;
	/** Puts a network card in, and records every packet on its wire in this file. */
	readonly packets?: string;
	/** Puts a sound card in, and records what it plays in this file (WAVE). */
	readonly sound?: string;
}

const cards: Readonly<Record<NonNullable<VirtualPcOptions['card']>, readonly string[]>> = {
	std: ['-device', 'VGA,xres=1280,yres=720'],
	virtio: ['-device', 'virtio-vga,xres=1280,yres=720'],
	vmware: ['-vga', 'vmware'],
	cirrus: ['-vga', 'cirrus'],
	qxl: ['-vga', 'qxl'],
};

const namedCharacters: Readonly<Record<string, readonly string[]>> = {
	' ': ['spc'],
	'\n': ['ret'],
	'.': ['dot'],
	'/': ['slash'],
	'-': ['minus'],
	'>': ['shift', 'dot'],
	'[': ['bracket_left'],
	']': ['bracket_right'],
	';': ['semicolon'],
	':': ['shift', 'semicolon'],
	'+': ['shift', 'equal'],
	$: ['shift', '4'],
	'%': ['shift', '5'],
	'(': ['shift', '9'],
	')': ['shift', '0'],
};

function keysOf(character: string): readonly string[] {
	const named = namedCharacters[character];
	if (named !== undefined) return named;
	if (/[a-z0-9]/.test(character)) return [character];
	if (/[A-Z]/.test(character)) return ['shift', character.toLowerCase()];
	throw new Error(`How is ${JSON.stringify(character)} typed?`);
}

const firmwareDirectory = '/usr/share/OVMF';

interface Reply {
	readonly return?: unknown;
	readonly error?: { readonly desc: string };
}

export class VirtualPc implements AsyncDisposable {
	readonly #process: ChildProcess;
	readonly #monitor: Socket;
	readonly #options: VirtualPcOptions;
	readonly #replies: ((reply: Reply) => void)[] = [];
	/** How much of the serial line's file has been read, and the lines in it. */
	#readBytes = 0;
	#unfinished = '';
	readonly lines: string[] = [];

	private constructor(process: ChildProcess, monitor: Socket, options: VirtualPcOptions) {
		this.#process = process;
		this.#monitor = monitor;
		this.#options = options;
		const lines = createInterface({ input: monitor });
		lines.on('line', (line) => {
			const reply = JSON.parse(line) as Reply;
			if ('return' in reply || 'error' in reply) this.#replies.shift()?.(reply);
		});
		// A plug that is pulled ends the line too: whether the PC is on is known of its process.
		lines.on('error', () => this.#refuseAll());
		monitor.on('close', () => this.#refuseAll());
	}

	static async start(options: VirtualPcOptions): Promise<VirtualPc> {
		await rm(options.directory, { recursive: true, force: true });
		await mkdir(options.directory, { recursive: true });
		const words = await makeCommand(options);
		await writeFile(path.join(options.directory, 'command'), `qemu-system-x86_64 ${words.join(' ')}\n`);
		await writeFile(serialFile(options), '');
		const child = spawn('qemu-system-x86_64', words, { stdio: ['ignore', 'ignore', 'inherit'] });
		await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]);
		const pc = new VirtualPc(child, await connectMonitor(options, child), options);
		await pc.#command('qmp_capabilities');
		return pc;
	}

	get isOn(): boolean {
		return this.#process.exitCode === null && this.#process.signalCode === null;
	}

	/** Waits for a line that matches; everything said before counts. Fails with the last lines, and a picture, when it does not come. */
	async waitFor(pattern: RegExp, timeoutMs: number, from = 0): Promise<string> {
		return this.waitUntil((lines) => lines.slice(from).find((line) => pattern.test(line)), String(pattern), timeoutMs);
	}

	/** Waits until `find` finds something in all that was said so far; `what` stands in the error when it does not. */
	async waitUntil<Found>(
		find: (lines: readonly string[]) => Found | undefined | Promise<Found | undefined>,
		what: string,
		timeoutMs: number,
	): Promise<Found> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			await this.#readSerial();
			const found = await find(this.lines);
			if (found !== undefined) return found;
			if (Date.now() > deadline || !this.isOn) {
				const why = this.isOn ? `not in ${timeoutMs / 1000} s` : 'not before the PC went off';
				if (this.isOn) await this.screenshot('failed');
				throw new Error(`${what}: ${why}. The last lines:\n${this.lines.slice(-20).join('\n')}`);
			}
			await wait(100);
		}
	}

	/** A line that was said so far. */
	async findLine(pattern: RegExp): Promise<string | undefined> {
		await this.#readSerial();
		return this.lines.find((line) => pattern.test(line));
	}

	async waitForOff(timeoutMs: number): Promise<void> {
		const deadline = Date.now() + timeoutMs;
		while (this.isOn) {
			if (Date.now() > deadline) throw new Error(`The PC is still on after ${timeoutMs / 1000} s.`);
			await wait(100);
		}
		await this.#readSerial();
	}

	async screenshot(name: string): Promise<string> {
		const file = path.resolve(this.#options.directory, `${name}.png`);
		await this.#command('screendump', { filename: file, format: 'png' });
		return file;
	}

	/** What stands on the screen while it shows letters alone, as a PC does before its first program: 25 lines. */
	async readTextScreen(): Promise<string[]> {
		const file = path.resolve(this.#options.directory, 'text-screen');
		await this.#command('pmemsave', { val: 0xb8000, size: 80 * 25 * 2, filename: file });
		const letters = Buffer.from((await readFile(file)).filter((_, place) => place % 2 === 0));
		return Array.from({ length: 25 }, (_, row) => letters.toString('latin1', row * 80, row * 80 + 80).trimEnd());
	}

	/** Presses keys together: `press('ctrl', 'alt', 'delete')`, by QEMU's names. */
	async press(...keys: string[]): Promise<void> {
		const events = (down: boolean, names: string[]) =>
			names.map((name) => ({ type: 'key', data: { down, key: { type: 'qcode', data: name } } }));
		await this.#command('input-send-event', { events: events(true, keys) });
		await wait(120);
		await this.#command('input-send-event', { events: events(false, keys.toReversed()) });
		await wait(120);
	}

	/** Types on a US keyboard; a line feed is Enter. */
	async type(text: string): Promise<void> {
		for (const character of text) await this.press(...keysOf(character));
	}

	/** Clicks at a place given in parts of the screen's width and height. */
	async click(x: number, y: number): Promise<void> {
		const axis = (name: string, part: number) => ({
			type: 'abs',
			data: { axis: name, value: Math.round(part * 32_767) },
		});
		await this.#command('input-send-event', { events: [axis('x', x), axis('y', y)] });
		for (const down of [true, false]) {
			await wait(300);
			await this.#command('input-send-event', { events: [{ type: 'btn', data: { button: 'left', down } }] });
		}
	}

	/** Takes the disc out that the PC was started from, whether or not the PC holds on to it. */
	async takeOutDisc(): Promise<void> {
		await this.#command('eject', { id: 'reader', force: true });
	}

	/** Seconds that the machine's processors have spent on this PC: told by `/proc`, whatever else they were busy with. */
	async readProcessorSeconds(): Promise<number> {
		const words = (await readFile(`/proc/${this.#process.pid}/stat`, 'latin1')).replace(/^.*\) /s, '').split(' ');
		// The 14th and 15th field of proc(5), in hundredths of a second; the first two were cut off.
		return (Number(words[11]) + Number(words[12])) / 100;
	}

	/** Bytes that the guest's kernel could still give to programs (`MemAvailable`). The PC was started with `tellsMemory`. */
	async readAvailableMemory(timeoutMs: number): Promise<number> {
		const balloon = '/machine/peripheral/balloon';
		await this.#command('qom-set', { path: balloon, property: 'guest-stats-polling-interval', value: 1 });
		for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await wait(500)) {
			const told = await this.#command('qom-get', { path: balloon, property: 'guest-stats' });
			const { stats, 'last-update': updated } = told as { stats: Record<string, number>; 'last-update': number };
			const available = stats['stat-available-memory'] ?? -1;
			if (updated > 0 && available > 0) return available;
		}
		throw new Error('The guest does not tell how it uses its memory.');
	}

	/** Says a word to the PC on its serial line (`distro/root/usr/lib/vitrine/services/test`). */
	async say(word: string): Promise<void> {
		const line = connect(lineSocket(this.#options));
		await once(line, 'connect');
		line.resume().end(`${word}\n`);
		await once(line, 'close');
	}

	/** A power cut: nothing is told to the guest. */
	async cutPower(): Promise<void> {
		if (this.isOn) {
			this.#process.kill('SIGKILL');
			await once(this.#process, 'exit');
		}
		this.#monitor.destroy();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.cutPower();
	}

	/** What was asked of a PC that is off now is answered by nobody. */
	#refuseAll(): void {
		for (const reply of this.#replies.splice(0)) reply({ error: { desc: 'the PC is off' } });
	}

	async #command(execute: string, given: object = {}): Promise<unknown> {
		const reply = await new Promise<Reply>((resolve) => {
			this.#replies.push(resolve);
			this.#monitor.write(`${JSON.stringify({ execute, arguments: given })}\n`);
		});
		if (reply.error !== undefined) throw new Error(`QEMU refused ${execute}: ${reply.error.desc}`);
		return reply.return;
	}

	async #readSerial(): Promise<void> {
		await using file = await open(serialFile(this.#options));
		const { size } = await file.stat();
		if (size === this.#readBytes) return;
		const buffer = Buffer.alloc(size - this.#readBytes);
		await file.read(buffer, 0, buffer.length, this.#readBytes);
		this.#readBytes = size;
		const parts = (this.#unfinished + buffer.toString('latin1')).split('\n');
		this.#unfinished = parts.pop() ?? '';
		this.lines.push(...parts.map((line) => line.trimEnd()));
	}
}

function serialFile({ directory }: VirtualPcOptions): string {
	return path.join(directory, 'serial.log');
}

function lineSocket({ directory }: VirtualPcOptions): string {
	return path.resolve(directory, 'line');
}

function monitorFile({ directory }: VirtualPcOptions): string {
	return path.resolve(directory, 'monitor');
}

async function connectMonitor(options: VirtualPcOptions, child: ChildProcess): Promise<Socket> {
	for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
		const socket = connect(monitorFile(options));
		const connected = await new Promise<boolean>((resolve) => {
			socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		});
		if (connected) return socket;
		await wait(100);
	}
	throw new Error(`QEMU did not start (${child.exitCode}).`);
}

async function makeCommand(options: VirtualPcOptions): Promise<string[]> {
	const { card = 'virtio', memoryMegabytes = 2048, processors = 1, tellsMemory = false } = options;
	const { entry, disk, packets, sound } = options;
	return [
		// The processor is emulated even where the machine could lend its own: the same everywhere.
		...['-accel', 'tcg,thread=multi', '-cpu', 'Nehalem', '-smp', String(processors), '-m', String(memoryMegabytes)],
		...['-display', 'none', '-no-reboot', '-rtc', 'base=2026-11-01T12:00:00'],
		...['-qmp', `unix:${monitorFile(options)},server,nowait`, '-serial', 'chardev:line'],
		...['-chardev', `socket,id=line,path=${lineSocket(options)},server=on,wait=off,logfile=${serialFile(options)}`],
		...['-smbios', `type=11,value=${testWord}${entry === undefined ? '' : `=${entry}`}`],
		...(await makeFirmware(options)),
		...cards[card],
		...['-device', 'qemu-xhci', '-device', 'usb-tablet', '-device', 'usb-kbd'],
		...makeMedium(options),
		...(tellsMemory ? ['-device', 'virtio-balloon-pci,id=balloon'] : []),
		...(disk === undefined ? [] : makeDisk(disk)),
		...makeStick(options),
		...(packets === undefined ? ['-nic', 'none'] : makeNetwork(packets)),
		...(sound === undefined ? [] : makeSoundCard(sound)),
	];
}

function makeMedium({ image, medium = 'disc', writesMedium }: VirtualPcOptions): string[] {
	if (medium === 'none') return [];
	const drive = `if=none,id=medium,format=raw,readonly=${writesMedium === true ? 'off' : 'on'},file=${image}`;
	if (medium === 'stick') return ['-drive', drive, '-device', 'usb-storage,drive=medium,bootindex=1'];
	return ['-drive', `${drive},media=cdrom`, '-device', 'ide-cd,id=reader,drive=medium,bootindex=1'];
}

/** Behind the medium it is meant to start from, before anything else that is plugged in. */
function makeDisk(disk: string): string[] {
	const drive = `if=none,id=disk,format=raw,file=${disk},cache=writeback`;
	return ['-drive', drive, '-device', 'virtio-blk-pci,drive=disk,bootindex=2'];
}

function makeStick({ stick }: VirtualPcOptions): string[] {
	if (stick === undefined) return [];
	return ['-drive', `if=none,id=stick,format=raw,file=${stick}`, '-device', 'usb-storage,drive=stick,removable=on'];
}

/** A wire that leads nowhere but to a router of QEMU’s, on which nothing goes unseen. */
function makeNetwork(packets: string): string[] {
	const wire = ['-netdev', 'user,id=wire,restrict=on', '-device', `virtio-net-pci,netdev=wire,mac=${cardAddress}`];
	return [...wire, '-object', `filter-dump,id=record,netdev=wire,file=${packets}`];
}

function makeSoundCard(file: string): string[] {
	return ['-audiodev', `wav,id=sound,path=${file}`, '-device', 'intel-hda', '-device', 'hda-output,audiodev=sound'];
}

async function makeFirmware({ firmware = 'bios', directory }: VirtualPcOptions): Promise<string[]> {
	if (firmware === 'bios') return ['-machine', 'q35'];
	const secure = firmware === 'secure-boot';
	const variables = path.join(directory, 'variables.fd');
	await copyFile(path.join(firmwareDirectory, secure ? 'OVMF_VARS_4M.ms.fd' : 'OVMF_VARS_4M.fd'), variables);
	const code = path.join(firmwareDirectory, secure ? 'OVMF_CODE_4M.secboot.fd' : 'OVMF_CODE_4M.fd');
	return [
		...['-machine', secure ? 'q35,smm=on' : 'q35'],
		...(secure ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
		...['-drive', `if=pflash,format=raw,readonly=on,file=${code}`],
		...['-drive', `if=pflash,format=raw,file=${variables}`],
	];
}
