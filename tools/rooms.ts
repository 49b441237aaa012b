/**
 * The rooms of `src/` and who may import whom; checked by `npm run check`.
 *
 * Rules of use:
 * - A row names a folder and the rooms it may import, beside itself, `base` and `abi`, which all may.
 * - Every source file belongs to exactly one room: a file that matches none is an error, as is an import cycle.
 * - Between rooms imports go by `#room/file.ts`, inside a folder of a room by a relative path, always with the extension.
 * - A program imports no other program.
 * - A message says what to do instead, so that the rule need not be looked up.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findCycles } from './import-cycles.ts';
import { type ImportStatement, readImports } from './read-imports.ts';
import { fromRoot } from './setup/paths.ts';

export interface Room {
	readonly name: string;
	/** Rooms it may import, beside itself, `base` and `abi`. */
	readonly mayUse: readonly string[];
	/** npm packages it may import; a package's subpaths are included. */
	readonly packages?: readonly string[];
	/** Whether it may import Node's own modules. */
	readonly node?: true;
}

const react = ['react', 'react-dom'];
/** What a host wires when there is no screen. */
const headlessRooms = [
	'security',
	'accounts',
	'fs',
	'volume',
	'efs',
	'vault',
	'vault/worker',
	'kernel',
	'runtime',
	'wasi',
	'media',
	'legacy',
	'programs',
	'programs/machine',
];

export const rooms: readonly Room[] = [
	{ name: 'base', mayUse: [] },
	{ name: 'abi', mayUse: [] },
	{ name: 'security', mayUse: [] },
	{ name: 'fs', mayUse: ['security'] },
	{ name: 'volume', mayUse: ['fs'], packages: ['@sqlite.org/sqlite-wasm'] },
	// ADR 0022: encrypted files are a volume over the volume; keys and ciphers are behind ports.
	{ name: 'efs', mayUse: ['security', 'fs'], packages: ['@noble/hashes'] },
	// ADR 0021: the kernel's side of the vault; what computes with keys is `vault/worker`, which only a host starts.
	{ name: 'vault', mayUse: [] },
	{ name: 'vault/worker', mayUse: ['vault'], packages: ['hash-wasm', 'age-encryption', 'pkijs', 'asn1js'] },
	// ADR 0023: people; what proves them is sealed by the vault.
	{ name: 'accounts', mayUse: ['security', 'vault'] },
	{ name: 'kernel', mayUse: ['security', 'fs', 'efs', 'vault', 'accounts'] },
	{ name: 'runtime', mayUse: [], packages: ['react'] },
	// ADR 0010: what a program for WASI sees is made in its own process, from system calls.
	{ name: 'wasi', mayUse: ['runtime'] },
	{ name: 'media', mayUse: ['fs'] },
	{ name: 'legacy', mayUse: ['media', 'runtime'] },
	{
		name: 'ui',
		mayUse: [],
		packages: [...react, 'react-aria-components', '@phosphor-icons/core', '@fontsource-variable'],
	},
	// ADR 0028: Properties shows what a change of permissions would come to, by the kernel's own functions.
	{
		name: 'desktop',
		mayUse: ['security', 'runtime', 'ui'],
		packages: [...react, 'react-aria-components', 'fflate', 'diff'],
	},
	// ADR 0002: the window of a machine is the one program that sees the engines.
	{ name: 'programs/machine', mayUse: ['runtime', 'ui', 'legacy', 'media'], packages: react },
	{
		name: 'programs',
		mayUse: ['runtime', 'ui'],
		packages: [
			...react,
			'react-aria-components',
			'@codemirror',
			'@xterm',
			'iconv-lite',
			'unbash',
			'fflate',
			'diff',
			'@noble/hashes',
		],
	},
	{
		name: 'hosts/node',
		mayUse: [...headlessRooms, 'ui', 'desktop', 'hosts/common'],
		packages: ['@sqlite.org/sqlite-wasm'],
		node: true,
	},
	{
		name: 'hosts/web',
		mayUse: [...headlessRooms, 'ui', 'desktop', 'hosts/common'],
		packages: [...react, '@sqlite.org/sqlite-wasm', 'es-module-lexer/minimal'],
	},
	// ADR 0020: the service of a PC serves the same site by the same server, and opens one more door.
	// Of the kernel it needs what that asks a PC for (`kernel/pc/pc-verbs.ts`).
	{ name: 'hosts/pc', mayUse: ['hosts/node', 'hosts/common', 'kernel'], node: true },
	{
		name: 'hosts/common',
		mayUse: headlessRooms,
	},
];

const forAll = ['base', 'abi'];
const sourceFile = /\.tsx?$/;
const testFile = /\.test\.tsx?$/;

/** The room of a file given by its path in `src/`; the longest name wins. */
export function findRoom(file: string): Room | undefined {
	return rooms.filter((room) => file.startsWith(`${room.name}/`)).sort((a, b) => b.name.length - a.name.length)[0];
}

/** A source by its path in `src/`. */
export interface SourceFile {
	readonly file: string;
	readonly imports: readonly ImportStatement[];
}

/** Every breach of the rules in these files, as sentences that name the cure. */
export function findBreaches(files: readonly SourceFile[]): string[] {
	const known = new Set(files.map(({ file }) => file));
	const graph = new Map<string, string[]>();
	const breaches: string[] = [];
	for (const { file, imports } of files) {
		const room = findRoom(file);
		if (room === undefined) {
			breaches.push(`src/${file} belongs to no room. Move it into one, or add its room to tools/rooms.ts with an ADR.`);
			continue;
		}
		const edges: string[] = [];
		for (const statement of imports) {
			const breach = checkImport(room, file, statement.specifier);
			if (breach !== undefined) breaches.push(`src/${file}:${statement.line} ${breach}`);
			const target = resolveImport(file, statement.specifier);
			if (target !== undefined && known.has(target) && !statement.isLazy && !statement.isTypeOnly) edges.push(target);
		}
		graph.set(file, edges);
	}
	for (const cycle of findCycles(graph))
		breaches.push(
			`Import cycle: ${cycle.map((file) => `src/${file}`).join(' → ')}. ` +
				'Move what both need into a file of its own, or hand it over as an argument.',
		);
	return breaches;
}

/** The path in `src/` that a specifier means; `undefined` for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
	const bare = specifier.replace(/\?.*$/, '');
	if (bare.startsWith('#')) return bare.slice(1);
	return bare.startsWith('.') ? path.posix.join(path.posix.dirname(file), bare) : undefined;
}

function checkImport(room: Room, file: string, specifier: string): string | undefined {
	const target = resolveImport(file, specifier);
	if (target === undefined) return checkPackage(room, file, specifier);
	if (target.startsWith('../')) return checkOutside(room, file, specifier);
	if (!/\.[a-z]+$/.test(target)) return `imports ${specifier} without its extension. Write the whole file name.`;
	const targetRoom = findRoom(target);
	if (targetRoom === undefined) return `imports ${specifier}, which is in no room.`;
	if (targetRoom === room) return checkInside(room, file, target, specifier);
	const isBetweenHosts = isHost(room) && isHost(targetRoom);
	if (specifier.startsWith('.') && !isBetweenHosts)
		return `reaches into the room ${targetRoom.name} by ${specifier}. Write #${target} instead.`;
	// Unit tests may wire what they need, as a host does.
	if (forAll.includes(targetRoom.name) || room.mayUse.includes(targetRoom.name) || testFile.test(file))
		return undefined;
	return (
		`imports ${specifier}: ${room.name} may use only ${[...forAll, ...room.mayUse].join(', ')}. ` +
		'Take what you need as a constructor argument or through `System`, and let a host wire it.'
	);
}

const isHost = (room: Room): boolean => room.name.startsWith('hosts/');

function checkInside(room: Room, file: string, target: string, specifier: string): string | undefined {
	const [, folder, ...below] = file.split('/');
	const [, targetFolder] = target.split('/');
	const isSameFolder = folder === targetFolder || below.length === 0;
	if (room.name === 'programs' && !isSameFolder)
		return `imports ${specifier} of another program. Move what both need to ui or runtime.`;
	return specifier.startsWith('#') && isSameFolder
		? `imports its own folder as ${specifier}. Use the relative path.`
		: undefined;
}

function checkOutside(room: Room, file: string, specifier: string): string | undefined {
	// The version stands there, once.
	if (testFile.test(file) || (isHost(room) && specifier.endsWith('/package.json'))) return undefined;
	// Settings shows the licences.
	if (room.name === 'programs' && specifier.endsWith('/docs/licences.md?raw')) return undefined;
	return `imports ${specifier}, which is outside src/. Move what it needs into a room.`;
}

function checkPackage(room: Room, file: string, specifier: string): string | undefined {
	if (testFile.test(file)) return undefined;
	if (specifier.startsWith('node:'))
		return room.node
			? undefined
			: `imports ${specifier}: only hosts/node may use Node. Define a port (see base/ports.ts) and implement it there.`;
	const allowed = (room.packages ?? []).some((name) => specifier === name || specifier.startsWith(`${name}/`));
	return allowed
		? undefined
		: `imports the package ${specifier}, which is not on the list of ${room.name} in tools/rooms.ts. ` +
				'Add it there when the room should depend on it; below hosts/ that needs a strong reason.';
}

/** Reads every source of `src/`. */
export async function readSources(): Promise<SourceFile[]> {
	const root = fromRoot('src');
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const sources: SourceFile[] = [];
	for (const entry of entries) {
		if (!entry.isFile() || !sourceFile.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
		const absolute = path.join(entry.parentPath, entry.name);
		const file = path.relative(root, absolute).split(path.sep).join('/');
		sources.push({ file, imports: readImports(file, await readFile(absolute, 'utf8')) });
	}
	return sources.sort((a, b) => a.file.localeCompare(b.file));
}

/** Rooms whose door has no sign. */
export async function findMissingSigns(): Promise<string[]> {
	const missing: string[] = [];
	for (const room of rooms) {
		const sign = await readFile(fromRoot('src', room.name, 'README.md'), 'utf8').catch(() => undefined);
		if (sign === undefined)
			missing.push(
				`src/${room.name} has no door sign. Write src/${room.name}/README.md: purpose, may use, invariants, where to start.`,
			);
	}
	return missing;
}
