/** Damaged and hostile files for every reader of old media; `npm run fuzz -- 50000` gives each that many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ByteSource } from '#media/byte-source.ts';
import { discSectorSize } from '#media/iso9660.ts';
import { fuzz, type Target, targets } from './fuzzer.ts';
import { makeLoopingDisc } from './sample-images.ts';

const inputs = Number(process.env.VITRINE_RUNS ?? 2_000);

for (const target of targets) {
	test(`${target.name} takes ${inputs} damaged files without an error of its own and in time`, async () => {
		assert.deepEqual(await fuzz(target, inputs, 1), []);
	});
}

/** A planted defect: follows folders without noting where it has been. */
async function walkWithoutVisitedSet(source: ByteSource): Promise<void> {
	const waiting = [20];
	for (let sector = waiting.shift(); sector !== undefined; sector = waiting.shift()) {
		const bytes = await source.read(sector * discSectorSize, discSectorSize);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let at = 0; at + 34 < bytes.length && (bytes[at] ?? 0) > 33; at += bytes[at] ?? 0) {
			const isChild = !(bytes[at + 32] === 1 && (bytes[at + 33] ?? 0) <= 1);
			if (isChild && ((bytes[at + 25] ?? 0) & 2) !== 0) waiting.push(view.getUint32(at + 2, true));
		}
	}
}

test('a reader without a visited set is caught', async () => {
	const planted: Target = { name: 'planted', samples: [makeLoopingDisc()], run: walkWithoutVisitedSet };
	const findings = await fuzz(planted, 16, 1);
	assert.ok(
		findings.some(({ what }) => what.includes('ran longer')),
		JSON.stringify(findings),
	);
});

test('a reader that fails in its own way is caught', async () => {
	const planted: Target = {
		name: 'planted',
		samples: [makeLoopingDisc()],
		run: async (source) => {
			const bytes = await source.read(0, 0x8000);
			if (bytes.length < 0x8000) throw new RangeError('offset is outside the bounds of the DataView');
		},
	};
	const findings = await fuzz(planted, 200, 1);
	assert.match(findings[0]?.what ?? '', /RangeError/);
});
