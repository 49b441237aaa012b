/**
 * Turns the counters of `process_list` into rates.
 *
 * Invariant: a rate is the difference of two samples of the same process over the time between them; a process that
 * was not in the sample before has none yet.
 */
import type { ProcessInfo } from '#abi/structures.generated.ts';
import type { AccountNames } from '#runtime/account-names.ts';

export interface ProcessRow {
	readonly pid: number;
	readonly parent: number;
	readonly program: string;
	/** Name of the account it acts for. */
	readonly user: string;
	readonly title: string;
	readonly state: ProcessInfo['state'];
	readonly startedTime: number;
	readonly handles: number;
	/** Of one processor; `undefined` where it is not measured. */
	readonly processorPercent: number | undefined;
	readonly memoryBytes: number | undefined;
	readonly callsPerSecond: number;
	readonly readPerSecond: number;
	readonly writtenPerSecond: number;
}

export interface Totals {
	/** Of one processor, by the processes for which it is measured. */
	readonly processorPercent: number;
	readonly callsPerSecond: number;
	readonly readPerSecond: number;
	readonly writtenPerSecond: number;
}

export class ProcessSampler {
	#before = new Map<number, ProcessInfo>();
	#beforeMs = Number.NaN;

	/** `nowMs` is monotonic. */
	sample(processes: readonly ProcessInfo[], nowMs: number, nameOf: AccountNames): ProcessRow[] {
		const seconds = (nowMs - this.#beforeMs) / 1000;
		const rows = processes.map((process) => ({
			...toRow(process, this.#before.get(process.pid), seconds),
			user: nameOf(process.user),
		}));
		this.#before = new Map(processes.map((process) => [process.pid, process]));
		this.#beforeMs = nowMs;
		return rows;
	}
}

function toRow(now: ProcessInfo, before: ProcessInfo | undefined, seconds: number): Omit<ProcessRow, 'user'> {
	const rate = (field: 'calls' | 'bytesRead' | 'bytesWritten' | 'processorTimeUs') =>
		before === undefined || !(seconds > 0)
			? 0
			: Math.max(0, ((now[field] ?? 0) - (before[field] ?? now[field] ?? 0)) / seconds);
	const { pid, parent, program, title, state, startedTime, handles, memoryBytes } = now;
	return {
		...{ pid, parent, program, title, state, startedTime, handles, memoryBytes },
		processorPercent: now.processorTimeUs === undefined ? undefined : Math.min(100, rate('processorTimeUs') / 10_000),
		callsPerSecond: rate('calls'),
		readPerSecond: rate('bytesRead'),
		writtenPerSecond: rate('bytesWritten'),
	};
}

export function sumRates(rows: readonly ProcessRow[]): Totals {
	const sum = (field: keyof Totals) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
	return {
		processorPercent: sum('processorPercent'),
		callsPerSecond: sum('callsPerSecond'),
		readPerSecond: sum('readPerSecond'),
		writtenPerSecond: sum('writtenPerSecond'),
	};
}

export type SortColumn = Exclude<keyof ProcessRow, 'parent' | 'startedTime'>;

export interface Sorting {
	readonly column: SortColumn;
	readonly descending: boolean;
}

/** Rows that are equal in the column stand in the order of their pids, so that they do not jump about. */
export function sortRows(rows: readonly ProcessRow[], { column, descending }: Sorting): ProcessRow[] {
	const sign = descending ? -1 : 1;
	return [...rows].sort((one, other) => {
		// What is not measured stands below everything that is.
		const [a, b] = [one[column] ?? -1, other[column] ?? -1];
		const order = typeof a === 'string' ? a.localeCompare(String(b), undefined, { numeric: true }) : a - Number(b);
		return sign * order || one.pid - other.pid;
	});
}
