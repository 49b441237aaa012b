/** Measures one of the others in a Worker: the message says which. */
import { measurePlainFiles } from './plain-files.ts';
import { measureZenfs } from './zenfs.ts';

addEventListener('message', ({ data }: MessageEvent<'zenfs' | 'plain'>) => {
	(data === 'zenfs' ? measureZenfs() : measurePlainFiles()).then(
		(figures) => postMessage({ figures }),
		(error: unknown) => postMessage({ failure: String(error) }),
	);
});
