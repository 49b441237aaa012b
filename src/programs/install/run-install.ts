/** Does it with the rights of an administrator, and tells how far it is. */
import type { PcDisk } from '#abi/structures.generated.ts';
import { streamElevated } from '#runtime/elevated-command.ts';
import type { System } from '#runtime/system.ts';
import { erases, type Purpose, parseProgress, type StepProgress, titleOf } from './install-words.ts';

export interface InstallWish {
	readonly disk: PcDisk;
	readonly purpose: Purpose;
	/** Empty for no encryption. */
	readonly passphrase: string;
	readonly signal: AbortSignal;
	onProgress(progress: StepProgress): void;
}

/**
 * `cancelled` when the person did not let an administrator do it, or cancelled: that interrupts the command, and with it
 * the work. Throws what went wrong otherwise.
 */
export async function runInstall(system: System, wish: InstallWish): Promise<'done' | 'cancelled'> {
	const { disk, purpose, passphrase, signal, onProgress } = wish;
	const decoder = new TextDecoder();
	let text = '';
	const words = ['disk', purpose === 'install' ? 'install' : 'make-data', ...(passphrase === '' ? [] : ['--encrypt'])];
	try {
		const done = await streamElevated(system, {
			// An identifier is made of letters, digits and one @.
			command: [...words, disk.identifier].join(' '),
			reason: reasonFor(disk, purpose),
			signal,
			...(passphrase === '' ? {} : { input: `${passphrase}\n` }),
			take: async (bytes) => {
				signal.throwIfAborted();
				const lines = (text + decoder.decode(bytes, { stream: true })).split('\n');
				text = lines.pop() ?? '';
				const progress = lines.map((line) => parseProgress(line, purpose)).findLast((found) => found !== undefined);
				if (progress !== undefined) onProgress(progress);
			},
		});
		return done ? 'done' : 'cancelled';
	} catch (error) {
		if (signal.aborted) return 'cancelled';
		throw error;
	}
}

function reasonFor(disk: PcDisk, purpose: Purpose): string {
	const title = `${titleOf(disk)} (/dev/${disk.device})`;
	if (purpose === 'install') return `Install Vitrine would erase ${title} and install Vitrine to it.`;
	return erases(disk, purpose)
		? `Install Vitrine would erase ${title} and make it the data partition.`
		: `Install Vitrine would make a data partition on ${title}. Nothing is erased.`;
}
