/** The page's side of restoring a whole volume (`restore-worker.ts`). */
import type { RestoreMessage } from './restore-worker.ts';

/** Resolves to how many pages of the file are damaged; rejects with a sentence for the person. */
export function restoreVolume(file: File, onProgress: (fraction: number) => void): Promise<number> {
	const worker = new Worker(new URL('./restore-worker.ts', import.meta.url), { type: 'module', name: 'restore' });
	const ended = new Promise<number>((resolve, reject) => {
		worker.onerror = (event) => reject(new Error(event.message));
		worker.onmessage = ({ data: message }: MessageEvent<RestoreMessage>) => {
			if (message.kind === 'progress') onProgress(message.fraction);
			else if (message.kind === 'done') resolve(message.damagedPages);
			else reject(new Error(message.message));
		};
	});
	worker.postMessage(file);
	return ended.finally(() => worker.terminate());
}
