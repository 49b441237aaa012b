/**
 * The image, from nothing to the desktop: built with light compression and started once, by BIOS, from a disc.
 *
 * Where that cannot be tried (programs, space, memory or a network are missing) the test is skipped and says why. Whatever
 * goes wrong with everything at hand is a failure. Everything else about the image is in `npm run iso:test`.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeReady } from '../../tools/iso/make-ready.ts';
import { readPng } from '../../tools/iso/read-png.ts';
import { isoCacheDirectory } from '../../tools/iso/stage.ts';
import { VirtualPc } from '../../tools/iso/virtual-pc.ts';
import { fetchFailedStatus } from '../../tools/setup/fetch-error.ts';
import { fromRoot } from '../../tools/setup/paths.ts';
import { runCommand } from '../../tools/setup/run-command.ts';

/** An emulated PC needs a minute on a quiet machine, and several on a busy one. */
const startTimeoutMs = 400_000;
/** The desktop with its picture, bar and icons has thousands; an empty screen or one with text, a few. */
const leastColours = 500;

test('An image is built from nothing, and a PC with BIOS starts from it to the desktop', async (context) => {
	const missing = await makeReady();
	if (missing.length > 0) {
		context.skip(missing.join(' '));
		return;
	}
	const { status, output } = await runCommand(process.execPath, [fromRoot('tools', 'iso.ts'), '--keep'], {
		environment: { VITRINE_FAST_IMAGE: '1' },
	});
	if (status === fetchFailedStatus) {
		context.skip(`Debian's packages could not be fetched: ${output.slice(-1_000)}`);
		return;
	}
	assert.equal(status, 0, `The image could not be built:\n${output.slice(-4_000)}`);
	for (const line of output.matchAll(/^\[.*\d+ s\.$/gm)) context.diagnostic(line[0]);
	await using pc = await VirtualPc.start({
		image: path.join(isoCacheDirectory, 'image', 'vitrine.iso'),
		directory: path.join(isoCacheDirectory, 'runs', 'start'),
	});
	try {
		context.diagnostic(await pc.waitFor(/desktop ready \d+x\d+/, startTimeoutMs));
		context.diagnostic(`${Math.round(await pc.readProcessorSeconds())} s of the processor's time from power-on`);
		await waitForPicture(pc);
	} finally {
		await pc.screenshot('end');
	}
});

/** The desktop says that it is ready a moment before the emulated card shows it. */
async function waitForPicture(pc: VirtualPc): Promise<void> {
	let colours = 0;
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await wait(1_000)) {
		const { bgrx } = readPng(await readFile(await pc.screenshot('desktop')));
		colours = new Set(new Uint32Array(bgrx.buffer, bgrx.byteOffset, bgrx.byteLength / 4)).size;
		if (colours >= leastColours) return;
	}
	assert.fail(`The screen shows ${colours} colours: that is not the desktop. See ${isoCacheDirectory}/runs/start.`);
}
