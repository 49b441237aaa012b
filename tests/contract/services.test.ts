/** Services in Node, with real threads: the maintenance is killed and comes back, and nothing it was asked for is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { LogEvent, ServiceInfo } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { toSettingValue } from '#runtime/settings.ts';
import { NodeMachine } from './node-machine.ts';

const interval = '/machine/maintenance/volume-check/interval-days';
const last = '/machine/maintenance/volume-check/last-time';

describe('the maintenance as a service, in Node', () => {
	let machine: NodeMachine;
	before(() => {
		machine = new NodeMachine(new MemoryFileSystem({ clock: hostClock }));
	});
	after(() => machine.close());

	const find = async (): Promise<ServiceInfo> => {
		const service = (await machine.system.serviceList()).find(({ name }) => name === 'maintenance');
		assert.ok(service !== undefined);
		return service;
	};
	/** The next event of a code after a number. */
	const eventAfter = async (number: number, code: string): Promise<LogEvent> => {
		for (let from = number; ; ) {
			const events = await machine.system.logRead(from, 1000);
			const found = events.find((event) => event.code === code);
			if (found !== undefined) return found;
			from = await machine.system.logWait(events.at(-1)?.sequence ?? from, 20_000);
			from--;
		}
	};
	const newest = async (): Promise<number> => (await machine.system.logStatus()).newest;

	it('runs when it is asked for, as a process of the system', async () => {
		assert.deepEqual([(await find()).state, (await find()).start], ['stopped', 'delayed']);
		await machine.system.serviceStart('maintenance');
		const { state, pid } = await find();
		assert.equal(state, 'running');
		const process = (await machine.system.processList()).find((each) => each.pid === pid);
		assert.deepEqual([process?.program, process?.parent], ['maintenance', 0]);
	});

	it('comes back when it is killed, and the log says so', async () => {
		const { pid } = await find();
		const before = await newest();
		await machine.system.processKill(pid as number, 'kill');
		assert.equal((await find()).state, 'waiting');
		await eventAfter(before, 'service-restarts');
		await eventAfter(before, 'service-running');
		const again = await find();
		assert.notEqual(again.pid, pid);
		assert.equal(again.state, 'running');
	});

	it('checks the volume when it is time, and writes down that it is whole', async () => {
		const before = await newest();
		const old = { key: last, value: toSettingValue(Date.now() - 10 * 86_400_000) };
		await machine.system.settingChange([old, { key: interval, value: toSettingValue(7) }], undefined);
		const event = await eventAfter(before, 'volume-whole');
		assert.match(event.source, /^maintenance \(/);
		assert.equal(event.channel, 'application');
	});

	it('says when it starts by a setting, which a policy may fix', async () => {
		const key = 'machine/services/maintenance/start';
		const off = toSettingValue('disabled');
		await machine.system.settingChange([{ key: `/policy/${key}`, value: off }], undefined);
		const { start, startSource } = await find();
		assert.deepEqual([start, startSource], ['disabled', 'machine-policy']);
		await machine.system.serviceStop('maintenance');
		await assert.rejects(machine.system.serviceStart('maintenance'), { code: 'EBUSY' });
		await machine.system.settingChange([{ key: `/policy/${key}` }], undefined);
		await assert.rejects(machine.system.settingChange([{ key: `/${key}`, value: toSettingValue('now') }], undefined), {
			code: 'EINVAL',
		});
	});

	it('answers about services that are not there, and lets only services say that they are ready', async () => {
		for (const call of [
			machine.system.serviceStart('x'),
			machine.system.serviceStop('x'),
			machine.system.serviceRestart('x'),
		])
			await assert.rejects(call, { code: 'ENOENT' });
		await assert.rejects(machine.system.serviceReady(), { code: 'EPERM' });
	});

	it('ends with the system, and does not come back', async () => {
		await machine.system.serviceStart('maintenance');
		const { services, processes } = machine.headless.kernel;
		machine.headless.kernel.shutDown();
		assert.deepEqual(processes.all, []);
		assert.throws(() => services.start('maintenance'), { code: 'ECANCELED' });
	});
});
