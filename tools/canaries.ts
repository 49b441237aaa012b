/** `npm run canaries`: traces of what was written into encrypted files (`tests/canaries`). */
import { canaries, runHarness } from './harness.ts';

await runHarness(canaries);
