/**
 * Makes small hostile programs for WASI preview 1, byte by byte (WebAssembly core specification, chapter 5), so that cases
 * need no compiler.
 *
 * Rules of use: `guestModule` gives a module with a memory of which the bytes from `scratch` on are free. The body of
 * `_start` is made of the instructions below; `call` names an import.
 */

/** The functions of preview 1 and the types of their arguments, `i` 32 and `I` 64 bits; all but `proc_exit` give an errno. */
export const signatures = {
	args_get: 'ii',
	args_sizes_get: 'ii',
	environ_get: 'ii',
	environ_sizes_get: 'ii',
	clock_res_get: 'ii',
	clock_time_get: 'iIi',
	fd_advise: 'iIIi',
	fd_allocate: 'iII',
	fd_close: 'i',
	fd_datasync: 'i',
	fd_fdstat_get: 'ii',
	fd_fdstat_set_flags: 'ii',
	fd_fdstat_set_rights: 'iII',
	fd_filestat_get: 'ii',
	fd_filestat_set_size: 'iI',
	fd_filestat_set_times: 'iIIi',
	fd_pread: 'iiiIi',
	fd_prestat_get: 'ii',
	fd_prestat_dir_name: 'iii',
	fd_pwrite: 'iiiIi',
	fd_read: 'iiii',
	fd_readdir: 'iiiIi',
	fd_renumber: 'ii',
	fd_seek: 'iIii',
	fd_sync: 'i',
	fd_tell: 'ii',
	fd_write: 'iiii',
	path_create_directory: 'iii',
	path_filestat_get: 'iiiii',
	path_filestat_set_times: 'iiiiIIi',
	path_link: 'iiiiiii',
	path_open: 'iiiiiIIii',
	path_readlink: 'iiiiii',
	path_remove_directory: 'iii',
	path_rename: 'iiiiii',
	path_symlink: 'iiiii',
	path_unlink_file: 'iii',
	poll_oneoff: 'iiii',
	proc_exit: 'i',
	proc_raise: 'i',
	sched_yield: '',
	random_get: 'ii',
	sock_accept: 'iii',
	sock_recv: 'iiiiii',
	sock_send: 'iiiii',
	sock_shutdown: 'ii',
} as const;

export type GuestCall = keyof typeof signatures;

export type Code = readonly (number | Code)[];

export interface GuestParts {
	/** Instructions of `_start`. */
	readonly body: Code;
	readonly memoryPages?: number;
	/** Bytes that stand in memory from the start, by place. */
	readonly bytes?: readonly (readonly [place: number, bytes: Uint8Array | string])[];
}

export const guestCalls = Object.keys(signatures) as GuestCall[];

/** `_start` is the function after the imports. */
export const startFunction = guestCalls.length;
export const scratch = 1024;

function leb128(value: number | bigint): number[] {
	const bytes: number[] = [];
	for (let rest = BigInt(value); ; ) {
		const byte = Number(rest & 0x7fn);
		rest >>= 7n;
		const isLast = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
		bytes.push(isLast ? byte : byte | 0x80);
		if (isLast) return bytes;
	}
}

function unsigned(value: number): number[] {
	const bytes: number[] = [];
	for (let rest = value; ; rest >>>= 7) {
		if (rest < 0x80) return [...bytes, rest];
		bytes.push((rest & 0x7f) | 0x80);
	}
}

export const i32 = (value: number): Code => [0x41, leb128(value | 0)];
export const i64 = (value: bigint): Code => [0x42, leb128(value)];
export const call = (name: GuestCall, ...values: readonly Code[]): Code => [
	...values,
	0x10,
	unsigned(guestCalls.indexOf(name)),
];
export const recurse: Code = [0x10, unsigned(startFunction)];
export const drop: Code = [0x1a];
export const unreachable: Code = [0x00];
/** For ever. */
export const endless = (...body: readonly Code[]): Code => [0x03, 0x40, ...body, 0x0c, 0x00, 0x0b];
/** Runs the body when what `condition` leaves is not 0. */
export const when = (condition: Code, ...body: readonly Code[]): Code => [condition, 0x04, 0x40, ...body, 0x0b];
export const load = (place: number): Code => [i32(place), 0x28, 0x02, 0x00];
export const load64 = (place: number): Code => [i32(place), 0x29, 0x03, 0x00];
export const isZero = (value: Code): Code => [value, 0x45];
/** Ends `_start`, and so the program. */
export const leave: Code = [0x0f];
/** Runs the case whose number `value` leaves, the last for every other number. */
export const choose = (value: Code, cases: readonly Code[]): Code => {
	const depths = cases.slice(1).flatMap((_, depth) => unsigned(depth));
	const table = [0x0e, unsigned(cases.length - 1), depths, unsigned(cases.length - 1)];
	let code: Code = [value, table];
	for (const [index, each] of cases.entries())
		code = [0x02, 0x40, code, 0x0b, each, 0x0c, unsigned(cases.length - 1 - index)];
	return [0x02, 0x40, code, 0x0b];
};
export const store = (place: number, value: Code): Code => [i32(place), value, 0x36, 0x02, 0x00];
export const growMemory = (pages: number): Code => growMemoryBy(i32(pages));
export const growMemoryBy = (pages: Code): Code => [pages, 0x40, 0x00];
export const add = (one: Code, other: Code): Code => [one, other, 0x6a];
export const invert = (value: Code): Code => [value, i32(-1), 0x73];
export const divide = (one: Code, other: Code): Code => [one, other, 0x6d];
export const equals = (one: Code, other: Code): Code => [one, other, 0x46];

/** Writes `length` bytes from `from` to a descriptor and leaves the error number. */
export const writeTo = (fd: Code, from: number, length: number): Code => [
	store(0, i32(from)),
	store(4, i32(length)),
	call('fd_write', fd, i32(0), i32(1), i32(8)),
];

/** Reads up to `length` bytes to `into` and leaves the error number. */
export const readFrom = (fd: number, into: number, length: number): Code => [
	store(0, i32(into)),
	store(4, i32(length)),
	call('fd_read', i32(fd), i32(0), i32(1), i32(8)),
];

/** Opens or makes the file whose name stands at `place`, below a directory, to read and write; its descriptor goes to `result`. */
export const openFile = (directory: number, place: number, length: number, result: number): Code => {
	const readSeekAndWrite = i64(0x67n);
	const name = [i32(place), i32(length)];
	const parts = [i32(directory), i32(0), ...name, i32(1), readSeekAndWrite, readSeekAndWrite, i32(0), i32(result)];
	return call('path_open', ...parts);
};

function section(id: number, content: readonly number[]): number[] {
	return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
	return [...unsigned(items.length), ...items.flat()];
}

function named(text: string): number[] {
	const bytes = new TextEncoder().encode(text);
	return [...unsigned(bytes.length), ...bytes];
}

function typeOf(name: GuestCall): number[] {
	const parameters = [...signatures[name]].map((letter) => (letter === 'i' ? 0x7f : 0x7e));
	return [0x60, ...vector(parameters.map((type) => [type])), ...(name === 'proc_exit' ? [0] : [1, 0x7f])];
}

function flatten(code: Code): number[] {
	return code.flatMap((part) => (typeof part === 'number' ? [part] : flatten(part)));
}

export function guestModule({ body, memoryPages = 1, bytes = [] }: GuestParts): Uint8Array<ArrayBuffer> {
	const start = guestCalls.length;
	const code = [0, ...flatten(body), 0x0b];
	const imports = guestCalls.map((name, index) => [
		...[...named('wasi_snapshot_preview1'), ...named(name)],
		...[0x00, ...unsigned(index)],
	]);
	const contents = bytes.map(([place, content]) => {
		const raw = typeof content === 'string' ? new TextEncoder().encode(content) : content;
		return [0x00, ...flatten(i32(place)), 0x0b, ...unsigned(raw.length), ...raw];
	});
	return new Uint8Array([
		...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
		...section(1, vector([...guestCalls.map(typeOf), [0x60, 0x00, 0x00]])),
		...section(2, vector(imports)),
		...section(3, vector([unsigned(start)])),
		...section(5, vector([[0x00, ...unsigned(memoryPages)]])),
		...section(
			7,
			vector([
				[...named('memory'), 0x02, 0x00],
				[...named('_start'), 0x00, ...unsigned(start)],
			]),
		),
		...section(10, vector([[...unsigned(code.length), ...code]])),
		...section(11, vector(contents)),
	]);
}
