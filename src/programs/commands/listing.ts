/** Commands that show what there is: `ls`, `tree`, `stat`, `du`, `df`, `mount`. */
import { joinPath } from '#base/path.ts';
import { type Command, type CommandContext, forEachOperand, type Options, pathOf } from './command.ts';
import { formatColumns, formatSize, formatTable, formatTime } from './format.ts';
import { type Entry, listNames } from './names.ts';
import { findStatus, readLink, statusAt } from './tree.ts';

/** Hidden files: the attribute, or a name with a dot in front. */
const isHidden = ({ name, attributes }: Pick<Entry, 'name' | 'attributes'>): boolean =>
	name.startsWith('.') || (attributes & 2) !== 0;

const ls: Command = {
	usage: 'ls [-1aAdFhilrRsStX] [PATH…]',
	summary:
		'Lists folders. -l with kind, size and time, -a hidden ones too, -h sizes for people, -t by time, -S by size, -r reversed, -R with what is below, -d folders themselves, -1 a name a line.',
	options: {
		flags: '1aAdfFghilnoprRsStUX',
		attached: 'c',
		long: {
			all: 'a',
			'almost-all': 'A',
			directory: 'd',
			'human-readable': 'h',
			recursive: 'R',
			reverse: 'r',
			classify: 'F',
			color: 'c',
			colour: 'c',
		},
	},
	failure: 2,
	run(context, options) {
		const { operands } = options;
		const view = new Listing(context, options);
		const files: Entry[] = [];
		const folders: string[] = [];
		const status = forEachOperand(context, operands.length === 0 ? ['.'] : operands, (operand) => {
			const path = pathOf(context, operand);
			// A link to a folder shows the folder, unless its own entry is asked for.
			const follow = !options.has('d') && !options.has('l');
			const found = findStatus(context.system, path, follow) ?? statusAt(context.system, path);
			if (found.kind === 'directory' && !options.has('d')) folders.push(operand);
			else files.push({ ...entryOf(found), name: operand });
		});
		if (files.length > 0) view.show(files, '');
		const isNamed = operands.length > 1 || options.has('R');
		let isFirst = files.length === 0;
		for (const folder of folders) {
			view.showFolder(folder, isNamed, isFirst);
			isFirst = false;
		}
		return Math.max(status * 2, view.status);
	},
};

function entryOf(status: { kind: Entry['kind']; size: number; modifiedTime: bigint; inode: number }): Entry {
	const { kind, size, inode, modifiedTime } = status;
	return { name: '', kind, size, inode, attributes: 0, modifiedTime: Number(modifiedTime / 1_000_000n) };
}

const colours: Readonly<Record<Entry['kind'], string>> = { directory: '1;34', link: '36', device: '33', file: '' };

class Listing {
	readonly #context: CommandContext;
	readonly #options: Options;
	readonly #isTerminal: boolean;
	readonly #width: number;
	status = 0;

	constructor(context: CommandContext, options: Options) {
		this.#context = context;
		this.#options = options;
		const { handle } = context.output;
		this.#isTerminal = handle !== undefined && context.system.handleKind(handle) === 'terminal';
		this.#width = this.#isTerminal ? context.system.terminalSize(handle as number).columns : 80;
	}

	showFolder(folder: string, isNamed: boolean, isFirst: boolean): void {
		const { output, system } = this.#context;
		const path = pathOf(this.#context, folder);
		let entries: Entry[] = [];
		this.status = Math.max(
			this.status,
			forEachOperand(this.#context, [folder], () => {
				entries = [...listNames(system, path)].filter((entry) => this.#isShown(entry));
			}),
		);
		if (isNamed) output.write(`${isFirst ? '' : '\n'}${folder}:\n`);
		if (this.#options.has('a')) entries = [...this.#dots(path), ...entries];
		this.show(entries, path);
		if (!this.#options.has('R')) return;
		for (const { name, kind } of this.#sort(entries))
			if (kind === 'directory' && name !== '.' && name !== '..')
				this.showFolder(folder === '/' ? `/${name}` : `${folder}/${name}`, true, false);
	}

	#isShown(entry: Entry): boolean {
		return this.#options.has('a') || this.#options.has('A') || !isHidden(entry);
	}

	#dots(path: string): Entry[] {
		return ['.', '..'].map((name) => ({ ...entryOf(statusAt(this.#context.system, joinPath(path, name))), name }));
	}

	show(entries: readonly Entry[], folder: string): void {
		const sorted = this.#sort(entries);
		const { output } = this.#context;
		if (this.#options.has('l') || this.#options.has('n') || this.#options.has('g') || this.#options.has('o'))
			output.write(this.#table(sorted, folder));
		else if (this.#options.has('1') || !this.#isTerminal)
			for (const entry of sorted) output.write(`${this.#label(entry)}\n`);
		else {
			const plain = new Map(sorted.map((entry) => [this.#label(entry), this.#plainLabel(entry).length]));
			output.write(
				formatColumns(
					[...sorted.map((entry) => this.#label(entry))],
					this.#width,
					(name) => plain.get(name) ?? name.length,
				),
			);
		}
	}

	#sort(entries: readonly Entry[]): Entry[] {
		if (this.#options.has('U') || this.#options.has('f')) return [...entries];
		const sorted = [...entries];
		if (this.#options.has('t'))
			sorted.sort((one, other) => other.modifiedTime - one.modifiedTime || compareNames(one, other));
		else if (this.#options.has('S')) sorted.sort((one, other) => other.size - one.size || compareNames(one, other));
		else if (this.#options.has('X'))
			sorted.sort(
				(one, other) => compareText(extensionOf(one.name), extensionOf(other.name)) || compareNames(one, other),
			);
		else sorted.sort(compareNames);
		return this.#options.has('r') ? sorted.reverse() : sorted;
	}

	#plainLabel({ name, kind, inode }: Entry): string {
		const mark =
			this.#isTerminal || this.#options.has('F') || this.#options.has('p')
				? kind === 'directory'
					? '/'
					: kind === 'link' && this.#options.has('F')
						? '@'
						: ''
				: '';
		return `${this.#options.has('i') ? `${inode} ` : ''}${name}${mark}`;
	}

	#label(entry: Entry): string {
		const text = this.#plainLabel(entry);
		const colour = this.#isTerminal && this.#options.value('c') !== 'never' ? colours[entry.kind] : '';
		return colour === '' ? text : `\x1b[${colour}m${text}\x1b[0m`;
	}

	#table(entries: readonly Entry[], folder: string): string {
		const rows = entries.map((entry) => {
			const { kind, size, modifiedTime, attributes, name } = entry;
			const letter = { file: '-', directory: 'd', link: 'l', device: 'c' }[kind];
			const isReadOnly = (attributes & 1) !== 0;
			const rights = `${letter}r${isReadOnly ? '-' : 'w'}${kind === 'directory' ? 'x' : '-'}`;
			const target =
				kind === 'link'
					? ` -> ${readLink(this.#context.system, joinPath(folder || this.#context.workingDirectory, name))}`
					: '';
			return [
				rights,
				this.#options.has('h') ? formatSize(size) : String(size),
				formatTime(modifiedTime),
				this.#label(entry) + target,
			];
		});
		return formatTable(rows, [1]);
	}
}

function compareText(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}

function compareNames(one: Entry, other: Entry): number {
	return compareText(one.name, other.name);
}

function extensionOf(name: string): string {
	const dot = name.lastIndexOf('.');
	return dot <= 0 ? '' : name.slice(dot);
}

const tree: Command = {
	usage: 'tree [-ad] [-L LEVELS] [FOLDER…]',
	summary: 'Shows what is below a folder as a tree; -d folders only, -a hidden ones too.',
	options: { flags: 'ad', values: 'L' },
	run(context, options) {
		const { output, system } = context;
		const counts = { folders: 0, files: 0 };
		const deepest = options.count('L') ?? Number.POSITIVE_INFINITY;
		const show = (path: string, indent: string, level: number): void => {
			if (level > deepest) return;
			const entries = [...listNames(system, path)].filter(
				(entry) => (options.has('a') || !isHidden(entry)) && (!options.has('d') || entry.kind === 'directory'),
			);
			for (const [index, { name, kind }] of entries.entries()) {
				const isLast = index === entries.length - 1;
				output.write(`${indent}${isLast ? '└── ' : '├── '}${name}\n`);
				counts[kind === 'directory' ? 'folders' : 'files']++;
				if (kind === 'directory') show(joinPath(path, name), indent + (isLast ? '    ' : '│   '), level + 1);
			}
		};
		const status = forEachOperand(context, options.operands.length === 0 ? ['.'] : options.operands, (operand) => {
			output.write(`${operand}\n`);
			show(pathOf(context, operand), '', 1);
		});
		output.write(
			`\n${counts.folders} ${counts.folders === 1 ? 'folder' : 'folders'}, ${counts.files} ${counts.files === 1 ? 'file' : 'files'}\n`,
		);
		return status;
	},
};

const stat: Command = {
	usage: 'stat [-L] [-c FORMAT] PATH…',
	summary:
		'Shows what the system knows of files; -c by a format: %n name, %s size, %F kind, %i inode, %h names, %Y time.',
	options: { flags: 'L', values: 'c', long: { format: 'c', dereference: 'L' } },
	run: (context, options) =>
		forEachOperand(context, options.operands, (operand) => {
			const path = pathOf(context, operand);
			const found = statusAt(context.system, path, options.has('L'));
			const { kind, size, inode, device, links, accessedTime, modifiedTime, changedTime } = found;
			const words = { file: 'regular file', directory: 'directory', link: 'symbolic link', device: 'device' };
			const format = options.value('c');
			if (format === undefined) {
				const time = (value: bigint): string => new Date(Number(value / 1_000_000n)).toISOString().replace('T', ' ');
				context.output.write(
					`  File: ${operand}\n  Size: ${size}  ${words[kind]}\nDevice: ${device}  Inode: ${inode}  Names: ${links}\nAccess: ${time(accessedTime)}\nModify: ${time(modifiedTime)}\nChange: ${time(changedTime)}\n`,
				);
				return;
			}
			const seconds = (value: bigint): string => String(value / 1_000_000_000n);
			const values: Readonly<Record<string, string>> = {
				...{
					n: operand,
					s: String(size),
					F: size === 0 && kind === 'file' ? 'regular empty file' : words[kind],
					i: String(inode),
				},
				...{
					h: String(links),
					Y: seconds(modifiedTime),
					X: seconds(accessedTime),
					Z: seconds(changedTime),
					d: String(device),
					'%': '%',
				},
			};
			context.output.write(`${format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter] ?? whole)}\n`);
		}),
};

const du: Command = {
	usage: 'du [-abchks] [-d LEVELS] [PATH…]',
	summary:
		'Counts the room that folders take: -s only the sum, -h for people, -a files too, -b in bytes, -c with a total.',
	options: {
		flags: 'abchksm',
		values: 'd',
		long: { summarize: 's', all: 'a', bytes: 'b', total: 'c', 'human-readable': 'h', 'max-depth': 'd' },
	},
	run(context, options) {
		const { output, system } = context;
		const deepest = options.has('s') ? 0 : (options.count('d') ?? Number.POSITIVE_INFINITY);
		const show = (bytes: number, name: string): void => {
			const text = options.has('h')
				? formatSize(bytes)
				: options.has('b')
					? String(bytes)
					: String(Math.ceil(bytes / (options.has('m') ? 1_048_576 : 1024)));
			output.write(`${text}\t${name}\n`);
		};
		const measure = (path: string, name: string, level: number): number => {
			let sum = 0;
			for (const entry of listNames(system, path)) {
				const below = name === '/' ? `/${entry.name}` : `${name}/${entry.name}`;
				if (entry.kind === 'directory') sum += measure(joinPath(path, entry.name), below, level + 1);
				else {
					sum += entry.size;
					if (options.has('a') && level + 1 <= deepest) show(entry.size, below);
				}
			}
			if (level <= deepest) show(sum, name);
			return sum;
		};
		let total = 0;
		const status = forEachOperand(context, options.operands.length === 0 ? ['.'] : options.operands, (operand) => {
			const path = pathOf(context, operand);
			const { kind, size } = statusAt(system, path);
			if (kind === 'directory') total += measure(path, operand, 0);
			else {
				show(size, operand);
				total += size;
			}
		});
		if (options.has('c')) show(total, 'total');
		return status;
	},
};

const df: Command = {
	usage: 'df [-h] [PATH…]',
	summary: 'Shows the room on the volume.',
	options: { flags: 'hkPT', long: { 'human-readable': 'h' } },
	run({ output, system }, options) {
		const { usedBytes, contentBytes, reserveBytes, files, health } = system.volumeStatus();
		const size = (bytes: number): string => (options.has('h') ? formatSize(bytes) : String(Math.ceil(bytes / 1024)));
		const unit = options.has('h') ? 'Used' : '1K-blocks';
		output.write(
			formatTable(
				[
					['Volume', unit, 'Content', 'Reserve', 'Files', 'Health', 'Mounted on'],
					['system', size(usedBytes), size(contentBytes), size(reserveBytes), String(files), health, '/'],
				],
				[1, 2, 3, 4],
			),
		);
		return 0;
	},
};

const mount: Command = {
	usage: 'mount',
	summary: 'Shows the folders that this process was given, and what is mounted in them.',
	run({ start, output, system }) {
		for (const path of start.mounts) {
			output.write(`${path}\n`);
			const own = findStatus(system, path, true)?.device;
			for (const { name, kind } of kindsBelow(system, path))
				if (kind === 'directory' && findStatus(system, joinPath(path, name), true)?.device !== own)
					output.write(`${joinPath(path, name)}\n`);
		}
		return 0;
	},
};

function kindsBelow(system: CommandContext['system'], path: string): Entry[] {
	return findStatus(system, path, true)?.kind === 'directory' ? [...listNames(system, path)] : [];
}

export const listingCommands = { ls, tree, stat, du, df, mount } satisfies Record<string, Command>;
