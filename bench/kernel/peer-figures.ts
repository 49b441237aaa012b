/** Measures a peer: what one program costs in it. What needs two programs at once, only a system with processes has. */
import { type Extent, type Figures, type Programs, quantile, readFigures } from './figures.ts';
import type { Peer } from './peers.ts';

export async function measurePeer(peer: Peer, programs: Programs, extent: Extent): Promise<Figures> {
	const figures = readFigures(await peer.run(programs.files, extent.files));
	const toEnd: number[] = [];
	for (let index = -2; index < extent.spawns; index++) {
		const started = performance.now();
		await peer.run(programs.start, []);
		if (index >= 0) toEnd.push((performance.now() - started) * 1000);
	}
	return { ...figures, spawn_end: quantile(toEnd, 0.5) };
}
