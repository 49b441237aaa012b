/** `npm run crash`: power cuts, faults and bit rot on the volume (`tests/crash`). */
import { powerCuts, runHarness } from './harness.ts';

await runHarness(powerCuts);
