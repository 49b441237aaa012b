/**
 * The lines that a person typed, kept in `shell-history.txt` of their settings folder.
 *
 * A line that starts with a blank is not kept, nor one that repeats the last. The file has a command a line: one of several
 * lines is remembered by its shell only.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { Session } from './session.ts';

const keptLines = 1000;
const fileLimitBytes = 4_194_304;

export class History {
	readonly #system: System;
	readonly #session: Session;
	readonly #encoder = new TextEncoder();

	constructor(system: System, session: Session) {
		this.#system = system;
		this.#session = session;
	}

	get #path(): string | undefined {
		const home = this.#session.findVariable('HOME');
		return home === undefined ? undefined : joinPath(home, 'Settings', 'shell-history.txt');
	}

	async load(): Promise<void> {
		const path = this.#path;
		if (path === undefined) return;
		try {
			const text = new TextDecoder().decode(await this.#system.pathRead(path, fileLimitBytes));
			const lines = text.split('\n').filter((line) => line !== '');
			for (const line of lines.slice(-keptLines)) this.#session.history.push(line);
			if (lines.length > 2 * keptLines)
				await this.#system.pathWrite(path, this.#encoder.encode(`${lines.slice(-keptLines).join('\n')}\n`), 'replace');
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			// No history yet, or one that cannot be read: the shell starts with an empty one.
		}
	}

	async remember(text: string): Promise<void> {
		const line = text.trimEnd();
		const { history } = this.#session;
		if (line.startsWith(' ') || history.at(-1) === line) return;
		history.push(line);
		const path = this.#path;
		if (path === undefined || line.includes('\n')) return;
		try {
			const handle = await this.#system.fileOpen(path, 'append', rights.write);
			await this.#system.streamWrite(handle, this.#encoder.encode(`${line}\n`));
			await this.#system.handleClose(handle);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await this.#system.logWrite('warning', `sh: the history could not be kept: ${error.message}`);
		}
	}
}
