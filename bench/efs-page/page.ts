/** Measures encrypted files in a Worker, as the kernel's Worker has them, and through the kernel. */
import type { EncryptionFigures } from './measure.ts';
import { measureProgram } from './program.ts';

function measureEncryption(): Promise<EncryptionFigures> {
	const worker = new Worker(new URL('./efs-worker.ts', import.meta.url), { type: 'module' });
	return new Promise((resolve, reject) => {
		worker.onerror = (event) => reject(new Error(event.message));
		worker.onmessage = ({ data }: MessageEvent<{ figures?: EncryptionFigures; failure?: string }>) => {
			worker.terminate();
			if (data.figures === undefined) reject(new Error(data.failure));
			else resolve(data.figures);
		};
	});
}

Object.assign(globalThis, { measureEncryption, measureProgram });
