/** What axe finds on a part of the page: rules of WCAG 2.2 A and AA and good practice, serious and critical ones. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';

let source: string | undefined;

/** One line a problem: rule, element, what is wrong. */
export async function findAccessibilityProblems(page: Page, part: Locator): Promise<string[]> {
	source ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
	// By the debugger, because the page's own policy closes it to foreign scripts.
	await page.evaluate(source);
	const element = await part.elementHandle();
	const results = await page.evaluate(async (context) => {
		const { axe: checker } = globalThis as unknown as { axe: typeof axe };
		return checker.run(context as Element, { resultTypes: ['violations'] });
	}, element);
	return results.violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
