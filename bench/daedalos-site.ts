/**
 * daedalOS, measured by the same script when `VITRINE_DAEDALOS` names the directory of its static output (`out`).
 *
 * Its code is not here: build it outside the repository, with its own production build.
 */
import type { DesktopSite } from './desktop-site.ts';
import { startPeerServer } from './peer-server.ts';

export async function openDaedalos(directory: string): Promise<DesktopSite> {
	const server = await startPeerServer(directory);
	return {
		name: 'daedalOS',
		url: server.url,
		setsMarks: false,
		startButton: (page) => page.locator('main > nav > [title=Start]'),
		startMenu: (page) => page.locator('nav#startMenu'),
		async openFiles(page) {
			await page.goto(`${server.url}?app=FileExplorer`);
			const title = page.locator('main .react-draggable section header');
			await title.first().waitFor();
			return title.first();
		},
		[Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
	};
}
