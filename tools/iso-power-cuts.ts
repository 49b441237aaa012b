/**
 * `npm run iso:power-cuts`: cuts the power at any moment of a day with a data partition (`tests/power`). `-- 500` sets how
 * often; without it, 100 times.
 */
import { dataPartitionCuts, runHarness } from './harness.ts';

await runHarness(dataPartitionCuts);
