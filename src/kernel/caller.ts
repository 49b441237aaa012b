/** What a call's handler is given of its caller, and what it may answer. */
import type { Changes } from './change-groups.ts';
import type { Process } from './process.ts';
import type { Wait } from './wait.ts';

export interface Caller {
	readonly process: Process;
	readonly changes: Changes;
}

/** At once, when the wait is over, or when the promise settles. Byte arrays in it must be nobody else's. */
export type Answer<T> = T | Wait<T> | Promise<T>;
