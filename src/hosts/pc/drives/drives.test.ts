/**
 * Sticks as a person plugs them in, played by files as loop devices: listed, mounted, written, taken out, and whole
 * afterwards. Skipped without root or loop devices.
 */
import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AskRequest } from '../../common/machine-contract.ts';
import { RemoteFileSystem } from '../../common/remote-file-system.ts';
import { runTool, tryTool } from '../keeper/run-tool.ts';
import type { Verb } from '../keeper/verb.ts';
import type { AskListener } from '../keeper-client.ts';
import { Drives } from './drives.ts';

const work = { signal: new AbortController().signal, report: () => undefined };
const makers = {
	vfat: ['mkfs.vfat', '-n'],
	ext4: ['mkfs.ext4', '-q', '-L'],
} as const;

async function findObstacle(): Promise<string | false> {
	if (process.getuid?.() !== 0) return 'Mounting takes root.';
	for (const tool of ['/sbin/losetup', '/sbin/mkfs.vfat', '/sbin/mkfs.ext4'])
		if (
			await access(tool).then(
				() => false,
				() => true,
			)
		)
			return `${tool} is missing.`;
	return (await tryTool('losetup', ['--find'])).status === 0 ? false : 'There is no loop device.';
}

const known = await readFile('/proc/filesystems', 'utf8');
/** Owners are mapped by mount(8) of util-linux 2.39, which the image has, and later. */
const version = /util-linux 2\.(\d+)/.exec((await tryTool('mount', ['--version'])).output);
const ownsMounts = Number(version?.[1] ?? 0) >= 39;

describe('A stick that is plugged in', { skip: await findObstacle() }, () => {
	let folder = '';
	let verbs: Readonly<Record<string, Verb>>;
	const devices: string[] = [];
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'vitrine-drives-'));
		process.env.VITRINE_LOOP_DRIVES = '1';
		({ driveVerbs: verbs } = await import('../keeper/drive-verbs.ts'));
	});
	after(async () => {
		for (const device of devices) await tryTool('losetup', ['--detach', device]);
		await rm(folder, { recursive: true });
	});

	const run = (verb: string, given: object): Promise<unknown> => {
		const known = verbs[verb];
		assert.ok(known);
		return known.run({ ...given }, work);
	};
	const keeper = {
		ask: async ({ verb, arguments: given }: AskRequest, { onLine }: AskListener) =>
			onLine({ result: await run(verb, given) }),
	};

	async function plugIn(format: keyof typeof makers, label: string): Promise<{ file: string; drive: string }> {
		const file = path.join(folder, `${label}.img`);
		await runTool('truncate', ['-s', '48M', file]);
		const [maker, ...options] = makers[format];
		await runTool(maker, [...options, label, file]);
		const device = (await runTool('losetup', ['--find', '--show', file])).trim();
		devices.push(device);
		const drives = (await run('drive.list', {})) as { identifier: string; name: string }[];
		const found = drives.find(({ name }) => name === label);
		assert.ok(found, `${label} is listed`);
		return { file, drive: found.identifier };
	}

	async function mount(drives: Drives, drive: string): Promise<RemoteFileSystem> {
		let readOnly = true;
		const onLine: AskListener['onLine'] = (line) => {
			if ('result' in line) ({ readOnly } = line.result as { readOnly: boolean });
		};
		await drives.answer({ verb: 'drive.mount', arguments: { drive } }, { onLine });
		assert.equal(readOnly, false);
		return new RemoteFileSystem((question) => drives.ask(drive, question), { readOnly });
	}

	for (const format of ['vfat', 'ext4'] as const)
		test(`of ${format} takes files, and has them when it is plugged in again`, {
			skip: known.includes(`\t${format}\n`) ? false : `This kernel does not know ${format}.`,
		}, async () => {
			const { drive } = await plugIn(format, `TEST-${format.toUpperCase()}`);
			const drives = new Drives(keeper);
			const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
			const files = await mount(drives, drive);
			const made = files.create(files.create(files.root, 'Prüfung', 'directory'), 'Result.bin', 'file');
			files.retain(made);
			files.write(made, 0, bytes);
			const answers: object[] = [];
			await drives.answer(
				{ verb: 'drive.unmount', arguments: { drive } },
				{ onLine: (line) => void answers.push(line) },
			);
			assert.match(JSON.stringify(answers), /EBUSY/, 'not while a file is open');
			files.release(made);
			await drives.answer({ verb: 'drive.unmount', arguments: { drive } }, { onLine: () => undefined });
			assert.throws(() => files.find(files.root, 'Prüfung'), { code: 'ENXIO' });
			const again = await mount(drives, drive);
			const inside = again.find(again.find(again.root, 'Prüfung') ?? 0, 'Result.bin') ?? 0;
			const into = new Uint8Array(bytes.length);
			assert.equal(again.read(inside, 0, into), bytes.length);
			assert.deepEqual(into, bytes);
			if (ownsMounts) assert.equal((await stat(`/run/drives/${drive}`)).uid, 801);
			await drives.answer({ verb: 'drive.unmount', arguments: { drive } }, { onLine: () => undefined });
		});

	test('leads nowhere by a link, and runs nothing', async () => {
		const { drive } = await plugIn('ext4', 'TEST-LINKS');
		await run('drive.mount', { drive });
		const place = `/run/drives/${drive}`;
		try {
			await symlink('/etc/passwd', `${place}/out`);
			await assert.rejects(readFile(`${place}/out`), { code: 'ELOOP' });
			await writeFile(`${place}/program`, '#!/bin/sh\n', { mode: 0o755 });
			await assert.rejects(runTool(`${place}/program`, []), { code: 'EIO' });
		} finally {
			await run('drive.unmount', { drive });
		}
	});

	test('that holds a part of Vitrine is not touched, nor what is no drive', async () => {
		await assert.rejects(plugIn('ext4', 'VITRINE-DATA'), /is listed/);
		for (const drive of ['sda@1', '../etc@1', 'loop0', '', 'loop0@1/..'])
			await assert.rejects(run('drive.mount', { drive }), { name: 'OsError' }, drive);
	});
});
