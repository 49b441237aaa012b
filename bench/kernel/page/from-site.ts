/** What the server of the measurements has beside the page: the programs, and the packages of the peers. */
import type { Programs } from '../figures.ts';

export async function fetchPrograms(): Promise<Programs> {
	const get = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
		new Uint8Array(await (await fetch(`/programs/${name}.wasm`)).arrayBuffer());
	return {
		files: await get('files'),
		pipe: await get('pipe'),
		start: await get('start'),
		writers: await get('writers'),
	};
}

export const importFromSite = (file: string): Promise<unknown> => import(/* @vite-ignore */ `/peers/${file}`);
