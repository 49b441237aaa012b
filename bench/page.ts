/** The load of the desktop, cold and warm, against its targets. */

import type { Benchmark } from './measurement.ts';
import { measureLoads } from './page-load.ts';
import { openVitrine } from './vitrine-site.ts';

export const benchmark: Benchmark = async (context) => {
	await using site = await openVitrine();
	return await measureLoads(context, site, {
		cold: {
			firstPaint: { most: 150 },
			interactive: { most: 600 },
			kilobytes: { most: 450 },
			heap: { most: 8 },
		},
		warm: { interactive: { most: 350 }, heap: { most: 8 } },
	});
};
