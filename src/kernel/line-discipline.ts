/**
 * What a terminal does between the keys and the program that reads them (POSIX.1-2017, chapter 11).
 *
 * Rules of use:
 * - Keys go in by `input`; what it returns is to be shown, and whom to signal. Programs take what is ready by `read`.
 * - In canonical mode a line can be edited until it is ended, and is read whole; in raw mode every byte goes on as it is.
 *
 * Invariant: what a program has been given is never edited any more.
 */
import type { TerminalMode } from '#abi/structures.generated.ts';

export const cookedMode: TerminalMode = { canonical: true, echo: true, signals: true, outputNewlines: true };
export const rawMode: TerminalMode = { canonical: false, echo: false, signals: false, outputNewlines: false };

export interface InputEffect {
	/** What the terminal shows of it. */
	readonly shown: Uint8Array<ArrayBuffer>;
	/** For the processes in the foreground. */
	readonly signal: 'interrupt' | 'quit' | 'stop' | undefined;
}

const control = {
	c: 3,
	d: 4,
	backspace: 8,
	tab: 9,
	lineFeed: 10,
	carriageReturn: 13,
	u: 21,
	w: 23,
	z: 26,
	backslash: 28,
	del: 127,
};
const signalOf: ReadonlyMap<number, InputEffect['signal']> = new Map([
	[control.c, 'interrupt'],
	[control.backslash, 'quit'],
	[control.z, 'stop'],
]);
const space = 32;
/** A line may be so long; what is typed beyond it is answered by the bell. */
const maximumLine = 4096;
const bell = 7;

type Bytes = Uint8Array<ArrayBuffer>;

export class LineDiscipline {
	#mode = cookedMode;
	/** The line that is being edited. */
	#line: number[] = [];
	/** Ended lines, or bytes in raw mode; an empty one is the end of input. */
	readonly #ready: Bytes[] = [];
	#queued = 0;

	get mode(): TerminalMode {
		return this.#mode;
	}

	/** A line that was begun is handed on when lines are edited here no more. */
	setMode(mode: TerminalMode): void {
		if (this.#mode.canonical && !mode.canonical && this.#line.length > 0) this.#endLine();
		this.#mode = mode;
	}

	/** Whether a read would get something now. */
	get readable(): boolean {
		return this.#ready.length > 0;
	}

	/** Bytes that wait to be read. */
	get queued(): number {
		return this.#queued;
	}

	/** Whether one of the bytes is a signal now. */
	hasSignal(bytes: Uint8Array): boolean {
		return this.#mode.signals && bytes.some((byte) => signalOf.has(byte));
	}

	/** Up to `maximum` bytes of what is ready, in canonical mode of one line; empty: the end; `undefined`: nothing yet. */
	read(maximum: number): Bytes | undefined {
		const first = this.#ready.shift();
		if (first === undefined) return undefined;
		this.#queued -= Math.min(first.length, maximum);
		if (first.length <= maximum) return first;
		this.#ready.unshift(first.slice(maximum));
		return first.slice(0, maximum);
	}

	input(bytes: Uint8Array): InputEffect {
		const shown: number[] = [];
		let signal: InputEffect['signal'];
		if (!this.#mode.canonical && !this.#mode.signals) {
			if (bytes.length > 0) this.#makeReady(new Uint8Array(bytes));
			return { shown: this.#mode.echo ? new Uint8Array(bytes) : new Uint8Array(0), signal: undefined };
		}
		for (const byte of bytes) signal = this.#inputByte(byte, shown) ?? signal;
		if (!this.#mode.canonical && this.#line.length > 0) this.#endLine();
		return { shown: Uint8Array.from(shown), signal };
	}

	/** What a program writes, as the terminal gets it. */
	output(bytes: Uint8Array): Bytes {
		const feeds = this.#mode.outputNewlines
			? bytes.reduce((count, byte) => count + Number(byte === control.lineFeed), 0)
			: 0;
		const result = new Uint8Array(bytes.length + feeds);
		let length = 0;
		for (const byte of bytes) {
			if (feeds > 0 && byte === control.lineFeed) result[length++] = control.carriageReturn;
			result[length++] = byte;
		}
		return result;
	}

	#inputByte(byte: number, shown: number[]): InputEffect['signal'] {
		const signal = this.#mode.signals ? signalOf.get(byte) : undefined;
		if (signal !== undefined) {
			this.#line = [];
			this.#ready.length = 0;
			this.#queued = 0;
			this.#show(byte, shown);
			return signal;
		}
		if (!this.#mode.canonical) this.#line.push(byte);
		else this.#edit(byte, shown);
		if (!this.#mode.canonical) this.#show(byte, shown);
		return undefined;
	}

	#edit(byte: number, shown: number[]): void {
		if (byte === control.del || byte === control.backspace) this.#erase(1, shown);
		else if (byte === control.u) this.#erase(this.#characters(), shown);
		else if (byte === control.w) this.#erase(this.#lastWord(), shown);
		else if (byte === control.d) this.#endLine();
		else if (byte === control.carriageReturn || byte === control.lineFeed) {
			this.#line.push(control.lineFeed);
			if (this.#mode.echo) shown.push(control.carriageReturn, control.lineFeed);
			this.#endLine();
		} else if (this.#line.length >= maximumLine) shown.push(bell);
		else {
			this.#line.push(byte);
			this.#show(byte, shown);
		}
	}

	#endLine(): void {
		this.#makeReady(Uint8Array.from(this.#line));
		this.#line = [];
	}

	#makeReady(bytes: Bytes): void {
		this.#ready.push(bytes);
		this.#queued += bytes.length;
	}

	/** Shows a byte as it was typed; a control character as `^` and its letter. */
	#show(byte: number, shown: number[]): void {
		if (!this.#mode.echo) return;
		if (byte >= space || byte === control.tab) shown.push(byte);
		else shown.push('^'.charCodeAt(0), byte + 64);
	}

	/** Takes characters from the end of the line, which may be several bytes each. */
	#erase(characters: number, shown: number[]): void {
		for (let rest = characters; rest > 0 && this.#line.length > 0; rest--) {
			let last = this.#line.pop() as number;
			// A control character was shown as two.
			const columns = last < space && last !== control.tab ? 2 : 1;
			while (isContinuation(last) && this.#line.length > 0) last = this.#line.pop() as number;
			if (this.#mode.echo)
				for (let column = 0; column < columns; column++) shown.push(control.backspace, space, control.backspace);
		}
	}

	#characters(): number {
		return this.#line.filter((byte) => !isContinuation(byte)).length;
	}

	/** Characters of the last word and the blanks behind it. */
	#lastWord(): number {
		const characters = this.#line.filter((byte) => !isContinuation(byte));
		let place = characters.length;
		while (place > 0 && characters[place - 1] === space) place--;
		while (place > 0 && characters[place - 1] !== space) place--;
		return characters.length - place;
	}
}

/** A byte of UTF-8 that is not the first of its character. */
function isContinuation(byte: number): boolean {
	return (byte & 0xc0) === 0x80;
}
