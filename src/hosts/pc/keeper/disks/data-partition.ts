/**
 * Makes a data partition of a partition, and opens one: ext4, or LUKS2 with ext4 in it.
 *
 * Rules of use: the label `VITRINE-DATA` stands on the LUKS header and on the ext4, so that a start finds either.
 *
 * Invariants: a passphrase reaches cryptsetup by its standard input, and a second one by a file in memory; never by a word. What stood on the partition before is not taken for a
 * file system by anybody afterwards.
 */
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OsError } from '#abi/errors.ts';
import { partitionNames } from '../../installed-disk/layout.ts';
import { writeHeaderLayout } from '../header-layout.ts';
import { KeptSettings, settingsFolder } from '../kept-settings.ts';
import { runTool, tryTool } from '../run-tool.ts';

const label = partitionNames.data;
/** Of the opened partition, in `/dev/mapper`. */
export const openedName = 'vitrine-data';

/**
 * How dear a guess is (RFC 9106): a quarter of a gibibyte of memory, so that a PC with two can open it beside a browser; as
 * many passes as fit into two seconds on the PC that makes it.
 */
export const dearDerivation: readonly string[] = [
	'--pbkdf',
	'argon2id',
	'--pbkdf-memory',
	'262144',
	'--iter-time',
	'2000',
];

export interface NewDataOptions {
	readonly derivation?: readonly string[];
	/** The settings of the PC, which go along. */
	readonly settings?: string;
}

/**
 * Erases the partition. An empty passphrase makes one that anybody can read. What was chosen for the PC goes along, so that
 * the first start from there finds the same keyboard, screen and clock.
 */
export async function makeDataPartition(
	partition: string,
	passphrase: string,
	{ derivation = dearDerivation, settings = settingsFolder }: NewDataOptions = {},
): Promise<void> {
	await runTool('wipefs', ['--all', '--force', partition]);
	if (passphrase === '') {
		await makeExt4(partition, settings);
		return;
	}
	const words = ['luksFormat', '--batch-mode', '--type', 'luks2', '--label', label, '--key-file', '-'];
	await runTool('cryptsetup', [...words, ...derivation, partition], { input: passphrase });
	const layouts = await new KeptSettings(settings).find('keyboard');
	if (layouts !== undefined) await writeHeaderLayout(partition, layouts);
	const name = `${openedName}-new`;
	await openEncrypted(partition, passphrase, name);
	try {
		await makeExt4(`/dev/mapper/${name}`, settings);
	} finally {
		await runTool('cryptsetup', ['close', name]);
	}
}

async function makeExt4(device: string, settings: string): Promise<void> {
	const content = await mkdtemp(path.join(tmpdir(), 'keeper-'));
	try {
		await chmod(content, 0o755);
		await cp(settings, path.join(content, 'settings'), { recursive: true }).catch(expectMissing);
		// No share is held back for root, who keeps no files here.
		await runTool('mkfs.ext4', ['-q', '-F', '-L', label, '-m', '0', '-d', content, device]);
	} finally {
		await rm(content, { recursive: true });
	}
}

/** Nobody chose anything. */
function expectMissing(error: NodeJS.ErrnoException): void {
	if (error.code !== 'ENOENT') throw error;
}

/** EACCES when the passphrase is wrong. */
export async function openEncrypted(partition: string, passphrase: string, name = openedName): Promise<string> {
	await runPassphrase(['open', '--type', 'luks2', '--key-file', '-', partition, name], passphrase);
	return `/dev/mapper/${name}`;
}

/** EACCES when `present` is wrong. The old passphrase opens nothing from then on. */
export async function changePassphrase(
	partition: string,
	{ present, next }: { readonly present: string; readonly next: string },
	derivation = dearDerivation,
): Promise<void> {
	// It reads only one of the two from its input; the other waits in memory, in a folder that is root's alone.
	const folder = await mkdtemp(path.join(tmpdir(), 'keeper-'));
	try {
		const file = path.join(folder, 'next');
		await writeFile(file, next, { mode: 0o600 });
		await runPassphrase(['luksChangeKey', '--batch-mode', '--key-file', '-', ...derivation, partition, file], present);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** cryptsetup says by its status that no key fits. */
async function runPassphrase(words: readonly string[], input: string): Promise<void> {
	const { status, complaint } = await tryTool('cryptsetup', words, { input });
	if (status === 2) throw new OsError('EACCES', 'the passphrase is wrong');
	if (status !== 0) throw new OsError('EIO', `cryptsetup: ${complaint.trim()}`);
}
