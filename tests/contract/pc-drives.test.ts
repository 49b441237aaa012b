/** The drives of a PC, in Node: a folder of this computer stands for a stick. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { answerFileSystem, RemoteFileSystem } from '#hosts/common/remote-file-system.ts';
import { HostFileSystem } from '#hosts/node/host-file-system.ts';
import type { PcHost, PcVerb } from '#kernel/pc/pc-host.ts';
import { NodeMachine } from './node-machine.ts';

const stick = { identifier: 'sdb1@7', name: 'KINGSTON', format: 'vfat', sizeBytes: 8e9, readOnly: false };

class StickPc implements PcHost {
	readonly #folder: string;
	readonly answers: Partial<Record<PcVerb, unknown>> = {
		...{ 'drive.list': [stick], 'drive.mount': { readOnly: false }, 'drive.unmount': {} },
	};

	constructor(folder: string) {
		this.#folder = folder;
	}

	ask(verb: PcVerb): Promise<never> {
		return Promise.resolve(this.answers[verb] as never);
	}

	begin(verb: PcVerb) {
		return { done: this.ask(verb), cancel: () => undefined };
	}

	openDrive() {
		const there = new HostFileSystem(this.#folder, { readOnly: false });
		return new RemoteFileSystem((question) => answerFileSystem(there, question), { readOnly: false });
	}
}

it('files go to a stick and come from it, and its folder goes when it is taken out or pulled', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-stick-'));
	await writeFile(path.join(folder, 'LATHE.COM'), 'a program');
	const pc = new StickPc(folder);
	const machine = new NodeMachine(new MemoryFileSystem({ clock: hostClock }), { pc });
	const { system } = machine;
	assert.equal((await system.pcDrives())[0]?.path, '');
	const place = await system.pcDriveOpen(stick.identifier);
	assert.equal(place, '/Drives/KINGSTON');
	assert.equal(await system.pcDriveOpen(stick.identifier), place);
	await system.pathCopy(`${place}/LATHE.COM`, '/lathe.com');
	await system.pathCopy('/lathe.com', `${place}/RESULT.COM`);
	assert.equal(await readFile(path.join(folder, 'RESULT.COM'), 'utf8'), 'a program');
	assert.deepEqual((await system.pathList(place, '', 10)).names, ['LATHE.COM', 'RESULT.COM']);
	assert.equal(await system.pathResolve(`${place}/result.com`), `${place}/RESULT.COM`);
	await system.pcDriveEject(stick.identifier);
	await assert.rejects(system.pathStat(place), { code: 'ENOENT' });
	await system.pcDriveOpen(stick.identifier);
	pc.answers['drive.list'] = [];
	assert.deepEqual(await system.pcDrives(), []);
	await assert.rejects(system.pathStat(place), { code: 'ENOENT' });
	await machine.close();
	await rm(folder, { recursive: true });
});
