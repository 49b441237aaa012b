/** `npm run kill-guests`: programs for WASI are killed at random moments (`tests/processes`). */
import { guestKills, runHarness } from './harness.ts';

await runHarness(guestKills);
