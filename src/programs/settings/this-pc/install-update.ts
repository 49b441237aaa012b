/** Installs an update with the rights of an administrator, and tells how far it is. */

import type { PcUpdateOffer } from '#abi/structures.generated.ts';
import { streamElevated } from '#runtime/elevated-command.ts';
import type { System } from '#runtime/system.ts';
import { type InstallProgress, parseProgress, quoteWord } from './update-words.ts';

export interface Installation {
	readonly signal: AbortSignal;
	onProgress(progress: InstallProgress): void;
}

/**
 * `false` when the person did not let an administrator do it, or cancelled: that interrupts the command, and with it the
 * work, however long no progress was told.
 */
export async function installUpdate(
	system: System,
	{ identifier, version }: PcUpdateOffer,
	{ signal, onProgress }: Installation,
): Promise<boolean> {
	const decoder = new TextDecoder();
	let text = '';
	try {
		return await streamElevated(system, {
			command: `update install ${quoteWord(identifier)}`,
			reason: `Settings would install Vitrine ${version} beside the version that runs.`,
			signal,
			take: async (bytes) => {
				signal.throwIfAborted();
				const lines = (text + decoder.decode(bytes, { stream: true })).split('\n');
				text = lines.pop() ?? '';
				const progress = lines.map(parseProgress).findLast((found) => found !== undefined);
				if (progress !== undefined) onProgress(progress);
			},
		});
	} catch (error) {
		if (signal.aborted) return false;
		throw error;
	}
}
