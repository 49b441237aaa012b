/**
 * Old programs: from the double-click in Explorer to the first picture in the machine's window.
 *
 * Cold is the first start of a new profile: the program's code and the engine come over the wire and are compiled. Warm is
 * the second start: a new machine with a new Worker, from what the browser keeps.
 */
import { startServer, type TestServer } from '../tests/browser/browser.ts';
import { type ExplorerWindow, FileDesktop } from '../tests/desktop/files-desktop.ts';
import { MachineWindow, openSampleFolder } from '../tests/legacy/machine-window.ts';
import { type Benchmark, measureRounds } from './measurement.ts';

/** In the page: notes the double-click and the frame in which the guest's picture is first shown. */
function watchFirstPicture(): Promise<number> {
	return new Promise((resolve) => {
		let start = 0;
		addEventListener('dblclick', (event) => (start = event.timeStamp), { capture: true, once: true });
		const look = () => {
			const canvas = document.querySelector<HTMLElement>('.machine-canvas');
			if (start > 0 && canvas?.style.visibility === 'visible') resolve(performance.now() - start);
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
}

async function measureStart(explorer: ExplorerWindow, name: string): Promise<number> {
	await explorer.item(name).waitFor();
	const picture = explorer.page.evaluate(watchFirstPicture);
	const machine = await MachineWindow.open(explorer, name);
	const took = await picture;
	await machine.close();
	await explorer.window.getByRole('button', { name: 'Close', exact: true }).first().click();
	await explorer.window.waitFor({ state: 'detached' });
	return took;
}

async function measureProfile(server: TestServer): Promise<{ cold: number; warm: number; pc: number }> {
	await using desktop = await FileDesktop.start(server);
	const cold = await measureStart(await openSampleFolder(desktop), 'LATHE.COM');
	const warm = await measureStart(await openSampleFolder(desktop), 'LATHE.COM');
	await desktop.icon('Samples').dblclick();
	const pc = await measureStart(desktop.explorer('Samples'), 'Sample floppy.img');
	return { cold, warm, pc };
}

export const benchmark: Benchmark = async (context) => {
	await using server = await startServer();
	context.say('starting the DOS sample and the sample floppy');
	const samples = await measureRounds(context, () => measureProfile(server));
	return [
		{
			title: 'DOS program, double-click to first frame, cold',
			unit: 'ms',
			samples: samples.get('cold') ?? [],
			target: { most: 1500 },
		},
		{
			title: 'DOS program, double-click to first frame, warm',
			unit: 'ms',
			samples: samples.get('warm') ?? [],
			target: { most: 800 },
		},
		{ title: 'PC from a floppy, double-click to first frame', unit: 'ms', samples: samples.get('pc') ?? [] },
	];
};
