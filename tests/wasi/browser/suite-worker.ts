/** A system without a desktop in a Worker of the browser: runs one test of the suite after the other. */
import { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { WebProgramLauncher } from '#hosts/web/program-launcher.ts';
import { runSuiteCase, type SuiteCase } from '../suite-case.ts';

addEventListener('message', (event: MessageEvent<SuiteCase>) => {
	runSuiteCase(
		event.data,
		(volume) =>
			new HeadlessSystem({
				volume,
				host: 'web',
				makeLauncher: (turns) =>
					new WebProgramLauncher({ windowPrograms: new Set(), turns, tellPage: () => undefined }),
			}),
	).then(
		(failure) => postMessage(failure),
		(error: unknown) => postMessage(`the system failed: ${error instanceof Error ? error.stack : error}`),
	);
});
