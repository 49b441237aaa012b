/** `npm run kill`: kills of the whole Chromium while it writes (`tests/kill`). */
import { runHarness } from './harness.ts';

await runHarness('tests/kill', 'Kills of the whole browser', 20);
