/** Dragging a window while eight are open, on software rendering, with the glass that the frame times have chosen. */
import { launchBrowser } from '../tests/browser/browser.ts';
import { openDesktop, startProgram } from '../tests/browser/desktop-page.ts';
import { dragInCircles, measureFrames } from './frames.ts';
import { type Benchmark, measureRounds } from './measurement.ts';
import { openVitrine } from './vitrine-site.ts';

const windowCount = 8;

export const benchmark: Benchmark = async (context) => {
	await using site = await openVitrine();
	await using browser = await launchBrowser({ viewport: { width: 1366, height: 768 } });
	const page = await browser.newPage();
	await openDesktop(page, site.url);
	for (let count = 0; count < windowCount - 1; count++) await startProgram(page, 'Notepad');
	const title = await site.openFiles(page);
	const box = await title.boundingBox();
	if (box === null) throw new Error('The window has no title bar to drag.');
	const handle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	// The first drag is the one by which the desktop finds the glass that this machine can draw.
	context.say('a first drag, for the glass to settle');
	await dragInCircles(page, handle);
	const samples = await measureRounds(context, async (round) => {
		context.say(`drag with ${windowCount} windows, ${round + 1} of ${context.rounds}`);
		return { frames: await measureFrames(page, () => dragInCircles(page, handle)) };
	});
	// A display of 60 Hz gives 60, less the frame that the clock rounds away.
	return [
		{
			title: `Dragging a window with ${windowCount} open`,
			unit: 'frames/s',
			samples: samples.get('frames') ?? [],
			target: { least: 59 },
		},
	];
};
