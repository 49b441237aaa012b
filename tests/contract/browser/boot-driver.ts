/** Works the page `boot.html` from a test. */
import type { Page } from 'playwright-core';

/** Not a limit of the product: a busy machine may take it. */
const limitMs = 90_000;

/** Waits until the start has reached a state; tells after how many milliseconds it did. */
export async function reachedState(page: Page, state: string): Promise<number> {
	const pattern = new RegExp(`(^|;)(${state} at (\\d+)|failed at .*);`);
	const output = page.locator('output');
	await page.waitForFunction(
		(source) => new RegExp(source).test(document.querySelector('output')?.textContent ?? ''),
		pattern.source,
		{ timeout: limitMs },
	);
	const [, , reached = '', time] = pattern.exec((await output.textContent()) ?? '') ?? [];
	if (time === undefined) throw new Error(`The start ${reached}`);
	return Number(time);
}

/** Presses a button and gives what it answers, as `label: answer;`. */
export async function pressButton(page: Page, label: string): Promise<string> {
	const before = ((await page.locator('pre').textContent()) ?? '').length;
	await page.getByRole('button', { name: label, exact: true }).click();
	await page.waitForFunction((length) => (document.querySelector('pre')?.textContent ?? '').length > length, before, {
		timeout: limitMs,
	});
	return ((await page.locator('pre').textContent()) ?? '').slice(before);
}
