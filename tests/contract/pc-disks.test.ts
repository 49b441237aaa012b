/** The calls about the PC's disks, in Node with a PC that does what the test says. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { PcDisk, SpawnOptions } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { PcHost, PcProgress, PcSource, PcVerb } from '#kernel/pc/pc-host.ts';
import { sids } from '#security/sid.ts';
import { NodeMachine } from './node-machine.ts';

const stick: PcDisk = {
	...{ identifier: 'sdb@7', device: 'sdb', model: 'Kingston', connection: 'usb', sizeBytes: 2 ** 33, removable: true },
	...{
		startedFrom: false,
		parts: [],
		install: 'possible',
		makeData: 'possible',
		writeImage: 'possible',
		dataErases: true,
		dataBytes: 2 ** 32,
	},
};
/** A program that acts for somebody who does not administer the computer. */
const standard: SpawnOptions = {
	...{ arguments: [], environment: [], workingDirectory: '/' },
	restriction: { privileges: [], groups: [sids.administrators] },
};

class DiskPc implements PcHost {
	asked: string[] = [];
	tell: (progress: PcProgress) => void = () => undefined;
	work = Promise.withResolvers<unknown>();
	cancelled = Promise.withResolvers<void>();

	async ask(verb: PcVerb, given: object): Promise<never> {
		this.asked.push(`${verb} ${JSON.stringify(given)}`);
		if (verb === 'disk.list') return [stick] as never;
		return {} as never;
	}

	/** Of the last verb that takes bytes. */
	source: PcSource | undefined;
	begun = Promise.withResolvers<void>();

	begin(verb: PcVerb, given: object, onProgress: (progress: PcProgress) => void, source?: PcSource) {
		this.source = source;
		this.asked.push(`${verb} ${JSON.stringify(given)}`);
		this.tell = onProgress;
		this.work = Promise.withResolvers();
		this.begun.resolve();
		this.begun = Promise.withResolvers();
		return { done: this.work.promise as Promise<never>, cancel: () => this.cancelled.resolve() };
	}
}

describe("the calls about the PC's disks, in Node", () => {
	const pc = new DiskPc();
	let machine: NodeMachine;
	before(() => {
		machine = new NodeMachine(new MemoryFileSystem({ clock: hostClock }), { pc });
	});
	after(() => machine.close());
	beforeEach(() => {
		pc.asked = [];
	});

	it('every program sees which disks there are; who does not administer the computer changes none', async () => {
		const { system } = await machine.start(standard);
		assert.deepEqual(await system.pcDisks(), [stick]);
		pc.asked = [];
		await assert.rejects(system.pcInstall('sdb@7', ''), { code: 'EACCES' });
		await assert.rejects(system.pcMakeData('sdb@7', 'eight letters'), { code: 'EACCES' });
		await assert.rejects(system.pcDataPassphrase('old words', 'new words'), { code: 'EACCES' });
		assert.deepEqual(pc.asked, []);
	});

	it('a passphrase that is too short reaches no disk', async () => {
		await assert.rejects(machine.system.pcInstall('sdb@7', 'seven77'), { code: 'EINVAL' });
		await assert.rejects(machine.system.pcMakeData('sdb@7', 'x'.repeat(513)), { code: 'EINVAL' });
		await assert.rejects(machine.system.pcDataPassphrase('old words', 'short'), { code: 'EINVAL' });
		assert.deepEqual(pc.asked, []);
	});

	it('an installation tells how far it is until it is done, and the log says so without the passphrase', async () => {
		const handle = await machine.system.pcInstall('sdb@7', 'four plain words');
		const first = await machine.system.pcJobState(handle, 0);
		assert.equal(first.phase, 'running');
		const next = machine.system.pcJobState(handle, first.sequence);
		pc.tell({ step: 'copying', doneBytes: 50, totalBytes: 100 });
		const { step, doneBytes, totalBytes, sequence } = await next;
		assert.deepEqual({ step, doneBytes, totalBytes }, { step: 'copying', doneBytes: 50, totalBytes: 100 });
		const last = machine.system.pcJobState(handle, sequence);
		pc.work.resolve({});
		assert.equal((await last).phase, 'done');
		await machine.system.handleClose(handle);
		const { events } = await machine.system.logQuery({
			...{ limit: 100, level: 'debug', channels: [], source: '', text: '' },
		});
		const log = JSON.stringify(events);
		assert.match(log, /Vitrine was installed to the disk sdb@7/);
		assert.doesNotMatch(log, /plain words/);
	});

	it('what fails says why, and closing the last handle cancels', async () => {
		const failing = await machine.system.pcMakeData('sdb@7', '');
		pc.work.reject(new OsError('EILSEQ', 'the disk did not keep what was written'));
		let state = await machine.system.pcJobState(failing, 0);
		if (state.phase === 'running') state = await machine.system.pcJobState(failing, state.sequence);
		const { phase, error, problem } = state;
		assert.deepEqual(
			{ phase, error, problem },
			{ phase: 'failed', error: 'EILSEQ', problem: 'the disk did not keep what was written' },
		);
		const leaving = await machine.system.pcInstall('sdb@7', '');
		await machine.system.handleClose(leaving);
		await pc.cancelled.promise;
		pc.work.reject(new OsError('ECANCELED'));
	});

	it('an image is checked, then written, from the file as it was opened, and closing the file ends nothing', async () => {
		const { system } = machine;
		const content = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
		const made = await system.fileOpen('/image.iso', 'create-new', rights.write);
		await system.fileWrite(made, 0, content);
		await system.handleClose(made);
		const file = await system.fileOpen('/image.iso', 'open', rights.read);
		const job = await system.pcWriteImage(file, 'a signature', 'sdb@7');
		await system.handleClose(file);
		await system.pathUnlink('/image.iso');
		assert.deepEqual(pc.asked, ['image.check {"signature":"a signature","sizeBytes":100000}']);
		assert.deepEqual(pc.source?.read(1000, 99_000), content.slice(1000));
		const writing = pc.begun.promise;
		pc.work.resolve({});
		await writing;
		assert.match(pc.asked.at(-1) ?? '', /^image\.write .*"disk":"sdb@7"/);
		assert.deepEqual(pc.source.read(0, 100_000), content);
		pc.work.resolve({});
		let state = await system.pcJobState(job, 0);
		while (state.phase === 'running') state = await system.pcJobState(job, state.sequence);
		assert.equal(state.phase, 'done');
		await system.handleClose(job);
	});

	it('an image that is not what was signed is written nowhere, and only an administrator writes one', async () => {
		const { system } = machine;
		const file = await system.fileOpen('/other.iso', 'create-new', rights.read | rights.write);
		const job = await system.pcWriteImage(file, 'a signature', 'sdb@7');
		pc.work.reject(new OsError('EILSEQ', 'the image is not what was signed'));
		let state = await system.pcJobState(job, 0);
		while (state.phase === 'running') state = await system.pcJobState(job, state.sequence);
		assert.equal(state.error, 'EILSEQ');
		assert.equal(pc.asked.length, 1);
		const { system: theirs } = await machine.start(standard);
		const own = await theirs.fileOpen('/other.iso', 'open', rights.read);
		await assert.rejects(theirs.pcWriteImage(own, '', 'sdb@7'), { code: 'EACCES' });
		assert.equal(pc.asked.length, 1);
	});
});
