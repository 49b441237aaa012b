/** The calls about the PC, in Node with a PC that writes down what it is asked for. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { PcFacts, PcPower, PcScreenMode, PcSettings, SpawnOptions } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { attachProcess } from '#hosts/common/attach-process.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { PcHost, PcVerb } from '#kernel/pc/pc-host.ts';
import { sids } from '#security/sid.ts';
import { logonToken } from '#security/token.ts';
import { NodeMachine } from './node-machine.ts';

const facts: PcFacts = {
	...{ maker: 'Siemens', model: 'Box PC 627', processor: 'Celeron M', processors: 1, memoryBytes: 2 ** 31 },
	...{ graphics: 'i915', firmware: 'bios', firmwareVersion: 'V2.1', secureBoot: false, kernelVersion: '6.12.117' },
	...{ startedFrom: 'DataTraveler (sdb)', keeping: 'kept' },
};
const power: PcPower = { onMains: false, batteries: [{ name: 'BAT0', percent: 71, state: 'discharging' }] };
const settings: PcSettings = {
	...{ keyboardLayouts: ['de'], timeZone: 'Europe/Berlin', clockIsLocal: false, network: 'open' },
};
const mode: PcScreenMode = { width: 1280, height: 720, millihertz: 60_000 };

/** A program that acts for somebody who does not administer the computer. */
const standard: SpawnOptions = {
	...{ arguments: [], environment: [], workingDirectory: '/' },
	restriction: { privileges: [], groups: [sids.administrators] },
};

/** Answers from a table, and rejects what is not in it. */
class FakePc implements PcHost {
	readonly asked: string[] = [];
	readonly drive = new MemoryFileSystem({ clock: hostClock });
	readonly answers: Partial<Record<PcVerb, unknown>> = {
		...{ 'pc.facts': facts, 'pc.power': power, 'settings.read': settings, 'pc.network-cards': [] },
		...{ 'settings.change': {}, 'sound.set': {}, 'screen.set': {} },
	};

	ask(verb: PcVerb, given: object): Promise<never> {
		return this.begin(verb, given).done;
	}

	openDrive() {
		return this.drive;
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

	it('every program hears what the PC is and what was chosen for it', async () => {
		const { system } = await machine.start(standard);
		assert.deepEqual(await system.pcFacts(), facts);
		assert.deepEqual(await system.pcPower(), power);
		assert.deepEqual(await system.pcSettings(), settings);
		assert.deepEqual(await system.pcNetwork(), { door: 'open', cards: [] });
	});

	it('who does not administer the computer cannot open the network, or change what else holds for all', async () => {
		const { system } = await machine.start(standard);
		pc.asked.length = 0;
		for (const change of [{ network: 'always-open' }, { time: 0 }, { timeZone: 'Etc/UTC' }, {}] as const)
			await assert.rejects(system.pcChangeSettings(change), { code: 'EACCES' });
		assert.deepEqual(pc.asked, []);
	});

	it('an administrator changes it, and the log says who did', async () => {
		pc.asked.length = 0;
		await machine.system.pcChangeSettings({ network: 'open', keyboardLayouts: ['fr', 'us'] });
		assert.deepEqual(pc.asked, ['settings.change {"change":{"network":"open","keyboardLayouts":["fr","us"]}}']);
		const { events } = await machine.system.logQuery({
			...{ limit: 10, level: 'information', channels: [], source: 'pc', text: 'pc-settings-changed' },
		});
		assert.deepEqual(events[0]?.fields, ['network=open', 'keyboardLayouts=fr,us']);
		assert.match(events[0]?.user ?? '', /^S-1-5-21-/);
	});

	it('who has logged on sets sound and screen; the logon screen, where anybody may sit, does not', async () => {
		const { system } = await machine.start(standard);
		pc.asked.length = 0;
		await system.pcSetSound('PCH', 40, false);
		await system.pcSetScreen('eDP-1', mode, 1.5, true);
		await assert.rejects(system.pcSetSound('PCH', 101, false), { code: 'EINVAL' });
		const nobody = attachProcess(machine.headless.kernel, 'logon', logonToken);
		await assert.rejects(nobody.pcSetSound('PCH', 40, false), { code: 'EACCES' });
		await assert.rejects(nobody.pcSetScreen('eDP-1', mode, 1, false), { code: 'EACCES' });
		assert.deepEqual(pc.asked, [
			'sound.set {"output":"PCH","percent":40,"muted":false}',
			'screen.set {"name":"eDP-1","width":1280,"height":720,"millihertz":60000,"scale":1.5,"keep":true}',
		]);
	});

	it('an update is for administrators, and the versions for everybody', async () => {
		const update = {
			installed: true,
			verifiable: true,
			version: '0.1.0',
			isDefault: true,
			otherVersion: '',
			pending: 'none',
		};
		Object.assign(pc.answers, { 'update.state': update, 'update.find': [], 'update.install': {}, 'update.choose': {} });
		const { system } = await machine.start({
			...{ arguments: [], environment: [], workingDirectory: '/' },
			restriction: { privileges: [], groups: [sids.administrators] },
		});
		assert.deepEqual(await system.pcUpdate(), update);
		assert.deepEqual(await system.pcUpdateFind(), []);
		const asked = pc.asked.length;
		await assert.rejects(system.pcUpdateInstall('sdb1:vitrine.iso'), { code: 'EACCES' });
		await assert.rejects(system.pcUpdateChoose('try-other'), { code: 'EACCES' });
		assert.equal(pc.asked.length, asked, 'the PC was not asked');
		await machine.system.pcUpdateChoose('try-other');
		const job = await machine.system.pcUpdateInstall('sdb1:vitrine.iso');
		let state = await machine.system.pcJobState(job, 0);
		while (state.phase === 'running') state = await machine.system.pcJobState(job, state.sequence);
		assert.equal(state.phase, 'done');
		assert.deepEqual(pc.asked.slice(asked), [
			'update.choose {"choice":"try-other"}',
			'update.install {"offer":"sdb1:vitrine.iso"}',
		]);
	});

	it('what the PC does by itself is an administrator’s to decide, and nothing that could not be done', async () => {
		const { system } = machine;
		const [owner] = await system.accountList();
		const account = owner?.sid ?? '';
		Object.assign(pc.answers, { 'appliance.set': {}, 'appliance.leave': {} });
		await system.pathMakeDirectory('/Orders');
		await system.pathWrite('/Orders/LATHE.COM', new Uint8Array(1), 'create-new');
		pc.asked.length = 0;
		const set = (folders: string[], start = '/Orders/LATHE.COM', whose = account) =>
			system.pcSetAppliance(start, whose, folders);
		await assert.rejects(set(['/Orders'], '/Orders/GONE.COM'), { code: 'ENOENT' });
		await assert.rejects(set(['/Gone']), { code: 'ENOENT' });
		await assert.rejects(set(['/Orders/LATHE.COM']), { code: 'ENOTDIR' });
		await assert.rejects(set([], undefined, 'S-1-5-21-1-2-3-1004'), { code: 'EINVAL' });
		for (const folder of [
			'/',
			'/System',
			'/System/logs',
			'/Recycle Bin',
			'/Drives/STICK',
			'Orders',
			'/Orders/',
			'/dev',
		])
			await assert.rejects(set([folder]), { code: 'EINVAL' }, folder);
		const standardProgram = await machine.start(standard);
		await assert.rejects(standardProgram.system.pcSetAppliance('', '', []), { code: 'EACCES' });
		await assert.rejects(standardProgram.system.pcLeaveAppliance(), { code: 'EACCES' });
		assert.deepEqual(pc.asked, []);
		await set(['/Orders', '/Orders']);
		await system.pcLeaveAppliance();
		const wish = JSON.stringify({ start: '/Orders/LATHE.COM', account, keptFolders: ['/Orders'] });
		assert.deepEqual(pc.asked, [`appliance.set ${wish}`, 'appliance.leave {}']);
	});

	it('a PC that does not answer is an error of the device, told by its own words', async () => {
		delete pc.answers['pc.power'];
		await assert.rejects(machine.system.pcPower(), { code: 'EIO', detail: 'pc.power' });
	});
});
