/** Does it with the rights of an administrator, and tells how far it is. */
import type { PcDisk } from '#abi/structures.generated.ts';
import { streamElevated } from '#runtime/elevated-command.ts';
import type { System } from '#runtime/system.ts';
import type { ImageFacts } from './image-facts.ts';
import { erases, type Purpose, parseProgress, type StepProgress, titleOf } from './install-words.ts';

export interface InstallWish {
	readonly disk: PcDisk;
	readonly purpose: Purpose;
	/** What is written to it, when that is the purpose. */
	readonly image: ImageFacts | undefined;
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
	const { purpose, signal, passphrase, onProgress } = wish;
	const decoder = new TextDecoder();
	let text = '';
	try {
		const done = await streamElevated(system, {
			command: commandFor(wish),
			reason: reasonFor(wish),
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

function commandFor({ disk, purpose, image, passphrase }: InstallWish): string {
	// An identifier is made of letters, digits and one @.
	if (image !== undefined) return `disk write '${image.path.replaceAll("'", "'\\''")}' ${disk.identifier}`;
	const encrypt = passphrase === '' ? '' : '--encrypt ';
	return `disk ${purpose === 'install' ? 'install' : 'make-data'} ${encrypt}${disk.identifier}`;
}

function reasonFor({ disk, purpose, image }: InstallWish): string {
	const title = `${titleOf(disk)} (/dev/${disk.device})`;
	if (image !== undefined) return `Write to a stick would erase ${title} and write “${image.name}” to it.`;
	if (purpose === 'install') return `Install Vitrine would erase ${title} and install Vitrine to it.`;
	return erases(disk, purpose)
		? `Install Vitrine would erase ${title} and make it the data partition.`
		: `Install Vitrine would make a data partition on ${title}. Nothing is erased.`;
}
