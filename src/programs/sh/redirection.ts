/**
 * Redirections: which handles stand behind the descriptors of a command (POSIX XCU 2.7).
 *
 * Rules of use: `redirect` gives the descriptors as the command is to see them. Handles that it opened go into `opened`,
 * which the caller closes when the command has ended.
 */
import type { HereDoc, Redirect, Redirection, Word, WordPart } from 'unbash';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { type ExpansionScope, expandParts, expandToText } from './expansion.ts';
import { ShellError, type Streams } from './scope.ts';

const mostDescriptors = 64;

export class Redirector {
	readonly #system: System;
	readonly #scope: ExpansionScope;
	readonly opened: number[] = [];

	constructor(system: System, scope: ExpansionScope) {
		this.#system = system;
		this.#scope = scope;
	}

	async apply(redirections: readonly Redirection[], streams: Streams): Promise<Streams> {
		let ends = [...streams];
		for (const redirection of redirections) {
			const descriptor = descriptorOf(redirection);
			if (redirection.type === 'Redirect') ends = await this.#redirect(redirection, descriptor, ends);
			else ends[descriptor] = await this.#feed(await this.#textOf(redirection));
		}
		return ends;
	}

	async #redirect(
		redirection: Redirect,
		descriptor: number,
		ends: (number | undefined)[],
	): Promise<(number | undefined)[]> {
		const { operator, target } = redirection;
		if (target === undefined) throw new ShellError(`${operator}: to what?`, 2);
		const text = await this.#targetOf(target);
		if (operator === '<&' || operator === '>&')
			return this.#duplicate(descriptor, text, { operator, ends, redirection });
		const handle = await this.#open(operator, text);
		const next = [...ends];
		if (operator === '&>' || operator === '&>>') [next[1], next[2]] = [handle, handle];
		else next[descriptor] = handle;
		return next;
	}

	async #duplicate(
		descriptor: number,
		text: string,
		{ operator, ends, redirection }: { operator: string; ends: (number | undefined)[]; redirection: Redirect },
	): Promise<(number | undefined)[]> {
		const next = [...ends];
		if (text === '-') next[descriptor] = undefined;
		else if (/^\d+-?$/.test(text)) {
			const from = Number.parseInt(text, 10);
			if (from >= ends.length && from > 2) throw new ShellError(`${text}: the descriptor is not open`);
			next[descriptor] = ends[from];
			if (text.endsWith('-')) next[from] = undefined;
		} else if (operator === '>&' && redirection.descriptor === undefined) {
			const handle = await this.#open('>', text);
			[next[1], next[2]] = [handle, handle];
		} else throw new ShellError(`"${text}" is not a descriptor`);
		return next;
	}

	async #targetOf(word: Word): Promise<string> {
		const text = await expandToText(word, this.#scope);
		if (text === '') throw new ShellError('a redirection to an empty name');
		return text;
	}

	async #open(operator: string, text: string): Promise<number | undefined> {
		const path = resolvePath(this.#scope.session.workingDirectory, text);
		const open = async (): Promise<number> => {
			if (operator === '<') return this.#system.fileOpen(path, 'open', rights.read);
			if (operator === '<>') return this.#system.fileOpen(path, 'open-or-create', rights.read | rights.write);
			if (operator.endsWith('>>')) return this.#system.fileOpen(path, 'append', rights.write);
			if (operator === '>' && this.#scope.session.options.has('C')) await this.#refuseExisting(path);
			return this.#system.fileOpen(path, 'replace', rights.write);
		};
		const handle = await open().catch((error: unknown) => {
			// Said of the name as it was written.
			throw error instanceof OsError ? new OsError(error.code, text, { cause: error }) : error;
		});
		this.opened.push(handle);
		return handle;
	}

	/** `set -C`: a file is not replaced by `>`. */
	async #refuseExisting(path: string): Promise<void> {
		const kind = await this.#system.pathStat(path).then(
			(stat) => stat.kind,
			() => undefined,
		);
		if (kind === 'file') throw new OsError('EEXIST', path);
	}

	async #textOf(redirection: Exclude<Redirection, Redirect>): Promise<string> {
		if (redirection.type === 'HereDoc') return this.#bodyOf(redirection);
		if (redirection.target === undefined) throw new ShellError('<<<: of what?', 2);
		return `${await expandToText(redirection.target, this.#scope)}\n`;
	}

	async #bodyOf({ body, delimiter, operator }: HereDoc): Promise<string> {
		if (delimiter?.quoted === true || body.parts === undefined) {
			const plain = delimiter?.quoted === true ? body.text : body.text.replace(/\\([\\$`])|\\\n/g, '$1');
			return operator === '<<-' ? plain.replace(/^\t+/gm, '') : plain;
		}
		return expandParts(operator === '<<-' ? withoutTabs(body.parts) : body.parts, this.#scope);
	}

	/** A pipe out of which the text comes. */
	async #feed(text: string): Promise<number> {
		const pipe = await this.#system.pipeCreate();
		this.opened.push(pipe.read);
		const feed = async (): Promise<void> => {
			try {
				await this.#system.streamWrite(pipe.write, new TextEncoder().encode(text));
			} finally {
				await this.#system.handleClose(pipe.write);
			}
		};
		feed().catch((error: unknown) => {
			// EPIPE: the command ended before it had read all of it. ECANCELED: the shell has.
			if (!(error instanceof OsError && (error.code === 'EPIPE' || error.code === 'ECANCELED'))) throw error;
		});
		return pipe.read;
	}
}

/** `<<-`: tabs at the start of a line are not part of it. */
function withoutTabs(parts: readonly WordPart[]): WordPart[] {
	return parts.map((part, index) => {
		if (part.type !== 'Literal') return part;
		const value = part.value.replace(/\n\t+/g, '\n');
		return { ...part, value: index === 0 ? value.replace(/^\t+/, '') : value };
	});
}

function descriptorOf({ descriptor, operator }: Redirection): number {
	const otherwise = operator.startsWith('<') ? 0 : 1;
	if (descriptor === undefined) return otherwise;
	if (descriptor.type === 'FileDescriptorVariable') throw new ShellError(`{${descriptor.name}}: not supported`, 2);
	if (descriptor.value >= mostDescriptors) throw new ShellError(`${descriptor.value}: the descriptor is too high`);
	return descriptor.value;
}
