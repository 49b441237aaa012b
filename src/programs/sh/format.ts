/** The formats of `printf` (POSIX XCU printf, and Bash's `%q`). Bytes, not text: `\377` is one byte. */
import { quoteWord } from './parameter.ts';

export interface Formatted {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** What could not be understood, a sentence each. */
	readonly problems: readonly string[];
	/** `\c` has ended all output. */
	readonly stopped: boolean;
}

const escapes: Readonly<Record<string, number>> = {
	n: 10,
	t: 9,
	r: 13,
	'\\': 92,
	'"': 34,
	"'": 39,
	a: 7,
	b: 8,
	e: 27,
	E: 27,
	f: 12,
	v: 11,
};
const escapeForm = /^\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|(0?[0-7]{1,3})|(.))/su;
const directive = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])/;
const encoder = new TextEncoder();

class Formatter {
	readonly bytes: number[] = [];
	readonly problems: string[] = [];
	readonly values: string[];
	stopped = false;

	constructor(values: readonly string[]) {
		this.values = [...values];
	}

	/** Fills the format once; the values it takes go off the front. */
	run(format: string): void {
		for (let at = 0; at < format.length && !this.stopped; ) {
			const rest = format.slice(at, at + 64);
			if (rest[0] === '\\') at += this.#escape(rest, false);
			else if (rest[0] === '%') at += this.#directive(rest);
			else {
				const end = /[\\%]/.exec(format.slice(at));
				const text = end === null ? format.slice(at) : format.slice(at, at + end.index);
				this.put(text);
				at += text.length;
			}
		}
	}

	put(text: string): void {
		for (const byte of encoder.encode(text)) this.bytes.push(byte);
	}

	/** Puts what a backslash means; gives how many characters it took. */
	#escape(rest: string, inArgument: boolean): number {
		const [whole, hex, short, long, octal, letter] = escapeForm.exec(rest) ?? [];
		if (whole === undefined) {
			this.put('\\');
			return 1;
		}
		if (hex !== undefined) this.bytes.push(Number.parseInt(hex, 16));
		else if (octal !== undefined) {
			const digits = inArgument || octal.length < 4 ? octal : octal.slice(0, 3);
			this.bytes.push(Number.parseInt(digits, 8) & 255);
			return 1 + digits.length;
		} else if (short !== undefined || long !== undefined)
			this.put(String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(short ?? long ?? '0', 16))));
		else if (letter === 'c' && inArgument) this.stopped = true;
		else if (escapes[letter ?? ''] !== undefined) this.bytes.push(escapes[letter ?? ''] as number);
		else this.put(whole);
		return whole.length;
	}

	#directive(rest: string): number {
		const match = directive.exec(rest);
		if (match === null) {
			this.problems.push(`${rest.slice(0, 4)}: no directive`);
			this.stopped = true;
			return rest.length;
		}
		const [whole, flags = '', width, precision, kind = ''] = match;
		if (kind === '%') this.put('%');
		else {
			const count = (text: string | undefined): number | undefined =>
				text === '*' ? Number(this.values.shift() ?? 0) : text === undefined ? undefined : Number(text);
			const asked = count(width) ?? 0;
			const isLeft = flags.includes('-') || asked < 0;
			const digits = whole.includes('.') ? (count(precision) ?? 0) : undefined;
			this.#value(kind, { flags: isLeft ? `${flags}-` : flags, width: Math.abs(asked), precision: digits });
		}
		return whole.length;
	}

	#value(kind: string, how: { flags: string; width: number; precision: number | undefined }): void {
		const start = this.bytes.length;
		const { flags, width, precision } = how;
		const value = this.values.shift();
		if (kind === 'b') this.#putEscaped(value ?? '');
		else if (kind === 's') this.put(precision === undefined ? (value ?? '') : cut(value ?? '', precision));
		else if (kind === 'q') this.put(quoteWord(value ?? ''));
		else if (kind === 'c') this.put([...(value ?? '')][0] ?? '');
		else if (/[diouxX]/.test(kind)) this.put(this.#integer(kind, value ?? '0', how));
		else if (/[aAeEfFgG]/.test(kind)) this.put(this.#real(kind, value ?? '0', how));
		else {
			this.problems.push(`%${kind}: no directive`);
			this.stopped = true;
		}
		const lacking = width - (this.bytes.length - start);
		if (lacking <= 0) return;
		const blanks = new Array<number>(lacking).fill(32);
		if (flags.includes('-')) this.bytes.push(...blanks);
		else this.bytes.splice(start, 0, ...blanks);
	}

	#putEscaped(text: string): void {
		for (let at = 0; at < text.length && !this.stopped; ) {
			if (text[at] === '\\') at += this.#escape(text.slice(at, at + 16), true);
			else {
				const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
				this.put(character);
				at += character.length;
			}
		}
	}

	#integer(
		kind: string,
		text: string,
		{ flags, width, precision }: { flags: string; width: number; precision: number | undefined },
	): string {
		const value = this.#parseInteger(text);
		const base = kind === 'o' ? 8 : /[xX]/.test(kind) ? 16 : 10;
		const magnitude = base !== 10 || kind === 'u' ? BigInt.asUintN(64, value) : value < 0n ? -value : value;
		let digits = magnitude.toString(base).padStart(precision ?? 0, '0');
		if (kind === 'X') digits = digits.toUpperCase();
		if (flags.includes('#') && base === 16) digits = `0${kind}${digits}`;
		if (flags.includes('#') && base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
		const sign = base === 10 && kind !== 'u' ? signOf(value < 0n, flags) : '';
		const isPadded = flags.includes('0') && !flags.includes('-') && precision === undefined;
		return sign + (isPadded ? digits.padStart(width - sign.length, '0') : digits);
	}

	#parseInteger(text: string): bigint {
		if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
		const [whole, sign, digits] = /^\s*([-+]?)(0[xX][\da-fA-F]+|\d+)/.exec(text) ?? [];
		if (whole?.length !== text.length && text !== '') this.problems.push(`"${text}" is not a whole number`);
		if (digits === undefined) return 0n;
		const magnitude = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
		return sign === '-' ? -magnitude : magnitude;
	}

	#real(
		kind: string,
		text: string,
		{ flags, width, precision }: { flags: string; width: number; precision: number | undefined },
	): string {
		const value = text === '' ? 0 : Number(text);
		if (Number.isNaN(value)) this.problems.push(`"${text}" is not a number`);
		const magnitude = Math.abs(Number.isNaN(value) ? 0 : value);
		const digits = realDigits(kind.toLowerCase(), magnitude, precision ?? 6, flags.includes('#'));
		const sign = signOf(value < 0 || Object.is(value, -0), flags);
		const shown = /[A-Z]/.test(kind) ? digits.toUpperCase() : digits;
		const isPadded = flags.includes('0') && !flags.includes('-');
		return sign + (isPadded ? shown.padStart(width - sign.length, '0') : shown);
	}
}

function signOf(isNegative: boolean, flags: string): string {
	return isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function realDigits(kind: string, value: number, precision: number, keepsZeros: boolean): string {
	if (!Number.isFinite(value)) return 'inf';
	const exponential = (digits: number): string => value.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
	if (kind === 'f') return value.toFixed(Math.min(100, precision));
	if (kind === 'e') return exponential(Math.min(100, precision));
	const digits = Math.max(1, Math.min(100, precision));
	const exponent = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1]);
	const text =
		exponent < -4 || exponent >= digits ? exponential(digits - 1) : value.toFixed(Math.max(0, digits - 1 - exponent));
	return keepsZeros || !text.includes('.') ? text : text.replace(/0+(?=e|$)/, '').replace(/\.(?=e|$)/, '');
}

/** At most so many bytes, without half a character. */
function cut(text: string, bytes: number): string {
	let length = 0;
	let end = 0;
	for (const character of text) {
		length += encoder.encode(character).length;
		if (length > bytes) break;
		end += character.length;
	}
	return text.slice(0, end);
}

/** Fills the format again and again until every value is taken, as POSIX says. */
export function formatText(format: string, values: readonly string[]): Formatted {
	const formatter = new Formatter(values);
	for (let left = -1; !formatter.stopped && left !== formatter.values.length; ) {
		left = formatter.values.length;
		formatter.run(format);
		if (formatter.values.length === 0) break;
	}
	return { bytes: Uint8Array.from(formatter.bytes), problems: formatter.problems, stopped: formatter.stopped };
}
