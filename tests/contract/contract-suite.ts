/** The contract as a test suite in Node, over any volume. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SystemVolume } from '#fs/system-volume.ts';
import { contractCases } from './cases/index.ts';
import { runCase } from './cases/run-case.ts';
import { NodeMachine } from './node-machine.ts';

/** `make` gives an empty volume; it is closed with the system. */
export function contractSuite(name: string, make: () => SystemVolume | Promise<SystemVolume>): void {
	describe(`the contract on ${name}, in Node`, () => {
		let machine: NodeMachine;
		before(async () => {
			machine = new NodeMachine(await make());
		});
		after(() => {
			machine.close();
		});
		for (const [number, contractCase] of contractCases.entries())
			it(contractCase.title, () => runCase(machine, contractCase, number));
		it('nothing is left open when all cases are done', () => {
			const { kernel } = machine.headless;
			assert.deepEqual(
				kernel.processes.all.map((process) => process.start.program),
				['console'],
			);
			kernel.processes.all[0]?.handles.closeAll();
			assert.equal(kernel.openNodes.size, 0);
			assert.equal(kernel.watches.size, 0);
			assert.equal(kernel.settings.watches.size, 0);
		});
		it('no defect was met', () => {
			const defects = machine.headless.kernel.log
				.read(0, 100_000)
				.filter(({ level, source }) => level === 'error' && source === 'kernel');
			assert.deepEqual(defects, []);
		});
	});
}
