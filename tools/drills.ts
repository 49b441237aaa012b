/** `npm run drills`: a person gets their encrypted files back, each way there is (`tests/drills`). */
import { drills, runHarness } from './harness.ts';

await runHarness(drills);
