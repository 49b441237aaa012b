/** What the guest plays is heard: the samples that reach the loudspeakers are measured. */
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { FileDesktop } from '../desktop/files-desktop.ts';
import { MachineWindow, openSampleFolder, until } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

interface Listening {
	peak?: () => number;
}

/** Puts a meter beside the loudspeakers of the page: `peak` gives the largest sample of the last moment. */
async function listen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode) => AudioNode;
		const peaks: (() => number)[] = [];
		(globalThis as Listening).peak = () => Math.max(0, ...peaks.map((peak) => peak()));
		AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode) {
			if (target instanceof AudioDestinationNode) {
				const meter = new AnalyserNode(this.context, { fftSize: 8192 });
				const samples = new Float32Array(8192);
				connect.call(this, meter);
				peaks.push(() => {
					// A context at rest plays nothing, and its meter keeps what it saw last.
					if (meter.context.state !== 'running') return 0;
					meter.getFloatTimeDomainData(samples);
					return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
				});
			}
			return connect.call(this, target);
		} as typeof AudioNode.prototype.connect;
	});
}

async function isHeard(page: Page): Promise<boolean> {
	return await page.evaluate(() => ((globalThis as Listening).peak?.() ?? 0) > 0.01);
}

test('the PC speaker of a DOS program is heard, and muted it is not', async () => {
	await using desktop = await FileDesktop.start(server);
	await listen(desktop.page);
	const machine = await MachineWindow.open(await openSampleFolder(desktop), 'LATHE.COM');
	await machine.type('2');
	await until(
		() => isHeard(desktop.page),
		10_000,
		async () => 'the sound of turning',
	);
	await machine.window.getByRole('button', { name: 'Sound', exact: true }).click();
	await until(
		async () => !(await isHeard(desktop.page)),
		5_000,
		async () => 'silence',
	);
	await machine.close('Turn off');
});

test('the speaker of a PC is heard', async () => {
	await using desktop = await FileDesktop.start(server);
	await listen(desktop.page);
	await desktop.icon('Samples').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('Samples'), 'Sample floppy.img');
	await machine.shows('Type here:');
	const heard = until(
		() => isHeard(desktop.page),
		10_000,
		async () => 'the beep before the picture',
	);
	await machine.type('F1');
	await heard;
	await machine.close();
});
