/** `gzip`, `gunzip`, `zcat` by the npm package `fflate`, and `sha256sum` by `@noble/hashes`; all of them stream. */
import { sha256 } from '@noble/hashes/sha2.js';
import { Gunzip, Gzip } from 'fflate';
import { rights } from '#abi/rights.ts';
import { type Command, type CommandContext, CommandError, forEachOperand, type Options, pathOf } from './command.ts';
import { forEachInput, withInput } from './inputs.ts';
import type { Input } from './streams.ts';
import { findStatus, statusAt } from './tree.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Sink = (bytes: Bytes) => void;

const magic = [0x1f, 0x8b];

export function compress(input: Iterable<Bytes>, level: number, write: Sink): void {
	const gzip = new Gzip({ level: level as 6, mtime: 0 }, (bytes) => write(bytes as Bytes));
	for (const piece of input) gzip.push(piece.slice());
	gzip.push(new Uint8Array(0), true);
}

/** Unpacks what is pushed; says in words what is wrong with it. */
export class Decompressor {
	readonly #gunzip: Gunzip;
	readonly #name: string;
	#isEmpty = true;

	constructor(write: Sink, name: string) {
		this.#gunzip = new Gunzip((bytes) => write(bytes as Bytes));
		this.#name = name;
	}

	push(piece: Bytes): void {
		const isStrange = piece[0] !== magic[0] || (piece.length > 1 && piece[1] !== magic[1]);
		if (this.#isEmpty && isStrange) throw new CommandError(`${this.#name}: It is not in gzip format.`);
		this.#isEmpty = false;
		this.#try(() => this.#gunzip.push(piece.slice()));
	}

	finish(): void {
		if (!this.#isEmpty) this.#try(() => this.#gunzip.push(new Uint8Array(0), true));
	}

	#try(action: () => void): void {
		try {
			action();
		} catch (failure) {
			// The errors of fflate have a number; those of the system a name.
			const isDamage = failure instanceof Error && 'code' in failure && typeof failure.code === 'number';
			if (!isDamage) throw failure;
			throw new CommandError(`${this.#name}: The data is damaged (${failure.message}).`, { cause: failure });
		}
	}
}

export function decompress(input: Iterable<Bytes>, write: Sink, name: string): void {
	const decompressor = new Decompressor(write, name);
	for (const piece of input) decompressor.push(piece);
	decompressor.finish();
}

function makeGzip(isReverse: boolean, toOutput: boolean): Command {
	const name = toOutput ? 'zcat' : isReverse ? 'gunzip' : 'gzip';
	return {
		usage: `${name} [-cdfklrtv1-9] [FILE…]`,
		summary: isReverse
			? 'Unpacks files packed by gzip; -c onto standard output, -k keeps the packed ones, -t only tests.'
			: 'Packs files into FILE.gz; -d unpacks, -c onto standard output, -k keeps the files, -1 fast to -9 small.',
		options: {
			flags: 'cdfkLlnNqrtv123456789',
			long: {
				stdout: 'c',
				decompress: 'd',
				uncompress: 'd',
				force: 'f',
				keep: 'k',
				test: 't',
				verbose: 'v',
				fast: '1',
				best: '9',
			},
		},
		run(context, options) {
			const unpacks = isReverse || options.has('d') || options.has('t');
			const level = Number([...'123456789'].findLast((digit) => options.has(digit)) ?? 6);
			const operands = options.operands.length === 0 ? ['-'] : options.operands;
			return forEachOperand(context, operands, (operand) => {
				const convert = (input: Input, write: Sink): void => {
					if (unpacks) decompress(input.pieces(), write, operand);
					else compress(input.pieces(), level, write);
				};
				const onto = (write: Sink): void => withInput(context, operand, (input) => convert(input, write));
				if (options.has('t')) onto(() => undefined);
				else if (toOutput || operand === '-' || options.has('c')) onto((bytes) => context.output.write(bytes));
				else convertFile(context, options, { operand, unpacks, convert });
			});
		},
	};
}

function convertFile(
	context: CommandContext,
	options: Options,
	{ operand, unpacks, convert }: { operand: string; unpacks: boolean; convert: (input: Input, write: Sink) => void },
): void {
	const { system } = context;
	const target = unpacks ? operand.replace(/\.tgz$/, '.tar').replace(/\.gz$/, '') : `${operand}.gz`;
	if (target === operand) throw new CommandError(`${operand}: The name does not end in .gz.`);
	const [from, to] = [pathOf(context, operand), pathOf(context, target)];
	const { kind, modifiedTime } = statusAt(system, from, true);
	if (kind === 'directory') throw new CommandError(`${operand}: It is a folder.`);
	if (!options.has('f') && findStatus(system, to) !== undefined)
		throw new CommandError(`${target}: It exists already (use -f).`);
	const handle = system.fileOpen(to, 'replace', rights.write);
	try {
		withInput(context, operand, (input) => convert(input, (bytes) => system.streamWrite(handle, bytes)));
	} catch (failure) {
		system.handleClose(handle);
		system.pathUnlink(to);
		throw failure;
	}
	system.handleClose(handle);
	system.pathSetTimes(to, Number(modifiedTime / 1_000_000n));
	if (!options.has('k')) system.pathUnlink(from);
	if (options.has('v')) context.output.write(`${operand}: ${unpacks ? 'unpacked to' : 'packed to'} ${target}\n`);
}

function digest(input: Input): string {
	const hash = sha256.create();
	for (const piece of input.pieces()) hash.update(piece);
	return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const sha256sum: Command = {
	usage: 'sha256sum [-bctz] [--quiet] [--status] [FILE…]',
	summary: 'Writes SHA-256 sums; -c compares files with a list of them.',
	options: { flags: 'bctzqSw', long: { check: 'c', binary: 'b', text: 't', quiet: 'q', status: 'S', warn: 'w' } },
	run(context, options) {
		if (options.has('c')) return checkSums(context, options);
		return forEachInput(context, options.operands, (input, name) =>
			context.output.write(`${digest(input)} ${options.has('b') ? '*' : ' '}${name}${options.has('z') ? '\0' : '\n'}`),
		);
	},
};

function checkSums(context: CommandContext, options: Options): number {
	let [failed, unread, lines] = [0, 0, 0];
	const status = forEachInput(context, options.operands, (input) => {
		for (const line of [...input.lines()]) {
			const [, sum, name] = /^([\da-fA-F]{64}) [ *](.+)$/.exec(line) ?? [];
			if (sum === undefined || name === undefined) continue;
			lines++;
			let verdict = 'FAILED open or read';
			const code = forEachOperand(context, [name], () => {
				const isSame = withInput(context, name, digest) === sum.toLowerCase();
				verdict = isSame ? 'OK' : 'FAILED';
				if (!isSame) failed++;
			});
			unread += code;
			if (!options.has('S') && !(options.has('q') && verdict === 'OK')) context.output.write(`${name}: ${verdict}\n`);
		}
	});
	context.output.flush();
	if (lines === 0) throw new CommandError('there is no line with a sum');
	if (!options.has('S') && failed > 0)
		context.error.write(`sha256sum: ${failed} computed ${failed === 1 ? 'sum does' : 'sums do'} not match\n`);
	if (!options.has('S') && unread > 0)
		context.error.write(`sha256sum: ${unread} listed ${unread === 1 ? 'file' : 'files'} could not be read\n`);
	return failed + unread > 0 ? 1 : status;
}

export const compressionCommands = {
	gzip: makeGzip(false, false),
	gunzip: makeGzip(true, false),
	zcat: makeGzip(true, true),
	sha256sum,
} satisfies Record<string, Command>;
