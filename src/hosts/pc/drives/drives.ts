/**
 * The drives that are plugged in: what the host service does about them. The keeper mounts and unmounts; their files are
 * read and written here, as the host service's own account, which owns nothing else.
 *
 * Invariants: only what the keeper has mounted for us is reached, by `HostFileSystem`, which follows no link; the mount
 * itself follows none either, runs no program and makes no device (`keeper/drive-verbs.ts`).
 */
import { OsError } from '#abi/errors.ts';
import type { AskLine, AskRequest } from '../../common/machine-contract.ts';
import { answerFileSystem } from '../../common/remote-file-system.ts';
import { HostFileSystem } from '../../node/host-file-system.ts';
import type { AskListener, KeeperClient } from '../keeper-client.ts';

/** The keeper mounts each drive in a folder of this, by its identifier. */
const mountFolder = '/run/drives';

export class Drives {
	readonly #keeper: Pick<KeeperClient, 'ask'>;
	readonly #folder: string;
	readonly #open = new Map<string, HostFileSystem>();

	constructor(keeper: Pick<KeeperClient, 'ask'>, folder = mountFolder) {
		this.#keeper = keeper;
		this.#folder = folder;
	}

	/** Answers a question about a drive's files. Throws when it is not mounted. */
	ask(drive: string, question: Uint8Array): Uint8Array {
		const fileSystem = this.#open.get(drive);
		if (fileSystem === undefined) throw new OsError('ENXIO', drive);
		return answerFileSystem(fileSystem, question);
	}

	/** `true` when the request was about mounting, and is answered. */
	async answer(request: AskRequest, listener: AskListener): Promise<boolean> {
		const { verb, arguments: given } = request;
		const { drive } = given;
		if (typeof drive !== 'string' || (verb !== 'drive.mount' && verb !== 'drive.unmount')) return false;
		if (verb === 'drive.unmount' && this.#open.get(drive)?.hasOpenFiles === true) {
			listener.onLine({ failure: { code: 'EBUSY', detail: 'a program has a file of the drive open' } });
			return true;
		}
		await this.#keeper.ask(request, { ...listener, onLine: (line) => listener.onLine(this.#note(drive, verb, line)) });
		return true;
	}

	#note(drive: string, verb: string, line: AskLine): AskLine {
		if (!('result' in line)) return line;
		if (verb === 'drive.unmount') this.#open.delete(drive);
		else {
			const { readOnly } = line.result as { readonly readOnly: boolean };
			this.#open.set(drive, new HostFileSystem(`${this.#folder}/${drive}`, { readOnly }));
		}
		return line;
	}
}
