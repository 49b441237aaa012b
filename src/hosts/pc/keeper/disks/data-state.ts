/**
 * The data partition of this session: what `distro/root/usr/lib/vitrine/mount-data` found at the start, opening it, and going on
 * without it. The files beside `/run/vitrine-data` say how it went.
 */
import { access, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { OsError } from '#abi/errors.ts';
import type { PcData, PcDataState } from '#abi/structures.generated.ts';
import { runTool, tryTool } from '../run-tool.ts';
import { changePassphrase, openEncrypted } from './data-partition.ts';
import { type DiskOptions, listDisks } from './list-disks.ts';

const record = '/run/vitrine-data';
const dataFolder = '/data';

export async function readDataState(options: DiskOptions): Promise<PcData> {
	const state = await readState();
	const partition = await readPartition();
	const none = { state, device: '', disk: '', encrypted: false, sizeBytes: 0, freeBytes: 0 };
	if (partition === undefined) return none;
	const disks = await listDisks(options);
	const disk = disks.find(({ parts }) => parts.some(({ path }) => path === partition));
	const part = disk?.parts.find(({ path }) => path === partition);
	// The stick was pulled.
	if (disk === undefined || part === undefined) return none;
	const { bavail, bsize } = await statfs(dataFolder);
	return {
		state,
		device: part.device,
		disk: disk.model,
		encrypted: part.format === 'crypto_LUKS',
		sizeBytes: part.sizeBytes,
		freeBytes: state === 'kept' ? bavail * bsize : 0,
	};
}

/** EACCES when the passphrase is wrong. Replies with what became of it: `kept`, or `damaged`. */
export async function unlockData(passphrase: string): Promise<PcDataState> {
	const partition = await requireLocked();
	await openEncrypted(partition, passphrase);
	await runTool('/usr/lib/vitrine/mount-data', ['opened']);
	await rm(`${record}-locked`, { force: true });
	return await readState();
}

/** Goes on without it: the session is forgotten at its end. */
export async function leaveDataAlone(): Promise<void> {
	await requireLocked();
	await writeFile(`${record}-left-alone`, '');
	await rm(`${record}-locked`, { force: true });
}

export async function setDataPassphrase(present: string, next: string): Promise<void> {
	const partition = await readPartition();
	if (partition === undefined) throw new OsError('ENXIO', 'there is no data partition');
	const { output } = await tryTool('blkid', ['--probe', '--output', 'value', '--match-tag', 'TYPE', partition]);
	if (output.trim() !== 'crypto_LUKS') throw new OsError('ENOTSUP', 'the data partition is not encrypted');
	await changePassphrase(partition, { present, next });
}

async function requireLocked(): Promise<string> {
	const partition = await readPartition();
	if (partition === undefined || (await readState()) !== 'locked') throw new OsError('EINVAL', 'nothing is locked');
	return partition;
}

async function readState(): Promise<PcDataState> {
	const isThere = (file: string) =>
		access(file).then(
			() => true,
			() => false,
		);
	if (await isThere(`${record}-locked`)) return 'locked';
	if (await isThere(`${record}-mounted`)) return 'kept';
	if (await isThere(`${record}-damaged`)) return 'damaged';
	return (await isThere(`${record}-left-alone`)) ? 'left-alone' : 'none';
}

async function readPartition(): Promise<string | undefined> {
	const text = await readFile(record, 'utf8').catch(() => '');
	return text.trim() === '' ? undefined : text.trim();
}
