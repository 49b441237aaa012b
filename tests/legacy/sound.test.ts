/** What the guest plays is heard: the samples that reach the loudspeakers are measured. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { until } from '../browser/until.ts';
import { FileDesktop } from '../desktop/files-desktop.ts';
import { MachineWindow, openLathe, openSampleFolder } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

interface Listening {
	/** The largest sample of the last moment. */
	peak?: () => number;
	/** Grows with every sound, and stays: a short beep is not missed between two looks. */
	sum?: () => number;
}

/** Puts meters beside the loudspeakers of the page. */
async function listen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const connect = AudioNode.prototype.connect as (this: AudioNode, target: AudioNode) => AudioNode;
		const peaks: (() => number)[] = [];
		const sums: (() => number)[] = [];
		const listening = globalThis as Listening;
		listening.peak = () => Math.max(0, ...peaks.map((peak) => peak()));
		listening.sum = () => Math.max(0, ...sums.map((sum) => sum()));
		const addMeter = (source: AudioNode): (() => number) => {
			const meter = new AnalyserNode(source.context, { fftSize: 8192 });
			const samples = new Float32Array(8192);
			connect.call(source, meter);
			return () => {
				// A context at rest plays nothing, and its meter keeps what it saw last.
				if (meter.context.state !== 'running') return 0;
				meter.getFloatTimeDomainData(samples);
				return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
			};
		};
		/** What is heard, without its sign and without what is too quiet to hear, going round in a loop. */
		const addLoop = (source: AudioNode): AudioNode => {
			const { context } = source;
			const loud = (value: number): number => (Math.abs(value) < 0.03 ? 0 : Math.abs(value));
			const curve = Float32Array.from({ length: 201 }, (_, at) => loud((at - 100) / 100));
			const rectifier = new WaveShaperNode(context, { curve });
			const loop = new DelayNode(context, { delayTime: 0.02 });
			const keep = new GainNode(context, { gain: 0.999 });
			connect.call(source, rectifier);
			for (const [from, to] of [
				[rectifier, loop],
				[loop, keep],
				[keep, loop],
			] as const)
				connect.call(from, to);
			return loop;
		};
		AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode) {
			if (target instanceof AudioDestinationNode) {
				peaks.push(addMeter(this));
				sums.push(addMeter(addLoop(this)));
			}
			return connect.call(this, target);
		} as typeof AudioNode.prototype.connect;
	});
}

const isHeard = (page: Page): Promise<boolean> => page.evaluate(() => ((globalThis as Listening).peak?.() ?? 0) > 0.01);

const soundsUntilNow = (page: Page): Promise<number> => page.evaluate(() => (globalThis as Listening).sum?.() ?? 0);

test('the PC speaker of a DOS program is heard, and muted it is not', async () => {
	await using desktop = await FileDesktop.start(server);
	await listen(desktop.page);
	const machine = await openLathe(await openSampleFolder(desktop));
	await machine.type('2');
	await until(
		async () => (await soundsUntilNow(desktop.page)) > 0.01,
		async () => 'the sound of turning',
	);
	await machine.type('Escape');
	await machine.hasSize('640 × 400');
	await machine.window.getByRole('button', { name: 'Sound', exact: true }).click();
	await until(
		async () => !(await isHeard(desktop.page)),
		async () => 'silence',
	);
	const heardBefore = await soundsUntilNow(desktop.page);
	await machine.screen.click();
	await machine.takesKeys();
	await machine.type('2');
	await machine.hasSize('320 × 200');
	await machine.type('Escape');
	await machine.hasSize('640 × 400');
	assert.ok((await soundsUntilNow(desktop.page)) <= heardBefore, 'it is muted');
	await machine.close('Turn off');
});

test('the speaker of a PC is heard', async () => {
	await using desktop = await FileDesktop.start(server);
	await listen(desktop.page);
	await desktop.icon('Samples').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('Samples'), 'Sample floppy.img');
	await machine.shows('Type here:');
	await machine.takesKeys();
	const before = await soundsUntilNow(desktop.page);
	await machine.type('F1');
	await until(
		async () => (await soundsUntilNow(desktop.page)) > before + 0.01,
		async () => 'the beep before the picture',
	);
	await machine.close();
});
