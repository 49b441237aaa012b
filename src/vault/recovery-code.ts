/**
 * Recovery codes: 130 random bits as text that a person prints, keeps and one day types.
 *
 * Layout: 26 symbols of five bits and two check symbols, in seven groups of four: `7K2M-…`. The alphabet is Crockford's
 * base 32: no I, L, O and U, so what looks like a digit is read as one. The check symbols make the whole a Reed–Solomon
 * code over GF(32) (roots α and α²): any one or two wrong symbols and every swap of neighbours are found, and for one
 * wrong symbol its group is named.
 *
 * Rules of use: `parseRecoveryCode` takes what was typed, in any case, with any blanks and dashes.
 *
 * Invariant: no regular expression sees a code: an engine keeps the last text that one has matched (`RegExp.input`).
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const symbolCount = 28;
const checkCount = 2;
const groupLength = 4;
/** What may stand between symbols: blanks, ends of lines, dashes of every kind. */
const separators = ' \t\r\n\u00a0\u2007\u202f-\u2010\u2011\u2012\u2013\u2014\u2212';
/** Random bytes of which a code is made; the last six bits are not used. */
export const recoveryCodeRandomBytes = 17;

export type ParsedRecoveryCode =
	/** The symbols without checks: what a key is derived from. */
	| { readonly symbols: Uint8Array<ArrayBuffer> }
	/** Why it is no code, in words for who typed it. */
	| { readonly problem: string };

/** Powers of α in GF(32) with α⁵ = α² + 1, and their logarithms. */
const powers: number[] = [];
const logarithms: number[] = [];
for (let power = 0, value = 1; power < 31; power++) {
	powers.push(value);
	logarithms[value] = power;
	value = value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1;
}

/** The code for random bytes (`recoveryCodeRandomBytes`). */
export function formatRecoveryCode(random: Uint8Array): string {
	const symbols = [...takeSymbols(random), 0, 0];
	// Check symbols c₁ (before the last) and c₀ make both sums zero: two equations, solved once by Cramer's rule.
	const [first, second] = syndromes(symbols);
	const c1 = divide(first ^ second, powerOf(1) ^ powerOf(2));
	symbols[symbolCount - 2] = c1;
	symbols[symbolCount - 1] = first ^ multiply(c1, powerOf(1));
	const groups = Array.from({ length: symbolCount / groupLength }, (_, group) =>
		symbols.slice(group * groupLength, (group + 1) * groupLength).map((symbol) => alphabet[symbol]),
	);
	return groups.map((group) => group.join('')).join('-');
}

/** Reads a typed code; what is wrong with it is told in words. */
export function parseRecoveryCode(typed: string): ParsedRecoveryCode {
	const characters = [...typed.toUpperCase()].filter((character) => !separators.includes(character));
	const symbols = characters.map(symbolOf);
	const strange = symbols.indexOf(-1);
	if (strange >= 0) return { problem: `“${characters[strange]}” does not occur in recovery codes.` };
	if (symbols.length !== symbolCount)
		return { problem: `A recovery code has ${symbolCount} letters and digits; these are ${symbols.length}.` };
	const [first, second] = syndromes(symbols);
	if (first !== 0 || second !== 0) return { problem: describeError(first, second) };
	return { symbols: Uint8Array.from(symbols.slice(0, symbolCount - checkCount)) };
}

function* takeSymbols(random: Uint8Array): Generator<number> {
	for (let index = 0; index < symbolCount - checkCount; index++) {
		const bit = index * 5;
		const pair = ((random[bit >> 3] ?? 0) << 8) | (random[(bit >> 3) + 1] ?? 0);
		yield (pair >> (11 - (bit & 7))) & 31;
	}
}

function symbolOf(character: string): number {
	const clear = character === 'O' ? '0' : character === 'I' || character === 'L' ? '1' : character;
	return alphabet.indexOf(clear);
}

/** The code's polynomial, first symbol highest, at α and at α²: zero and zero for a code without an error. */
function syndromes(symbols: readonly number[]): readonly [first: number, second: number] {
	const at = (point: number): number => symbols.reduce((sum, symbol) => multiply(sum, point) ^ symbol, 0);
	return [at(powerOf(1)), at(powerOf(2))];
}

/** With one wrong symbol at power p the sums are e·αᵖ and e·α²ᵖ; their quotient says p. */
function describeError(first: number, second: number): string {
	const power = first === 0 || second === 0 ? symbolCount : (logarithms[divide(second, first)] ?? symbolCount);
	if (power >= symbolCount) return 'It was mistyped. Compare it with the printed code.';
	const group = Math.floor((symbolCount - 1 - power) / groupLength) + 1;
	return `It was mistyped, most likely in group ${group} of ${symbolCount / groupLength}. Compare it with the printed code.`;
}

function powerOf(exponent: number): number {
	return powers[exponent % 31] ?? 0;
}

function multiply(a: number, b: number): number {
	return a === 0 || b === 0 ? 0 : powerOf((logarithms[a] ?? 0) + (logarithms[b] ?? 0));
}

function divide(a: number, b: number): number {
	return a === 0 ? 0 : powerOf((logarithms[a] ?? 0) + 31 - (logarithms[b] ?? 0));
}
