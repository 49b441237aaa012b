/** `npm run kill`: kills of the whole Chromium while it writes (`tests/kill`). */
import { browserKills, runHarness } from './harness.ts';

await runHarness(browserKills);
