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

/** A DOS name for `name` that is not in `taken`; adds it there. */
export function takeDosName(name: string, taken: Set<string>): string {
	const own = findDosName(name);
	if (own !== undefined && !taken.has(own)) {
		taken.add(own);
		return own;
	}
	const dot = name.lastIndexOf('.');
	const base = letters(dot > 0 ? name.slice(0, dot) : name) || 'FILE';
	const extension = dot > 0 ? letters(name.slice(dot + 1)).slice(0, 3) : '';
	for (let number = 1; ; number++) {
		const tail = `~${number}`;
		const short = `${base.slice(0, 8 - tail.length)}${tail}${extension === '' ? '' : `.${extension}`}`;
		if (taken.has(short)) continue;
		taken.add(short);
		return short;
	}
}
