/** The keeper's verbs for updates, on a PC whose system folders, disk and stick are files of the test. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { makeEnvironmentBlock } from '#hosts/pc/installed-disk/environment-block.ts';
import { makeUpdateVerbs } from '#hosts/pc/keeper/update-verbs.ts';
import type { Verb } from '#hosts/pc/keeper/verb.ts';
import { findProgram } from '../../tools/iso/requirements.ts';
import { getOutput } from '../../tools/setup/run-command.ts';
import { makeSignedImage, makeSigningKey, type SignedImage } from './signed-images.ts';

const key = makeSigningKey();
const current = makeSignedImage(key, '1.0.0');
const next = makeSignedImage(key, '2.0.0', { floor: '1.0.0' });
const slotBytes = 128 * 1024;
const mkfs = findProgram('mkfs.vfat');
const skip = mkfs === undefined || findProgram('mcopy') === undefined ? 'dosfstools or mtools is missing' : false;

let root = '';
const at = (...parts: string[]) => path.join(root, ...parts);

/** A device of `/sys/class/block`, in the folder of its disk. */
async function plugIn(place: string, files: Readonly<Record<string, string>>): Promise<void> {
	await mkdir(at('sys/devices', place), { recursive: true });
	for (const [name, text] of Object.entries({ size: '2048\n', ...files }))
		await writeFile(at('sys/devices', place, name), text);
	await symlink(at('sys/devices', place), at('sys/class/block', path.basename(place)));
}

async function start(slot: string, isTrial = false): Promise<void> {
	await writeFile(at('proc/cmdline'), `quiet vitrine.slot=${slot}${isTrial ? ' vitrine.trial' : ''}\n`);
}

async function putOnStick(name: string, { bytes, signature }: SignedImage): Promise<void> {
	await mkdir(path.dirname(at('media/stick', name)), { recursive: true });
	await writeFile(at('media/stick', name), bytes);
	await writeFile(at('media/stick', `${name}.minisig`), signature);
}

async function ask(verb: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
	const verbs: Readonly<Record<string, Verb>> = makeUpdateVerbs({ root });
	return await verbs[verb]?.run(given, { signal: new AbortController().signal, report: () => undefined });
}

suite('The keeper updates a PC', { skip }, () => {
	beforeEach(async () => {
		root = await mkdtemp(path.join(tmpdir(), 'vitrine-update-'));
		for (const folder of ['sys/class/block', 'proc', 'run', 'dev', 'usr/share/vitrine', 'media/stick'])
			await mkdir(at(folder), { recursive: true });
		await writeFile(at('usr/share/vitrine/release.json'), JSON.stringify({ version: '1.0.0', floor: '0.5.0' }));
		await writeFile(at('usr/share/vitrine/update.pub'), key.publicFile);
		await writeFile(at('run/vitrine-medium'), '/dev/vda3\n');
		await writeFile(at('proc/mounts'), `/dev/sdb1 ${at('media/stick')} vfat ro 0 0\n`);
		await plugIn('pci0/vda', { removable: '0\n' });
		await plugIn('pci0/usb1/sdb', { removable: '1\n', size: '0\n' });
		await plugIn('pci0/usb1/sdb/sdb1', {});
		for (const [number, name] of ['VITRINE-BOOT', 'VITRINE-A', 'VITRINE-B'].entries())
			await plugIn(`pci0/vda/vda${number + 2}`, { uevent: `DEVTYPE=partition\nPARTNAME=${name}\n` });
		// Another installed disk, which is none of ours.
		await plugIn('pci0/vdb/vdb3', { uevent: 'DEVTYPE=partition\nPARTNAME=VITRINE-B\n' });
		await getOutput(mkfs ?? '', ['-F', '32', '-s', '1', '-C', at('dev/vda2'), '65536']);
		await writeFile(at('grubenv'), makeEnvironmentBlock(new Map(Object.entries({ good: 'a', version_a: '1.0.0' }))));
		await getOutput('mmd', ['-i', at('dev/vda2'), '::vitrine']);
		await getOutput('mcopy', ['-i', at('dev/vda2'), at('grubenv'), '::vitrine/grubenv']);
		await writeFile(at('dev/vda3'), Buffer.concat([current.bytes, Buffer.alloc(slotBytes - current.bytes.length)]));
		await writeFile(at('dev/vda4'), Buffer.alloc(slotBytes));
		await start('a');
	});
	afterEach(() => rm(root, { recursive: true }));

	test('From the stick to the slot, its trial, and for good', async () => {
		await putOnStick('Downloads/vitrine-2.0.0-amd64.iso', next);
		const [offer] = (await ask('update.find')) as [{ identifier: string }];
		assert.deepEqual(offer, {
			identifier: 'sdb1:Downloads/vitrine-2.0.0-amd64.iso',
			place: 'sdb1',
			file: 'Downloads/vitrine-2.0.0-amd64.iso',
			version: '2.0.0',
			sizeBytes: next.bytes.length,
			verdict: 'newer',
		});
		assert.deepEqual(await ask('update.healthy'), { kept: false }, 'this is no trial');
		await ask('update.install', { offer: offer.identifier });
		assert.ok((await readFile(at('dev/vda4'))).subarray(0, next.bytes.length).equals(next.bytes));
		const facts = { installed: true, verifiable: true, version: '1.0.0' };
		const waiting = { ...facts, isDefault: true, otherVersion: '2.0.0', pending: 'next-start' };
		assert.deepEqual(await ask('update.state'), waiting);
		await start('b', true);
		assert.deepEqual(await ask('update.healthy'), { kept: true });
		assert.deepEqual(await ask('update.state'), { ...facts, isDefault: true, otherVersion: '1.0.0', pending: 'none' });
	});

	test('What lies on the stick beside it is told apart, and what has no signature is not named', async () => {
		await putOnStick('a.iso', current);
		await putOnStick('b.iso', makeSignedImage(key, '0.6.0'));
		await putOnStick('c.iso', makeSignedImage(key, '0.4.0'));
		await putOnStick('d.iso', makeSignedImage(makeSigningKey(), '3.0.0'));
		await putOnStick('e.iso', { ...next, signature: next.signature.replace('2.0.0', '9.0.0') });
		await writeFile(at('media/stick/f.iso'), next.bytes);
		await putOnStick('one/two/g.iso', next);
		await symlink(at('media/stick/a.iso'), at('media/stick/h.iso'));
		await writeFile(at('media/stick/h.iso.minisig'), current.signature);
		const offers = (await ask('update.find')) as { file: string; verdict: string; version: string }[];
		assert.deepEqual(
			offers.map(({ file, verdict, version }) => `${file} ${verdict} ${version}`.trim()),
			['a.iso same 1.0.0', 'b.iso older 0.6.0', 'c.iso below-floor', 'd.iso foreign', 'e.iso forged'],
		);
		await assert.rejects(ask('update.install', { offer: 'sdb1:d.iso' }), { code: 'EPERM' });
		for (const offer of ['sdb1:f.iso', 'sdb1:../../dev/vda3', 'vda3:a.iso'])
			await assert.rejects(ask('update.install', { offer }), { code: 'ENOENT' });
		await assert.rejects(ask('update.install', { offer: 'no offer' }), { code: 'EINVAL' });
	});

	test('An image that the stick gives back damaged is not written', async () => {
		const bytes = Uint8Array.from(next.bytes);
		bytes[60_000] = (bytes[60_000] as number) ^ 1;
		await putOnStick('u.iso', { ...next, bytes });
		await assert.rejects(ask('update.install', { offer: 'sdb1:u.iso' }), { code: 'EILSEQ' });
		assert.ok((await readFile(at('dev/vda4'))).every((byte) => byte === 0));
	});

	test('Started from a stick it can be told about, and nothing is changed', async () => {
		await writeFile(at('proc/cmdline'), 'quiet\n');
		await putOnStick('u.iso', next);
		assert.equal(((await ask('update.state')) as { installed: boolean }).installed, false);
		assert.equal(((await ask('update.find')) as unknown[]).length, 1);
		await assert.rejects(ask('update.install', { offer: 'sdb1:u.iso' }), { code: 'ENOTSUP' });
		await assert.rejects(ask('update.choose', { choice: 'keep' }), { code: 'ENOTSUP' });
		await rm(at('usr/share/vitrine/update.pub'));
		await assert.rejects(ask('update.find'), { code: 'ENOTSUP' });
	});
});
