/** The calls about the PC, in Node with a PC that writes down what it is asked for. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { PcFacts, PcPower } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { PcHost, PcVerb } from '#kernel/pc/pc-host.ts';
import { NodeMachine } from './node-machine.ts';

const facts: PcFacts = {
	...{ maker: 'Siemens', model: 'Box PC 627', processor: 'Celeron M', processors: 1, memoryBytes: 2 ** 31 },
	...{ graphics: 'i915', firmware: 'bios', firmwareVersion: 'V2.1', secureBoot: false, kernelVersion: '6.12.117' },
	...{ startedFrom: 'DataTraveler (sdb)', keeping: 'kept' },
};
const power: PcPower = { onMains: false, batteries: [{ name: 'BAT0', percent: 71, state: 'discharging' }] };

/** Answers from a table, and rejects what is not in it. */
class FakePc implements PcHost {
	readonly asked: string[] = [];
	readonly answers: Partial<Record<PcVerb, unknown>> = { 'pc.facts': facts, 'pc.power': power };

	ask(verb: PcVerb, given: object): Promise<never> {
		return this.begin(verb, given).done;
	}

	begin(verb: PcVerb, given: object) {
		this.asked.push(`${verb} ${JSON.stringify(given)}`);
		const answer = this.answers[verb];
		const done = answer === undefined ? Promise.reject(new OsError('EIO', verb)) : Promise.resolve(answer);
		return { done: done as Promise<never>, cancel: () => undefined };
	}
}

describe('the calls about the PC, in Node', () => {
	const pc = new FakePc();
	let machine: NodeMachine;
	before(() => {
		machine = new NodeMachine(new MemoryFileSystem({ clock: hostClock }), { pc });
	});
	after(() => machine.close());

	it('every program hears what the PC is', async () => {
		const { system } = await machine.start({
			...{ arguments: [], environment: [], workingDirectory: '/' },
			restriction: { privileges: [], groups: [] },
		});
		assert.deepEqual(await system.pcFacts(), facts);
		assert.deepEqual(await system.pcPower(), power);
	});

	it('a PC that does not answer is an error of the device, told by its own words', async () => {
		delete pc.answers['pc.power'];
		await assert.rejects(machine.system.pcPower(), { code: 'EIO', detail: 'pc.power' });
	});
});
