/**
 * A machine's window in the desktop under test, and what a person does with it.
 *
 * Rules of use: `MachineWindow.open` double-clicks a file in Explorer and waits for the first picture.
 */
import type { Locator, Page } from 'playwright-core';
import { until } from '../browser/until.ts';
import type { ExplorerWindow, FileDesktop } from '../desktop/files-desktop.ts';

/** Starts the DOS sample; its menu stands and takes keys. */
export async function openLathe(explorer: ExplorerWindow, name = 'LATHE.COM'): Promise<MachineWindow> {
	const machine = await MachineWindow.open(explorer, name);
	await machine.hasSize('640 × 400');
	await machine.hasColour();
	await machine.takesKeys();
	return machine;
}

/** Walks to the DOS sample as a person does: the folder on the desktop, the folder in it. */
export async function openSampleFolder(desktop: FileDesktop): Promise<ExplorerWindow> {
	await desktop.icon('Samples').dblclick();
	await desktop.explorer('Samples').item('LATHE').dblclick();
	const explorer = desktop.explorer('LATHE');
	await explorer.item('LATHE.COM').waitFor();
	return explorer;
}

export class MachineWindow {
	readonly page: Page;
	readonly window: Locator;

	constructor(page: Page, title: string) {
		this.page = page;
		this.window = page.getByRole('dialog', { name: title, exact: true });
	}

	static async open(explorer: ExplorerWindow, name: string): Promise<MachineWindow> {
		await explorer.item(name).dblclick();
		const machine = new MachineWindow(explorer.page, name);
		await machine.screen.and(explorer.page.locator(':visible')).waitFor();
		return machine;
	}

	get screen(): Locator {
		return this.window.locator('canvas');
	}

	button(name: string): Locator {
		return this.window.getByRole('button', { name, exact: true });
	}

	/** Width and height of the guest's picture. */
	async size(): Promise<string> {
		return this.screen.evaluate(
			(canvas) => `${(canvas as HTMLCanvasElement).width} × ${(canvas as HTMLCanvasElement).height}`,
		);
	}

	/** Waits until the keyboard is the guest's. */
	async takesKeys(): Promise<void> {
		await this.window.getByRole('application').and(this.page.locator(':focus')).waitFor();
	}

	/** Presses keys one after the other, as slowly as a person does: old programs look at the keyboard now and then. */
	async type(...keys: readonly string[]): Promise<void> {
		for (const key of keys) await this.page.keyboard.press(key, { delay: 60 });
	}

	async text(): Promise<string> {
		return (await this.window.getByRole('log', { name: 'Text on the screen' }).textContent()) ?? '';
	}

	/** Waits until the machine says that this stands on its screen. */
	async shows(text: string): Promise<void> {
		await until(
			async () => (await this.text()).includes(text),
			async () => `"${text}" in:\n${await this.text()}`,
		);
	}

	/** Waits until the guest's picture has this size. */
	async hasSize(size: string): Promise<void> {
		await until(
			async () => (await this.size()) === size,
			async () => `${size}; it is ${await this.size()}`,
		);
	}

	/** Waits until there is colour in the picture: what DOS itself writes is grey. */
	async hasColour(): Promise<void> {
		const isColoured = (element: HTMLElement | SVGElement): boolean => {
			const small = new OffscreenCanvas(80, 50);
			const context = small.getContext('2d');
			context?.drawImage(element as HTMLCanvasElement, 0, 0, 80, 50);
			const points = context?.getImageData(0, 0, 80, 50).data ?? [];
			return points.some((value, at) => at % 4 === 0 && Math.abs(value - (points[at + 2] ?? 0)) > 40);
		};
		await until(
			() => this.screen.evaluate(isColoured),
			async () => 'a picture with colours',
		);
	}

	/** The picture as it is shown, to compare with a later one. */
	async picture(): Promise<string> {
		return (await this.screen.screenshot()).toString('base64');
	}

	async choose(menu: string, entry: string): Promise<void> {
		await this.button(menu).click();
		await this.page.getByRole('menuitemcheckbox', { name: entry, exact: true }).click();
	}

	/** Closes the window and answers what it asks. */
	async close(answer?: string): Promise<void> {
		await this.button('Close').first().click();
		if (answer !== undefined) {
			await this.page
				.getByRole('alertdialog', { name: 'Machine' })
				.getByRole('button', { name: answer, exact: true })
				.click();
		}
		await this.window.waitFor({ state: 'detached' });
	}
}
