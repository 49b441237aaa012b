/** `tar`: packs, lists and unpacks archives, with gzip where wanted or found. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { directoryName, joinPath, resolvePath } from '#base/path.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	type Options,
	parseOptions,
	pathOf,
	reportFailure,
	UsageError,
} from './command.ts';
import { compress, Decompressor } from './compression.ts';
import { formatTime } from './format.ts';
import { listNames, matchesName } from './names.ts';
import { Input, join } from './streams.ts';
import { blockBytes, padded, type TarEntry, TarReader, tarHeader } from './tar-format.ts';
import { makeDirectory } from './transfer.ts';
import { findStatus, fromRoot, readLink, statusAt } from './tree.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const form = {
	flags: 'cxtrvzkmOpP',
	values: 'fCTX',
	long: {
		...{
			create: 'c',
			extract: 'x',
			get: 'x',
			list: 't',
			verbose: 'v',
			gzip: 'z',
			file: 'f',
			directory: 'C',
			'keep-old-files': 'k',
			'to-stdout': 'O',
		},
		...{ exclude: 'X', 'strip-components': 'S', 'files-from': 'T', 'absolute-names': 'P' },
	},
};

const tar: Command = {
	usage: 'tar -c|-x|-t [-zvkOP] [-f ARCHIVE] [-C FOLDER] [--exclude=NAMES] [--strip-components=N] [FILE…]',
	summary:
		'Packs (-c), unpacks (-x) or lists (-t) archives; -z with gzip, -f from or to a file, -v says each. Nothing is unpacked outside the folder.',
	failure: 2,
	options: { isOwn: true },
	run(context) {
		const options = parseOptions(modern(context.start.arguments), { ...form, values: `${form.values}S` });
		const modes = ['c', 'x', 't'].filter((letter) => options.has(letter));
		if (modes.length !== 1) throw new UsageError('one of -c, -x and -t');
		const folder = resolvePath(context.workingDirectory, options.value('C') ?? '.');
		return modes[0] === 'c' ? new Packer(context, options, folder).run() : unpack(context, options, folder);
	},
};

/** `tar xzf a.tar.gz` as `tar -x -z -f a.tar.gz`. */
function modern(list: readonly string[]): string[] {
	const [letters = '', ...rest] = list;
	if (letters.startsWith('-') || letters === '') return [...list];
	const taken = [...letters].flatMap((letter) =>
		form.values.includes(letter) ? [`-${letter}`, rest.shift() ?? ''] : [`-${letter}`],
	);
	return [...taken, ...rest];
}

function isExcluded(name: string, options: Options): boolean {
	return options
		.values('X')
		.some((pattern) => matchesName(name, pattern) || name.split('/').some((part) => matchesName(part, pattern)));
}

class Packer {
	readonly #context: CommandContext;
	readonly #options: Options;
	readonly #folder: string;
	#status = 0;

	constructor(context: CommandContext, options: Options, folder: string) {
		this.#context = context;
		this.#options = options;
		this.#folder = folder;
	}

	run(): number {
		const { system, output } = this.#context;
		const operands = [...this.#options.operands];
		if (operands.length === 0) throw new UsageError('an empty archive is not made');
		const file = this.#options.value('f') ?? '-';
		const handle = file === '-' ? undefined : system.fileOpen(pathOf(this.#context, file), 'replace', rights.write);
		const gathered: Bytes[] = [];
		let length = 0;
		const flush = (): void => {
			if (handle !== undefined && length > 0) system.streamWrite(handle, join(gathered));
			gathered.length = 0;
			length = 0;
		};
		const write = (bytes: Bytes): void => {
			if (handle === undefined) output.write(bytes);
			else {
				gathered.push(bytes.slice());
				length += bytes.length;
				if (length >= 262_144) flush();
			}
		};
		if (this.#options.has('z') || /\.(?:tgz|tar\.gz)$/.test(file)) compress(this.#blocks(operands), 6, write);
		else for (const bytes of this.#blocks(operands)) write(bytes);
		flush();
		if (handle !== undefined) system.handleClose(handle);
		return this.#status;
	}

	*#blocks(operands: readonly string[]): Generator<Bytes> {
		for (const operand of operands) yield* this.#pack(operand);
		yield new Uint8Array(2 * blockBytes);
	}

	*#pack(name: string): Generator<Bytes> {
		if (isExcluded(name, this.#options)) return;
		try {
			yield* this.#packOne(name);
		} catch (failure) {
			reportFailure(this.#context, failure, name);
			this.#status = 2;
		}
	}

	*#packOne(name: string): Generator<Bytes> {
		const { system, output, error } = this.#context;
		const path = resolvePath(this.#folder, name);
		const { kind, size, modifiedTime } = statusAt(system, path);
		if (kind === 'device') throw new CommandError(`${name}: It is a device.`);
		const shown = `${name.replace(/\/+$/, '')}${kind === 'directory' ? '/' : ''}`;
		const entry: TarEntry = {
			// Nothing in an archive begins at the root, unless -P asks for it.
			name: this.#options.has('P') ? shown : shown.replace(/^\/+/, '') || './',
			type: kind,
			size: kind === 'file' ? size : 0,
			modifiedTime: Number(modifiedTime / 1_000_000n) / 1000,
			target: kind === 'link' ? readLink(system, path) : '',
			mode: kind === 'directory' ? 0o755 : 0o644,
		};
		if (this.#options.has('v')) (this.#options.has('f') ? output : error).write(`${entry.name}\n`);
		yield* tarHeader(entry);
		if (kind === 'file') yield* this.#content(path, size);
		if (kind === 'directory')
			for (const below of [...listNames(system, path)]) yield* this.#pack(`${name.replace(/\/+$/, '')}/${below.name}`);
	}

	/** Exactly as many bytes as the header says, whatever happens to the file meanwhile. */
	*#content(path: string, size: number): Generator<Bytes> {
		const { system } = this.#context;
		const handle = system.fileOpen(path, 'open', rights.read);
		try {
			let left = size;
			while (left > 0) {
				const bytes = system.streamRead(handle, Math.min(131_072, left));
				const part = bytes.length === 0 ? new Uint8Array(Math.min(131_072, left)) : bytes;
				yield part;
				left -= part.length;
			}
			if (size % blockBytes > 0) yield padded(new Uint8Array(1)).subarray(size % blockBytes);
		} finally {
			system.handleClose(handle);
		}
	}
}

function unpack(context: CommandContext, options: Options, folder: string): number {
	const file = options.value('f') ?? '-';
	if (file === '-') return readArchive(context, options, { folder, input: context.input });
	const handle = context.system.fileOpen(pathOf(context, file), 'open', rights.read);
	const input = new Input({ system: context.system, handle, pipe: undefined });
	try {
		return readArchive(context, options, { folder, input });
	} finally {
		input.close();
	}
}

function readArchive(
	context: CommandContext,
	options: Options,
	{ folder, input }: { folder: string; input: Input },
): number {
	const first = input.read();
	if (first.length > 0) input.putBack(first);
	const isPacked = first[0] === 0x1f && first[1] === 0x8b;
	const reader = new TarReader(
		isPacked ? readPacked(input) : (length) => (length === 0 ? new Uint8Array(0) : input.readExactly(length)),
	);
	const unpacker = new Unpacker(context, options, { folder, reader });
	for (let entry = reader.next(); entry !== undefined; entry = reader.next()) unpacker.take(entry);
	return unpacker.finish();
}

/** Unpacks as far as is asked for. */
function readPacked(input: Input): (length: number) => Bytes {
	let ready: Bytes[] = [];
	let length = 0;
	let ended = false;
	const decompressor = new Decompressor((bytes) => {
		ready.push(bytes.slice());
		length += bytes.length;
	}, 'the archive');
	return (wanted) => {
		while (length < wanted && !ended) {
			const piece = input.read();
			ended = piece.length === 0;
			if (ended) decompressor.finish();
			else decompressor.push(piece);
		}
		const bytes = join(ready);
		const taken = bytes.slice(0, wanted);
		ready = [bytes.subarray(taken.length)];
		length -= taken.length;
		return taken;
	};
}

class Unpacker {
	readonly #context: CommandContext;
	readonly #options: Options;
	readonly #folder: string;
	readonly #reader: TarReader;
	/** Times of folders are set last: what is put into them changes them. */
	readonly #folders: [path: string, milliseconds: number][] = [];
	readonly #wanted: readonly string[];
	readonly #found = new Set<string>();
	#status = 0;

	constructor(context: CommandContext, options: Options, { folder, reader }: { folder: string; reader: TarReader }) {
		this.#context = context;
		this.#options = options;
		this.#folder = folder;
		this.#reader = reader;
		this.#wanted = options.operands.map((name) => name.replace(/\/+$/, ''));
	}

	take(entry: TarEntry): void {
		if (!this.#isWanted(entry.name) || isExcluded(entry.name.replace(/\/$/, ''), this.#options)) return;
		const { output } = this.#context;
		if (this.#options.has('t')) {
			output.write(this.#options.has('v') ? describe(entry) : `${entry.name}\n`);
			return;
		}
		try {
			this.#extract(entry);
		} catch (failure) {
			reportFailure(this.#context, failure, entry.name);
			this.#status = 2;
		}
	}

	finish(): number {
		for (const [path, milliseconds] of this.#folders.reverse()) this.#context.system.pathSetTimes(path, milliseconds);
		for (const name of this.#wanted) {
			if (this.#found.has(name)) continue;
			this.#context.error.write(`tar: ${name}: It is not in the archive.\n`);
			this.#status = 2;
		}
		return this.#status;
	}

	#isWanted(name: string): boolean {
		if (this.#wanted.length === 0) return true;
		const plain = name.replace(/\/+$/, '');
		const hit = this.#wanted.find(
			(wanted) => plain === wanted || plain.startsWith(`${wanted}/`) || matchesName(plain, wanted),
		);
		if (hit !== undefined) this.#found.add(hit);
		return hit !== undefined;
	}

	/** Where an entry goes: always below the folder. */
	#placeOf(name: string): string | undefined {
		const strip = this.#options.count('S') ?? 0;
		const parts = name.split('/').filter((part) => part !== '' && part !== '.');
		if (parts.includes('..')) throw new CommandError(`${name}: A name that leads out of the folder is not unpacked.`);
		const rest = parts.slice(strip);
		if (rest.length === 0) return strip > 0 ? undefined : this.#folder;
		this.#requireRealFolders(rest);
		return joinPath(this.#folder, ...rest);
	}

	/** A link among the folders of a name could lead out of the folder. */
	#requireRealFolders(parts: readonly string[]): void {
		let path = this.#folder;
		for (const part of parts.slice(0, -1)) {
			path = joinPath(path, part);
			if (findStatus(this.#context.system, path)?.kind === 'link')
				throw new CommandError(`${path}: A link stands where a folder is expected.`);
		}
	}

	#extract(entry: TarEntry): void {
		const { system, output, error } = this.#context;
		if (this.#options.has('O')) {
			if (entry.type === 'file')
				for (let bytes = this.#reader.readContent(); bytes.length > 0; bytes = this.#reader.readContent())
					output.write(bytes);
			return;
		}
		const path = this.#placeOf(entry.name);
		if (path === undefined) return;
		if (this.#options.has('v')) (this.#options.has('f') ? output : error).write(`${entry.name}\n`);
		if (path !== this.#folder) makeDirectory(this.#context, directoryName(path), true);
		const milliseconds = Math.round(entry.modifiedTime * 1000);
		if (entry.type === 'directory') {
			if (findStatus(system, path)?.kind !== 'directory') system.pathMakeDirectory(path);
			this.#folders.push([path, milliseconds]);
			return;
		}
		const existing = findStatus(system, path);
		if (existing !== undefined && this.#options.has('k')) throw new OsError('EEXIST', entry.name);
		if (existing !== undefined && existing.kind !== 'directory') system.pathUnlink(path);
		if (entry.type === 'link')
			fromRoot(system, path, rights.create, (root, below) => system.atMakeLink(root, below, entry.target));
		else if (entry.type === 'hard-link') system.pathCopy(this.#placeOf(entry.target) ?? this.#folder, path);
		else this.#writeFile(path, milliseconds);
	}

	#writeFile(path: string, milliseconds: number): void {
		const { system } = this.#context;
		const handle = system.fileOpen(path, 'create-new', rights.write);
		try {
			for (let bytes = this.#reader.readContent(); bytes.length > 0; bytes = this.#reader.readContent())
				system.streamWrite(handle, bytes);
		} finally {
			system.handleClose(handle);
		}
		if (!this.#options.has('m')) system.pathSetTimes(path, milliseconds);
	}
}

function describe({ name, type, size, modifiedTime, target, mode }: TarEntry): string {
	const letter = { file: '-', directory: 'd', link: 'l', 'hard-link': 'h' }[type];
	const rights9 = [...'rwxrwxrwx'].map((right, index) => (((mode >> (8 - index)) & 1) === 1 ? right : '-')).join('');
	const to = type === 'link' ? ` -> ${target}` : type === 'hard-link' ? ` link to ${target}` : '';
	return `${letter}${rights9} ${String(size).padStart(10)} ${formatTime(modifiedTime * 1000)} ${name}${to}\n`;
}

export const tarCommands = { tar } satisfies Record<string, Command>;
