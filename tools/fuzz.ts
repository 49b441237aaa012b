/**
 * `npm run fuzz`: hostile files for every recogniser and reader (`tests/fuzz`); `npm run fuzz -- calls`: garbage in every
 * argument of every system call (`tests/garbage`). A number after it says how many.
 */
import { hostileCalls, hostileFiles, runHarness } from './harness.ts';

const [first, second] = process.argv.slice(2);
await (first === 'calls' ? runHarness(hostileCalls, second) : runHarness(hostileFiles, first));
