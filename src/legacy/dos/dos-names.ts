/**
 * Names of eight letters and three, as DOS knows them, for names that may be anything.
 *
 * Invariants:
 * - A name that DOS can use is used as it is, in capitals; any other gets `SHORTE~1.EXT`, the first number that is free.
 * - Within a folder no two names get the same DOS name, also where the volume tells them apart by case.
 */

const validPart = /^[A-Z0-9!#$%&'()\-@^_`{}~]+$/;
const devices = new Set(['CON', 'PRN', 'AUX', 'NUL', 'CLOCK$', 'COM1', 'COM2', 'COM3', 'COM4', 'LPT1', 'LPT2', 'LPT3']);

/** The DOS name that `name` is already, or `undefined` when it is none. */
export function findDosName(name: string): string | undefined {
	const [base = '', extension, ...rest] = name.toUpperCase().split('.');
	if (rest.length > 0 || base.length < 1 || base.length > 8 || !validPart.test(base) || devices.has(base))
		return undefined;
	if (extension === undefined) return base;
	if (extension.length < 1 || extension.length > 3 || !validPart.test(extension)) return undefined;
	return `${base}.${extension}`;
}

function letters(text: string): string {
	return text
		.normalize('NFD')
		.toUpperCase()
		.replaceAll(/[^A-Z0-9!#$%&'()\-@^_`{}~]/g, '');
}

/** The DOS names of one folder. */
export class DosNames {
	readonly taken = new Set<string>();
	/** The next number for each shortened name: thousands of one beginning are not counted from 1 each time. */
	readonly #next = new Map<string, number>();

	/** A DOS name for `name` that no other has got. */
	take(name: string): string {
		const own = findDosName(name);
		if (own !== undefined && !this.taken.has(own)) {
			this.taken.add(own);
			return own;
		}
		const dot = name.lastIndexOf('.');
		const base = letters(dot > 0 ? name.slice(0, dot) : name) || 'FILE';
		const extension = dot > 0 ? letters(name.slice(dot + 1)).slice(0, 3) : '';
		for (let digits = 1; ; digits++) {
			const short = this.#takeNumbered(base.slice(0, 7 - digits), extension === '' ? '' : `.${extension}`, digits);
			if (short !== undefined) return short;
		}
	}

	/** The first free name whose number has so many digits. */
	#takeNumbered(stem: string, ending: string, digits: number): string | undefined {
		const key = `${stem}${ending}/${digits}`;
		for (let number = this.#next.get(key) ?? 10 ** (digits - 1); number < 10 ** digits; number++) {
			const short = `${stem}~${number}${ending}`;
			if (this.taken.has(short)) continue;
			this.taken.add(short);
			this.#next.set(key, number + 1);
			return short;
		}
		this.#next.set(key, 10 ** digits);
		return undefined;
	}
}
