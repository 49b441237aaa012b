/** `npm run fuzz`: hostile files for every recogniser and reader (`tests/fuzz`). */
import { runHarness } from './harness.ts';

await runHarness('tests/fuzz', 'Hostile files');
