/**
 * What an image is made from, as a list that goes with it (`.inputs`): with the archives that it names, the image can be
 * made again, without a network, bit for bit.
 *
 * | Line | Is |
 * |---|---|
 * | `deb NAME VERSION ARCHITECTURE SHA-256` | a package that is installed into the image |
 * | `part NAME VERSION ARCHITECTURE SHA-256` | a package of which some files are taken, such as the loader |
 * | `file PATH SHA-256` | a file of the repository that names more inputs, with their hashes: the lock file of npm |
 * | `recipe SHA-256` | a hash over everything of the repository that goes in |
 * | `tool NAME VERSION` | a program of this machine that makes a part of the image |
 *
 * Invariants: lines are sorted within a kind, so two builds from the same inputs write the same list.
 */

export interface InputArchive {
	readonly kind: 'deb' | 'part';
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
	/** Of the archive, in hexadecimal digits. */
	readonly sha256: string;
}

export interface InputTool {
	readonly name: string;
	readonly version: string;
}

export interface Inputs {
	readonly archives: readonly InputArchive[];
	readonly files: ReadonlyMap<string, string>;
	readonly recipe: string;
	readonly tools: readonly InputTool[];
}

export function formatArchives(archives: readonly InputArchive[]): string {
	return archives
		.map(({ kind, name, version, architecture, sha256 }) => `${kind} ${name} ${version} ${architecture} ${sha256}\n`)
		.join('');
}

export function formatInputs({ archives, files, recipe, tools }: Inputs): string {
	return [
		'# What this image was made from. "npm run iso -- --inputs FILE" makes it again from the same, and from nothing else.\n',
		formatArchives(archives),
		...[...files].map(([file, sha256]) => `file ${file} ${sha256}\n`),
		`recipe ${recipe}\n`,
		...tools.map(({ name, version }) => `tool ${name} ${version}\n`),
	].join('');
}

/** Fails with the number of the first line that is none of the above. */
export function parseInputs(text: string): Inputs {
	const archives: InputArchive[] = [];
	const files = new Map<string, string>();
	const tools: InputTool[] = [];
	let recipe = '';
	for (const [index, line] of text.split('\n').entries()) {
		const [kind = '', ...words] = line.split(' ');
		if (line === '' || kind === '#') continue;
		const [first = '', second = '', third = '', fourth = ''] = words;
		if (isArchiveKind(kind) && words.length === 4 && isHash(fourth))
			archives.push({ kind, name: first, version: second, architecture: third, sha256: fourth });
		else if (kind === 'file' && words.length === 2 && isHash(second)) files.set(first, second);
		else if (kind === 'recipe' && words.length === 1 && isHash(first)) recipe = first;
		else if (kind === 'tool' && words.length === 2) tools.push({ name: first, version: second });
		else throw new Error(`Line ${index + 1} of the list of inputs is none: ${line}`);
	}
	return { archives, files, recipe, tools };
}

function isArchiveKind(kind: string): kind is InputArchive['kind'] {
	return kind === 'deb' || kind === 'part';
}

function isHash(word: string): boolean {
	return /^[0-9a-f]{64}$/.test(word);
}

/** In words, what of `ours` is not as `wanted` has it; what only makes the image (tools) is `other`, and may do. */
export function compareInputs(
	wanted: Inputs,
	ours: Inputs,
): { readonly different: string[]; readonly other: string[] } {
	const different: string[] = [];
	for (const [file, hash] of wanted.files)
		if (ours.files.get(file) !== hash) different.push(`${file} is not the one of the list.`);
	if (wanted.recipe !== ours.recipe) different.push('The repository is not at the state that the list was made from.');
	different.push(...compareArchives(wanted.archives, ours.archives));
	const own = new Map(ours.tools.map(({ name, version }) => [name, version]));
	const other = wanted.tools
		.filter(({ name, version }) => own.get(name) !== version)
		.map(({ name, version }) => `${name} was ${version}, here it is ${own.get(name) ?? 'missing'}.`);
	return { different, other };
}

function compareArchives(wanted: readonly InputArchive[], ours: readonly InputArchive[]): string[] {
	const keyOf = ({ kind, name }: InputArchive) => `${kind} ${name}`;
	const own = new Map(ours.map((archive) => [keyOf(archive), archive]));
	const sentences: string[] = [];
	for (const archive of wanted) {
		const found = own.get(keyOf(archive));
		own.delete(keyOf(archive));
		if (found === undefined) sentences.push(`${archive.name} is missing.`);
		else if (found.sha256 !== archive.sha256)
			sentences.push(`${archive.name} is to be ${archive.version} (${archive.sha256}), not ${found.version}.`);
	}
	return [...sentences, ...[...own.values()].map(({ name }) => `${name} is not on the list.`)];
}
