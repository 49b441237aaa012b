/** Waits for what cannot be waited for by a locator. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

const pollMs = 50;
/** Not a limit of the product: a busy machine may take it. */
const patienceMs = 90_000;

/** Looks again and again until `holds`; fails with what was expected. */
export async function until(holds: () => Promise<boolean>, expected: () => Promise<string>): Promise<void> {
	const end = performance.now() + patienceMs;
	while (!(await holds())) {
		if (performance.now() > end) assert.fail(`Expected ${await expected()}`);
		await wait(pollMs);
	}
}
