/**
 * A verb is one thing that the keeper does for the desktop, as root: its arguments with the check of each, and the work.
 *
 * Rules of use: `defineVerb` beside the work, one file a subject; `verbs.ts` lists all. A check gives the value in its
 * type, or `undefined` for what is not allowed.
 *
 * Invariants: the work sees only arguments that passed, and no others: a word too much is refused like a wrong one.
 */
import { OsError } from '#abi/errors.ts';

export type Check<T> = (value: unknown) => T | undefined;

/** What a verb is given beside its arguments. */
export interface VerbWork {
	/** Aborted when nobody waits for the reply any more; the work then stops at the next place where that is safe. */
	readonly signal: AbortSignal;
	/** `totalBytes` is 0 while nobody can tell. */
	report(step: string, doneBytes: number, totalBytes: number): void;
}

/** What a verb is given that takes bytes. */
export interface TakingWork extends VerbWork {
	/** Exactly the next `length` bytes. ECANCELED when who sends them has gone. */
	receive(length: number): Promise<Uint8Array>;
}

export interface Verb {
	/** Whether it changes disks: one of these goes on at a time, and another is answered with EBUSY. */
	readonly changesDisks: boolean;
	/** Whether bytes follow the request. */
	readonly takesBytes: boolean;
	/** Rejects with `OsError`; EINVAL names the argument. The result is a value of JSON. */
	run(given: Readonly<Record<string, unknown>>, work: VerbWork | TakingWork): Promise<unknown>;
}

type Run<Given, Work = VerbWork> = (given: Given, work: Work) => Promise<unknown>;
type Checks<Given> = { readonly [Name in keyof Given]: Check<Given[Name]> };

export function defineVerb<Given>(checks: Checks<Given>, run: Run<NoInfer<Given>>): Verb {
	const entries = new Map<string, Check<unknown>>(Object.entries(checks));
	return {
		...{ changesDisks: false, takesBytes: false },
		run: async (given, work) => {
			const checked = new Map<string, unknown>();
			for (const [name, check] of entries) {
				const value = Object.hasOwn(given, name) ? check(given[name]) : undefined;
				if (value === undefined) throw new OsError('EINVAL', name);
				checked.set(name, value);
			}
			const unknown = Object.keys(given).find((name) => !entries.has(name));
			if (unknown !== undefined) throw new OsError('EINVAL', unknown);
			return run(Object.fromEntries(checked) as Given, work);
		},
	};
}

/** Of a verb that changes disks. */
export function defineDiskVerb<Given>(checks: Checks<Given>, run: Run<NoInfer<Given>>): Verb {
	return { ...defineVerb(checks, run), changesDisks: true };
}

/** Of a verb that takes bytes. */
export function defineTakingVerb<Given>(checks: Checks<Given>, run: Run<NoInfer<Given>, TakingWork>): Verb {
	const verb = defineVerb(checks, (given, work) => {
		if (!('receive' in work)) throw new OsError('EINVAL', 'it takes bytes');
		return run(given, work as TakingWork);
	});
	return { ...verb, takesBytes: true };
}

export function oneOf<const T extends string>(...words: readonly T[]): Check<T> {
	return (value) => words.find((word) => word === value);
}

/** Text that `pattern` matches as a whole, of at most `longest` UTF-16 units. */
export function textLike(pattern: RegExp, longest = 256): Check<string> {
	return (value) =>
		typeof value === 'string' && value.length <= longest && pattern.exec(value)?.[0] === value ? value : undefined;
}

export function wholeNumber(least: number, most: number): Check<number> {
	return (value) =>
		Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
			? (value as number)
			: undefined;
}
