/**
 * Completes the word before the cursor: names of commands where a command starts, file names elsewhere.
 *
 * Rules of use: `replace` code units before the cursor give way to `text`; when several names fit, `text` is what they share.
 */
import { resolvePath } from '#base/path.ts';
import { everydayCommands } from '#runtime/everyday-commands.ts';
import type { System } from '#runtime/system.ts';
import { readDirectory } from './glob.ts';
import type { Session } from './session.ts';
import { defaultPath } from './simple-command.ts';

export interface Completion {
	readonly replace: number;
	readonly text: string;
	/** Everything that fits, as it is shown. */
	readonly candidates: readonly string[];
}

const nothing: Completion = { replace: 0, text: '', candidates: [] };

interface CurrentWord {
	/** As typed, from its first character to the cursor. */
	readonly typed: string;
	readonly plain: string;
	readonly startsCommand: boolean;
}

export async function complete(
	before: string,
	context: { system: System; session: Session; builtins: ReadonlyMap<string, unknown> },
): Promise<Completion> {
	const word = findCurrentWord(before);
	const variable = completeVariable(word, context.session);
	if (variable !== undefined) return variable;
	const names = word.startsCommand && !word.plain.includes('/') ? await commandNames(context) : [];
	const matchingNames = names.filter((name) => name.startsWith(word.plain)).sort();
	const files = word.startsCommand && matchingNames.length > 0 ? [] : await matchFiles(word.plain, context);
	const candidates = [...matchingNames.map((name) => ({ plain: name, label: name, isDirectory: false })), ...files];
	const [first] = candidates;
	if (first === undefined) return nothing;
	const shared = sharedStart(candidates.map((candidate) => candidate.plain));
	const finished = candidates.length === 1 ? (first.isDirectory ? '/' : ' ') : '';
	return {
		replace: word.typed.length,
		text: escapeWord(shared) + finished,
		candidates: candidates.map(({ label, isDirectory }) => label + (isDirectory ? '/' : '')),
	};
}

/** `$HO` and `${HO`: names of variables. */
function completeVariable({ typed }: CurrentWord, { variables }: Session): Completion | undefined {
	const [, start, prefix] = /(\$\{?)([A-Za-z_]\w*)$/.exec(typed) ?? [];
	if (start === undefined || prefix === undefined) return undefined;
	const candidates = [...variables.keys()].filter((name) => name.startsWith(prefix)).sort();
	if (candidates.length === 0) return nothing;
	const end = candidates.length === 1 && start === '${' ? '}' : '';
	return { replace: prefix.length, text: sharedStart(candidates) + end, candidates };
}

/** Everything that can be typed as a command: builtins, functions, aliases, everyday commands, programs in `PATH`. */
async function commandNames({
	system,
	session,
	builtins,
}: {
	system: System;
	session: Session;
	builtins: ReadonlyMap<string, unknown>;
}): Promise<string[]> {
	const names = new Set<string>([...builtins.keys(), ...everydayCommands, 'sh']);
	for (const name of [...session.functions.keys(), ...session.aliases.keys()]) names.add(name);
	for (const folder of (session.findVariable('PATH') ?? defaultPath).split(':')) {
		const entries = await readDirectory(system, resolvePath(session.workingDirectory, folder || '.')).catch(() => []);
		for (const { name, isDirectory } of entries) if (!isDirectory) names.add(name.replace(/\.wasm$/, ''));
	}
	return [...names];
}

async function matchFiles(
	plain: string,
	{ system, session }: { system: System; session: Session },
): Promise<{ plain: string; label: string; isDirectory: boolean }[]> {
	const slash = plain.lastIndexOf('/');
	const [typedDirectory, prefix] = [plain.slice(0, slash + 1), plain.slice(slash + 1)];
	const home = session.findVariable('HOME') ?? '/';
	const directory = resolvePath(session.workingDirectory, typedDirectory.replace(/^~(?=\/)/, home) || '.');
	try {
		const entries = await readDirectory(system, directory);
		return entries
			.filter(({ name }) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
			.map(({ name, isDirectory }) => ({ plain: typedDirectory + name, label: name, isDirectory }));
	} catch {
		// What is typed leads to no folder: there is nothing to offer.
		return [];
	}
}

/** The word that the cursor stands at the end of, with quotes and backslashes taken away. */
export function findCurrentWord(before: string): CurrentWord {
	let [start, plain, quote] = [0, '', ''];
	let startsCommand = true;
	for (let index = 0; index < before.length; index++) {
		const character = before[index] as string;
		if (quote !== '') {
			if (character === quote) quote = '';
			else plain += character;
		} else if (character === '\\') plain += before[++index] ?? '';
		else if (character === '"' || character === "'") quote = character;
		else if (/[\s;&|<>()]/.test(character)) {
			if (/[;&|(]/.test(character)) startsCommand = true;
			else if (plain !== '' || /[<>]/.test(character)) startsCommand = false;
			[start, plain] = [index + 1, ''];
		} else plain += character;
	}
	return { typed: before.slice(start), plain, startsCommand };
}

function escapeWord(text: string): string {
	return text.replace(/[\s"'\\$`;&|<>()*?[\]#!{}]/g, '\\$&').replace(/^\\~/, '~');
}

function sharedStart(texts: readonly string[]): string {
	let shared = texts[0] ?? '';
	for (const text of texts) while (!text.startsWith(shared)) shared = shared.slice(0, -1);
	return shared;
}
