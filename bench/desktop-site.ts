/** A web desktop that the same script can measure: where it is served, and how its parts are found. */
import type { Locator, Page } from 'playwright-core';

export interface DesktopSite extends AsyncDisposable {
	readonly name: string;
	readonly url: string;
	/** Whether it sets the marks `desktop-painted` and `desktop-interactive`. */
	readonly setsMarks: boolean;
	/** The button that opens the start menu. */
	startButton(page: Page): Locator;
	/** What is visible when the start menu is open. */
	startMenu(page: Page): Locator;
	/** Opens the program that shows files and returns its window's title bar. */
	openFiles(page: Page): Promise<Locator>;
}
