/** `npm run fuzz`: hostile files for every recogniser and reader (`tests/fuzz`). */
import { hostileFiles, runHarness } from './harness.ts';

await runHarness(hostileFiles);
