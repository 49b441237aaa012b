/**
 * ZenFS on the origin's private files (`WebAccess` of `@zenfs/dom`), in a Worker of its own. When its promise resolves, the
 * browser has the bytes; it asks nobody to bring them to stable storage.
 */
import { configureSingle, fs } from '@zenfs/core';
import { WebAccess } from '@zenfs/dom';
import {
	folders,
	forEachFile,
	largeMegabytes,
	numbers,
	type PeerFigures,
	pathOf,
	piece,
	smallText,
	timeOf,
} from './figures.ts';

export async function measureZenfs(): Promise<PeerFigures> {
	const root = await navigator.storage.getDirectory();
	await configureSingle({ backend: WebAccess, handle: await root.getDirectoryHandle('zenfs', { create: true }) });
	for (const folder of [...folders('one'), ...folders('many')]) await fs.promises.mkdir(folder);
	const creates = await timeOf(async () => {
		for (const number of numbers) await fs.promises.writeFile(pathOf('one', number), smallText, { flag: 'wx' });
	});
	const together = await timeOf(() =>
		Promise.all(numbers.map((number) => fs.promises.writeFile(pathOf('many', number), smallText, { flag: 'wx' }))),
	);
	const opens = await timeOf(() => forEachFile((number) => openAndRead(pathOf('one', number))));
	const write = await timeOf(writeLarge);
	const copy = await timeOf(() => fs.promises.copyFile('/large', '/copy'));
	return { creates, together, opens, write, copy };
}

async function openAndRead(path: string): Promise<void> {
	const handle = await fs.promises.open(path, 'r');
	const { bytesRead } = await handle.read(new Uint8Array(smallText.length), 0, smallText.length, 0);
	if (bytesRead !== smallText.length) throw new Error(`${path} has ${bytesRead} bytes`);
	await handle.close();
}

async function writeLarge(): Promise<void> {
	const handle = await fs.promises.open('/large', 'wx');
	for (let at = 0; at < largeMegabytes << 20; at += piece.length) await handle.write(piece, 0, piece.length, at);
	await handle.close();
}
