/**
 * What a waiting process tells of itself while it runs, in the header of its call memory (`call-memory.ts`), so that the
 * kernel can say what it uses without asking it: also of one that never calls.
 *
 * From byte 40 on stand `meterFields`, each a 64-bit float that only the process writes.
 *
 * Times are milliseconds since 1970 as the host's monotonic clock has them (`timeOrigin + now()`), which all Workers of a
 * tab share. The process runs whenever it does not wait: what has passed since `began`, less `waited`, less what
 * has passed since `waitingSince` while it waits, is its processor time.
 *
 * Precision: that of the clock (5 µs in a page, under 1 µs in Node). Time in which the host ran another thread instead counts
 * as its own: on a busy machine the figure is an upper bound. Memory is as of its last call.
 *
 * Invariant: these are figures for people. The kernel decides nothing by them, for a hostile Worker may write what it likes.
 */
export const meterFields = [
	'began',
	'waited',
	/** 0: it does not wait. */
	'waitingSince',
	'calls',
	'bytesRead',
	'bytesWritten',
	/** Bytes of the memory of its module. */
	'memoryBytes',
] as const;

export type MeterField = (typeof meterFields)[number];

const fieldsOffset = 40;

export class ProcessMeter {
	readonly fields: Float64Array<SharedArrayBuffer>;

	constructor(callMemory: SharedArrayBuffer) {
		this.fields = new Float64Array(callMemory, fieldsOffset, meterFields.length);
	}

	/** A finite number of at least 0, whatever stands there. */
	read(field: MeterField): number {
		const value = this.fields[fieldIndex[field]] as number;
		return value > 0 && Number.isFinite(value) ? value : 0;
	}

	set(field: MeterField, value: number): void {
		this.fields[fieldIndex[field]] = value;
	}

	add(field: MeterField, value: number): void {
		(this.fields[fieldIndex[field]] as number) += value;
	}

	/** Milliseconds of processor time until `now`. */
	processorMs(now: number): number {
		const began = this.read('began');
		if (began === 0) return 0;
		const since = this.read('waitingSince');
		const waiting = since === 0 ? 0 : Math.max(0, now - since);
		return Math.min(Math.max(0, now - began - this.read('waited') - waiting), Math.max(0, now - began));
	}
}

const fieldIndex = Object.fromEntries(meterFields.map((field, index) => [field, index])) as Record<MeterField, number>;
