/** `npm run tamper`: attacks on stored encrypted files by who has no key (`tests/tamper`). */
import { runHarness, tampering } from './harness.ts';

await runHarness(tampering);
