/** Vitrine as `npm start` serves it, for the script that measures desktops. */
import { startServer } from '../tests/browser/browser.ts';
import { automaticUrl, startButton, startMenu, startProgram, titleBar } from '../tests/browser/desktop-page.ts';
import type { DesktopSite } from './desktop-site.ts';

export async function openVitrine(): Promise<DesktopSite> {
	const server = await startServer();
	return {
		name: 'Vitrine',
		url: automaticUrl(server.url),
		setsMarks: true,
		startButton,
		startMenu,
		openFiles: async (page) => titleBar(await startProgram(page, 'Explorer')),
		[Symbol.asyncDispose]: () => server.close(),
	};
}
