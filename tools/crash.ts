/** `npm run crash`: power cuts, faults and bit rot on the volume (`tests/crash`). */
import { runHarness } from './harness.ts';

await runHarness('tests/crash', 'Power cuts and faults', 5000);
