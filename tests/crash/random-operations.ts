/**
 * Random operations on any file system, named by paths over few names, so that most meet something that is there. The
 * same operation on two file systems must have the same outcome, errors included.
 */
import { createHash } from 'node:crypto';
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { splitPath } from '#base/path.ts';
import {
	type FileSystem,
	type Inode,
	type NodeKind,
	nodeKinds,
	toMilliseconds,
	toNanoseconds,
} from '#fs/file-system.ts';
import type { Version } from '#fs/previous-versions.ts';
import type { SeededRandom } from './test-volume.ts';

interface Pair {
	path: string;
	target: string;
}

type Rename = Pair & { kind: 'rename'; replace: boolean };
type Connection = (Pair & { kind: 'link' }) | (Pair & { kind: 'copy' });

type Setting =
	| { kind: 'set-attributes' | 'set-modified' | 'set-accessed' | 'ignore-case'; path: string; value: number }
	| { kind: 'set-extended'; path: string; name: string; bytes: Uint8Array | undefined };

type Content =
	| { kind: 'write'; path: string; offset: number; bytes: Uint8Array }
	| { kind: 'truncate'; path: string; size: number }
	| { kind: 'clear' | 'allocate'; path: string; offset: number; size: number };

type Question =
	| { kind: 'list'; path: string; value: number }
	| { kind: 'usage'; path: string; value: number }
	| { kind: 'find-folded'; path: string; value: number }
	| { kind: 'read'; path: string; value: number }
	| { kind: 'find-data'; path: string; value: number }
	| { kind: 'search'; path: string; query: string };

export type Operation =
	| { kind: 'create-file'; path: string }
	| { kind: 'create-directory'; path: string }
	| { kind: 'unlink'; path: string }
	| { kind: 'remove-directory'; path: string }
	| { kind: 'remove-tree'; path: string }
	| { kind: 'create-link'; path: string; target: string }
	| Content
	| Rename
	| Connection
	| Setting
	| Question;

const names = ['a', 'b', 'A', 'Été', 'été', 'é', '\u{1f600}', '\uffee', 'long name of a file.txt', '\ud800'];
const sizes = [0, 1, 100, 4095, 4096, 4097, 8192, 20_000, 65_535, 65_536, 65_537, 150_000];

export class OperationSource {
	readonly #random: SeededRandom;
	readonly #largest: number;
	readonly #names: readonly string[];

	/** `largest`: most bytes of one write. */
	constructor(random: SeededRandom, largest = 200_000, nameCount = names.length) {
		this.#random = random;
		this.#largest = largest;
		this.#names = names.slice(0, nameCount);
	}

	/** An operation of any kind. */
	next(): Operation {
		return this.#random.fraction() < 0.8 ? this.nextChange() : this.#question();
	}

	/** An operation that may change something. */
	nextChange(): Operation {
		const random = this.#random;
		const path = this.#path();
		const chance = random.below(100);
		if (chance < 22) return { kind: 'create-file', path };
		if (chance < 34) return { kind: 'create-directory', path };
		if (chance < 56) return { kind: 'write', path, offset: this.#size(), bytes: this.#bytes() };
		if (chance < 60) return { kind: 'truncate', path, size: this.#size() };
		if (chance < 66)
			return { kind: random.pick(['clear', 'allocate'] as const), path, offset: this.#size(), size: this.#size() };
		if (chance < 72) return { kind: 'unlink', path };
		if (chance < 75) return { kind: 'remove-directory', path };
		if (chance < 78) return { kind: 'remove-tree', path };
		const pair = { path, target: this.#path() };
		if (chance < 86) return { kind: 'rename', ...pair, replace: random.below(2) === 0 };
		if (chance < 89) return { kind: 'link', ...pair };
		if (chance < 91) return { kind: 'create-link', ...pair };
		if (chance < 95) return { kind: 'copy', ...pair };
		return this.#setting(path);
	}

	#setting(path: string): Operation {
		const random = this.#random;
		const kind = random.pick([
			'set-attributes',
			'set-modified',
			'set-accessed',
			'ignore-case',
			'set-extended',
			'set-extended',
		] as const);
		if (kind !== 'set-extended') return { kind, path, value: random.below(8) };
		const bytes = random.below(4) === 0 ? undefined : this.#bytes().subarray(0, 6000);
		return { kind, path, name: random.pick(['user.a', 'user.B', 'system.x']), bytes };
	}

	#question(): Operation {
		const path = this.#path();
		const kind = this.#random.pick(['list', 'usage', 'find-folded', 'read', 'find-data', 'search'] as const);
		if (kind === 'search') return { kind, path, query: this.#random.pick(['a', 'É', 'of a', 'x', '\u{1f600}']) };
		return { kind, path, value: kind === 'list' ? 1 + this.#random.below(4) : this.#size() };
	}

	#path(): string {
		const depth = 1 + this.#random.below(3);
		return `/${Array.from({ length: depth }, () => this.#random.pick(this.#names)).join('/')}`;
	}

	#size(): number {
		const size = this.#random.below(2) === 0 ? this.#random.pick(sizes) : this.#random.below(this.#largest);
		return Math.min(size, this.#largest);
	}

	#bytes(): Uint8Array {
		const bytes = new Uint8Array(this.#size());
		const start = this.#random.below(256);
		for (let at = 0; at < bytes.length; at++) bytes[at] = start + at * 7 + (at >>> 8);
		return bytes;
	}
}

/** Does the operation, after saying what it may change; returns what came of it, or the name of the error, in a form that compares. */
export function perform(files: FileSystem, operation: Operation): unknown {
	try {
		return performOrThrow(files, operation) ?? 'done';
	} catch (error) {
		if (error instanceof OsError) return error.code;
		throw error;
	}
}

function performOrThrow(files: FileSystem, operation: Operation): unknown {
	const { directory, name } = parentOf(files, operation.path);
	if (!questions.has(operation.kind)) expectChange(files, operation);
	switch (operation.kind) {
		case 'create-file':
			return void files.create(directory, name, 'file');
		case 'create-directory':
			return void files.create(directory, name, 'directory');
		case 'create-link':
			return void files.createLink(directory, name, operation.target);
		case 'unlink':
			return files.unlink(directory, name);
		case 'remove-directory':
			return files.removeDirectory(directory, name);
		case 'remove-tree':
			return files.removeTree(directory, name).length > 0;
		case 'rename':
			return files.rename({ directory, name }, parentOf(files, operation.target), operation.replace);
	}
	const inode = get(files, directory, name);
	switch (operation.kind) {
		case 'write':
		case 'truncate':
		case 'clear':
		case 'allocate':
			return changeContent(files, inode, operation);
		case 'set-attributes':
		case 'set-modified':
		case 'set-accessed':
		case 'ignore-case':
		case 'set-extended':
			return set(files, inode, operation);
		case 'link':
		case 'copy':
			return connect(files, inode, operation);
		default:
			return ask(files, { directory, name, inode }, operation);
	}
}

const questions: ReadonlySet<string> = new Set(['list', 'usage', 'find-folded', 'read', 'find-data', 'search']);

/** As the kernel does, so that previous versions are kept. */
function expectChange(files: FileSystem, operation: Operation): void {
	const paths = operation.kind === 'rename' ? [operation.target] : [operation.path];
	for (const path of paths) {
		const { directory, name } = parentOf(files, path);
		const inode = files.find(directory, name);
		if (inode !== undefined) files.versions?.expectChange(inode);
	}
}

function changeContent(files: FileSystem, inode: Inode, content: Content): void {
	if (content.kind === 'write') files.write(inode, content.offset, content.bytes);
	else if (content.kind === 'truncate') files.truncate(inode, content.size);
	else files[content.kind](inode, content.offset, content.size);
}

function set(files: FileSystem, inode: Inode, setting: Setting): void {
	if (setting.kind === 'set-extended') files.setExtended(inode, setting.name, setting.bytes);
	else if (setting.kind === 'set-attributes') files.setAttributes(inode, setting.value);
	else if (setting.kind === 'ignore-case') files.setAttributes(inode, attributeBits.ignoresCase);
	else {
		const time = toNanoseconds(setting.value) + 123_456n;
		files.setTimes(inode, setting.kind === 'set-modified' ? { modified: time } : { accessed: time });
	}
}

function connect(files: FileSystem, inode: Inode, operation: Connection): void {
	const target = parentOf(files, operation.target);
	if (operation.kind === 'link') files.link(inode, target.directory, target.name);
	else files.copy(inode, target.directory, target.name);
}

function ask(files: FileSystem, at: { directory: Inode; name: string; inode: Inode }, question: Question): unknown {
	switch (question.kind) {
		case 'list':
			return listAll(files, at.inode, question.value).map(({ name }) => name);
		case 'usage':
			return files.usage(at.inode);
		case 'find-folded':
			return files.findFolded(at.directory, at.name.toUpperCase())?.name ?? 'nothing';
		case 'read': {
			const into = new Uint8Array(5000).fill(1);
			const count = files.read(at.inode, question.value, into);
			return { count, bytes: Buffer.from(into.subarray(0, count)).toString('base64') };
		}
		case 'find-data':
			return files.findData(at.inode, question.value) ?? 'nothing';
		case 'search':
			return files.search(at.inode, question.query, 5);
	}
}

function parentOf(files: FileSystem, path: string): { directory: Inode; name: string } {
	const parts = splitPath(path);
	const name = parts.pop() as string;
	return { directory: parts.reduce((at, part) => get(files, at, part), files.root), name };
}

function get(files: FileSystem, directory: Inode, name: string): Inode {
	const inode = files.find(directory, name);
	if (inode === undefined) throw new OsError('ENOENT', name);
	return inode;
}

interface Listed {
	name: string;
	inode: Inode;
	/** The entry's columns as text. */
	columns: string;
}

function listAll(files: FileSystem, directory: Inode, limit = 1000): Listed[] {
	const all: Listed[] = [];
	let cursor = '';
	do {
		const page = files.list(directory, cursor, limit);
		for (const [index, name] of page.names.entries()) {
			const columns = [page.kinds, page.attributes, page.sizes, page.modifiedTimes].map((column) => column[index]);
			all.push({ name, inode: page.inodes[index] as Inode, columns: columns.join(' ') });
		}
		cursor = page.next;
	} while (cursor !== '');
	return all;
}

/**
 * Everything that a user of the file system can see, by path; `all` is with the previous versions of files. What cannot be read stands with the error's name.
 */
export function describeTree(files: FileSystem, what: 'all' | 'present' = 'present'): Map<string, string> {
	const tree = new Map<string, string>();
	const pending = [{ path: '', inode: files.root }];
	for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
		const { path: above } = place;
		if (what === 'all')
			for (const { name, versions } of files.versions?.deletedIn(place.inode) ?? [])
				describeVersions(files, `${above}/deleted ${name}`, versions, tree);
		for (const { name, inode, columns } of listOrNote(files, place, tree)) {
			const path = `${above}/${name}`;
			tree.set(path, describeFile(files, inode));
			if (columns.startsWith('1')) pending.push({ path, inode });
			if (what === 'all') describeVersions(files, path, files.versions?.list(inode) ?? [], tree);
			if (!tree.get(path)?.startsWith(columns)) throw new Error(`the listing and the file disagree about ${path}`);
		}
	}
	return tree;
}

function describeVersions(
	files: FileSystem,
	path: string,
	versions: readonly Version[],
	tree: Map<string, string>,
): void {
	for (const [index, { inode, kept, reason }] of versions.entries())
		tree.set(`${path}/version ${index}`, `${kept} ${reason} ${describeFile(files, inode)}`);
}

/** A file or directory as `describeTree` tells of it: what a listing says, its links and its content. */
export function describeFile(files: FileSystem, inode: Inode): string {
	const { kind, attributes, size, modifiedTime, accessedTime, links } = files.stat(inode);
	const times = [modifiedTime % 1000n, accessedTime - modifiedTime].filter((time) => time !== 0n);
	const columns = [nodeKinds.indexOf(kind), attributes, size, toMilliseconds(modifiedTime), links];
	const extended = orError(() => describeExtended(files, inode));
	return [...columns, contentOf(files, inode, kind, size), ...times, extended].join(' ').trimEnd();
}

function describeExtended(files: FileSystem, inode: Inode): string {
	return files
		.listExtended(inode)
		.map((name) => `${name}=${digestOf(files.findExtended(inode, name))}`)
		.join(' ');
}

function contentOf(files: FileSystem, inode: Inode, kind: NodeKind, size: number): string {
	if (kind === 'link') return orError(() => files.readLink(inode));
	return kind === 'file' ? orError(() => digest(files, inode, size)) : '';
}

function listOrNote(
	files: FileSystem,
	place: { path: string; inode: Inode },
	tree: Map<string, string>,
): readonly Listed[] {
	try {
		return listAll(files, place.inode);
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		tree.set(place.path === '' ? '/' : place.path, error.code);
		return [];
	}
}

function digest(files: FileSystem, inode: Inode, size: number): string {
	const bytes = new Uint8Array(size);
	files.read(inode, 0, bytes);
	return digestOf(bytes);
}

function digestOf(bytes: Uint8Array = new Uint8Array()): string {
	return createHash('sha1').update(bytes).digest('base64');
}

function orError(question: () => string): string {
	try {
		return question();
	} catch (error) {
		if (error instanceof OsError) return error.code;
		throw error;
	}
}
