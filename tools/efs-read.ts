/**
 * `npm run efs-read -- VOLUME BACKUP PATH`: decrypts one file of a volume at rest, and writes it to standard output.
 *
 * An independent reader: it follows docs/formats/volume.md and docs/formats/efs2.md and shares no code with the system, so
 * that it says whether the pages suffice, and helps when nothing else does. VOLUME is the folder with the files of a volume,
 * BACKUP a backup of keys (`.age`); its passphrase is asked for, or read from EFS_PASSPHRASE. Without PATH, or with a folder,
 * it lists names.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { readBackup } from './efs-read/backup-keys.ts';
import { holdersOf, readEncrypted } from './efs-read/encrypted-file.ts';
import { StoredVolume } from './efs-read/stored-volume.ts';

const usage = 'efs-read VOLUME BACKUP [PATH]';

async function main([folder, backup, path = '/']: readonly string[]): Promise<void> {
	if (folder === undefined || backup === undefined) throw new Error(usage);
	const volume = new StoredVolume(folder);
	try {
		const node = volume.find(path);
		if (node === undefined) throw new Error(`There is no ${path} on this volume.`);
		if (node.kind === 'directory') list(volume, node.inode);
		else await copy(volume, node, readBackup(readFileSync(backup), await askPassphrase()));
	} finally {
		volume.close();
	}
}

function list(volume: StoredVolume, directory: number): void {
	for (const entry of volume.list(directory)) {
		const isEncrypted = entry.kind === 'file' && volume.attribute(entry.inode, 'system.efs') !== undefined;
		const holders = isEncrypted ? `  opened by ${holdersOf(volume, entry).join(', ')}` : '';
		console.log(`${entry.kind === 'directory' ? `${entry.name}/` : entry.name}${holders}`);
	}
}

async function copy(...[volume, node, keys]: Parameters<typeof readEncrypted>): Promise<void> {
	for (const chunk of readEncrypted(volume, node, keys))
		if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

async function askPassphrase(): Promise<string> {
	const given = process.env.EFS_PASSPHRASE;
	if (given !== undefined) return given;
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await terminal.question('Passphrase of the backup: ');
	terminal.close();
	return answer;
}

try {
	await main(process.argv.slice(2));
} catch (error) {
	console.error(`efs-read: ${error instanceof Error ? error.message : error}`);
	process.exitCode = 1;
}
