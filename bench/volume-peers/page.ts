/** One subject of the comparison, each in a browser of its own. */
import type { PeerFigures } from './figures.ts';
import { measureVitrine } from './vitrine.ts';

function measureInWorker(name: 'zenfs' | 'plain'): Promise<PeerFigures> {
	const worker = new Worker(new URL('./peer-worker.ts', import.meta.url), { type: 'module' });
	return new Promise((resolve, reject) => {
		worker.onerror = (event) => reject(new Error(event.message));
		worker.onmessage = ({ data }: MessageEvent<{ figures?: PeerFigures; failure?: string }>) => {
			worker.terminate();
			if (data.figures === undefined) reject(new Error(data.failure));
			else resolve(data.figures);
		};
		worker.postMessage(name);
	});
}

Object.assign(globalThis, {
	measureSubject: (name: 'vitrine' | 'zenfs' | 'plain') =>
		name === 'vitrine' ? measureVitrine() : measureInWorker(name),
});
