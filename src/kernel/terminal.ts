/**
 * A terminal: a controller, where somebody types and looks, and an end that programs read and write (POSIX.1-2017,
 * chapter 11). Between them stands the line discipline.
 *
 * Rules of use:
 * - `controllerSide` and `programSide` are what the calls about streams use; both are byte streams in both directions.
 * - The kernel gives a way to signal processes.
 * - A process that the terminal does not belong to now waits for its turn (`awaitTurn`) before it reads or changes the mode.
 *
 * Invariants:
 * - What programs write and what is echoed reaches the controller in one order, through one pipe.
 * - Input beyond `inputLimit` waits at the controller until programs have read; a key that is a signal never waits.
 * - A terminal that has hung up answers every read with the end and every write with EIO.
 */
import { OsError } from '#abi/errors.ts';
import type { TerminalMode, TerminalSize } from '#abi/structures.generated.ts';
import type { ByteSink, ByteSource } from './byte-stream.ts';
import { KernelObject } from './kernel-object.ts';
import { type InputEffect, LineDiscipline } from './line-discipline.ts';
import { Pipe } from './pipe.ts';
import { Wait, WaitQueue } from './wait.ts';

const inputLimit = 65_536;

type Bytes = Uint8Array<ArrayBuffer>;
type KeySignal = NonNullable<InputEffect['signal']>;

interface Blocked<T> {
	readonly wait: Wait<T>;
}

interface BlockedRead extends Blocked<Bytes> {
	readonly maximum: number;
}

interface BlockedInput extends Blocked<void> {
	readonly bytes: Bytes;
}

export interface TerminalListener {
	/** A key that is a signal was typed. */
	signal(terminal: Terminal, signal: KeySignal): void;
	hungUp(terminal: Terminal): void;
}

export class Terminal {
	readonly controller: TerminalController = new TerminalController(this);
	readonly end: TerminalEnd = new TerminalEnd(this);
	readonly programSide: ByteSource & ByteSink = new ProgramSide(this);
	readonly controllerSide: ByteSource & ByteSink = new ControllerSide(this);
	/** Pid of the first process that had it; 0: none yet. */
	leader = 0;
	readonly output = new Pipe();
	readonly #listener: TerminalListener;
	readonly #discipline = new LineDiscipline();
	readonly #reads = new Set<BlockedRead>();
	readonly #inputs = new Set<BlockedInput>();
	readonly #polls = new WaitQueue<void>();
	readonly #turns = new Set<{ readonly group: number; readonly wait: Wait<void> }>();
	#foreground = 0;
	readonly #sizeWaits = new WaitQueue<TerminalSize>();
	#size: TerminalSize;
	#hungUp = false;

	constructor(size: TerminalSize, listener: TerminalListener) {
		this.#size = size;
		this.#listener = listener;
	}

	get hungUp(): boolean {
		return this.#hungUp;
	}

	/** The group of processes that the keys are for; 0: none yet. */
	get foreground(): number {
		return this.#foreground;
	}

	setForeground(group: number): void {
		this.#foreground = group;
		for (const turn of [...this.#turns]) if (this.hasTurn(turn.group)) turn.wait.resolve();
	}

	/** Whether a process of this group may read and change the mode now. */
	hasTurn(group: number): boolean {
		return this.#hungUp || this.#foreground === 0 || this.#foreground === group;
	}

	/** Resolves `wait` when it is the turn of this group. */
	awaitTurn(group: number, wait: Wait<void>): void {
		const turn = { group, wait };
		this.#turns.add(turn);
		wait.whenOver(() => this.#turns.delete(turn));
	}

	get mode(): TerminalMode {
		return this.#discipline.mode;
	}

	setMode(mode: TerminalMode): void {
		this.#discipline.setMode(mode);
		this.#serveReads();
	}

	get size(): TerminalSize {
		return this.#size;
	}

	setSize(size: TerminalSize): void {
		if (isSameSize(size, this.#size)) return;
		this.#size = size;
		this.#sizeWaits.resolveAll(size);
	}

	/** Resolves `wait` when the size is not `known`; rejects it when the terminal hangs up. */
	awaitSize(known: TerminalSize, wait: Wait<TerminalSize>): void {
		if (this.#hungUp) wait.reject(new OsError('EIO', 'the terminal has gone'));
		else if (isSameSize(known, this.#size)) this.#sizeWaits.add(wait);
		else wait.resolve(this.#size);
	}

	/** Whether a program that reads would get something, or the end. */
	get readable(): boolean {
		return this.#hungUp || this.#discipline.readable;
	}

	/** For a program: `undefined` when it has to wait. */
	read(maximum: number): Bytes | undefined {
		if (this.#hungUp || maximum === 0) return new Uint8Array(0);
		if (this.#reads.size > 0) return undefined;
		const bytes = this.#discipline.read(maximum);
		if (bytes !== undefined) this.#takeInputs();
		return bytes;
	}

	admitReader(maximum: number, wait: Wait<Bytes>): void {
		const blocked = { maximum, wait };
		this.#reads.add(blocked);
		wait.whenOver(() => this.#reads.delete(blocked));
		this.#serveReads();
	}

	/** What a program writes, as it goes to the controller. EIO when nobody looks any more. */
	toOutput(bytes: Bytes): Bytes {
		if (this.#hungUp) throw new OsError('EIO', 'the terminal has gone');
		return this.#discipline.output(bytes);
	}

	/** Whether what is typed is taken at once. */
	get takesInput(): boolean {
		return this.#discipline.queued < inputLimit;
	}

	/** What somebody types; `false`: it has to wait until programs have read. */
	type(bytes: Bytes): boolean {
		const goesFirst = this.#discipline.hasSignal(bytes);
		if (!goesFirst && (!this.takesInput || this.#inputs.size > 0)) return false;
		this.#input(bytes);
		return true;
	}

	admitInput(bytes: Bytes, wait: Wait<void>): void {
		const blocked = { bytes, wait };
		this.#inputs.add(blocked);
		wait.whenOver(() => this.#inputs.delete(blocked));
	}

	admitPoll(wait: Wait<void>): void {
		this.#polls.add(wait);
	}

	/** Nobody types or looks any more. */
	hangUp(): void {
		this.#hungUp = true;
		this.output.closeReader();
		for (const { wait } of [...this.#reads]) wait.resolve(new Uint8Array(0));
		this.#sizeWaits.rejectAll(new OsError('EIO', 'the terminal has gone'));
		this.#polls.resolveAll();
		for (const { wait } of [...this.#turns]) wait.resolve();
		this.#listener.hungUp(this);
	}

	#input(bytes: Bytes): void {
		const { shown, signal } = this.#discipline.input(bytes);
		// What is shown waits behind what programs wrote; nobody waits for it.
		if (shown.length > 0 && !this.output.write(shown)) this.output.admitWriter(shown, new Wait());
		if (signal !== undefined) this.#listener.signal(this, signal);
		this.#serveReads();
		this.#polls.resolveAll();
	}

	#serveReads(): void {
		for (const blocked of [...this.#reads]) {
			const bytes = this.#discipline.read(blocked.maximum);
			if (bytes === undefined) break;
			this.#reads.delete(blocked);
			blocked.wait.resolve(bytes);
		}
		this.#takeInputs();
	}

	#takeInputs(): void {
		if (!this.takesInput) return;
		const [blocked] = this.#inputs;
		if (blocked === undefined) return;
		this.#inputs.delete(blocked);
		this.#input(blocked.bytes);
		blocked.wait.resolve();
	}
}

/** A terminal as programs use it. */
class ProgramSide implements ByteSource, ByteSink {
	readonly #terminal: Terminal;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
	}

	get readable(): boolean {
		return this.#terminal.readable;
	}

	get writable(): boolean {
		return this.#terminal.output.writable;
	}

	read(maximum: number): Bytes | undefined {
		return this.#terminal.read(maximum);
	}

	admitReader(maximum: number, wait: Wait<Bytes>): void {
		this.#terminal.admitReader(maximum, wait);
	}

	write(bytes: Bytes): boolean {
		return this.#terminal.output.write(this.#terminal.toOutput(bytes));
	}

	admitWriter(bytes: Bytes, wait: Wait<void>): void {
		this.#terminal.output.admitWriter(this.#terminal.toOutput(bytes), wait);
	}

	admitPoll(wait: Wait<void>): void {
		this.#terminal.admitPoll(wait);
		this.#terminal.output.admitPoll(wait);
	}
}

/** A terminal as it is used by who types and looks. */
class ControllerSide implements ByteSource, ByteSink {
	readonly #terminal: Terminal;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
	}

	get readable(): boolean {
		return this.#terminal.output.readable;
	}

	get writable(): boolean {
		return this.#terminal.takesInput;
	}

	read(maximum: number): Bytes | undefined {
		return this.#terminal.output.read(maximum);
	}

	admitReader(maximum: number, wait: Wait<Bytes>): void {
		this.#terminal.output.admitReader(maximum, wait);
	}

	write(bytes: Bytes): boolean {
		return this.#terminal.type(bytes);
	}

	admitWriter(bytes: Bytes, wait: Wait<void>): void {
		this.#terminal.admitInput(bytes, wait);
	}

	admitPoll(wait: Wait<void>): void {
		this.#terminal.admitPoll(wait);
		this.#terminal.output.admitPoll(wait);
	}
}

export class TerminalController extends KernelObject {
	readonly terminal: Terminal;

	constructor(terminal: Terminal) {
		super();
		this.terminal = terminal;
	}

	protected override onLastClose(): void {
		this.terminal.hangUp();
	}
}

export class TerminalEnd extends KernelObject {
	readonly terminal: Terminal;

	constructor(terminal: Terminal) {
		super();
		this.terminal = terminal;
	}

	/** No program has it any more: the controller reads what is left, and then the end. */
	protected override onLastClose(): void {
		this.terminal.output.closeWriter();
	}
}

function isSameSize(one: TerminalSize, other: TerminalSize): boolean {
	return one.rows === other.rows && one.columns === other.columns;
}
