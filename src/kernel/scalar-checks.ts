/** Checks of the contract's scalar types, used by the generated gate. Limits as `abi/types.ts` states them. */

const maximumText = 1_048_576;
const maximumPath = 32_767;
const maximumBytes = 67_108_864;
const maximumTime = 2n ** 63n - 1n;

const isWhole = (value: unknown, maximum: number): boolean =>
	typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maximum;

/** A hole in an array, or a property beside its items, would surprise whoever goes through it. */
export function isArrayOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
	if (!Array.isArray(value)) return false;
	const keys = Object.keys(value);
	return keys.length === value.length && keys.every((key, index) => key === String(index) && isItem(value[index]));
}

export const is = {
	boolean: (value: unknown): boolean => typeof value === 'boolean',
	u32: (value: unknown): boolean => isWhole(value, 0xffff_ffff),
	size: (value: unknown): boolean => isWhole(value, Number.MAX_SAFE_INTEGER),
	offset: (value: unknown): boolean => Number.isSafeInteger(value),
	time: (value: unknown): boolean => Number.isFinite(value),
	real: (value: unknown): boolean => Number.isFinite(value),
	ns: (value: unknown): boolean => typeof value === 'bigint' && value >= 0n && value <= maximumTime,
	string: (value: unknown): boolean => typeof value === 'string' && value.length <= maximumText,
	path: (value: unknown): boolean =>
		typeof value === 'string' && value.length > 0 && value.length <= maximumPath && !value.includes('\0'),
	bytes: (value: unknown): boolean =>
		value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength <= maximumBytes,
	handle: (value: unknown): boolean => isWhole(value, 0xffff_ffff),
	pid: (value: unknown): boolean => isWhole(value, Number.MAX_SAFE_INTEGER),
	strings: (value: unknown): boolean => isArrayOf(value, is.string),
};
