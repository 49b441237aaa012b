/**
 * What a program in JavaScript imports as `vitrine:system`, and what its author's tools find as `vitrine/system`: the system
 * calls with their types, and the numbers that they speak of.
 *
 * A program is an ES module on the volume. Its first line may be `#!/bin/js`; its default export is a `Program`:
 *
 * ```js
 * #!/bin/js
 * import { OsError } from 'vitrine:system';
 *
 * export default async function (system, start) {
 *     const names = (await system.pathList(start.workingDirectory, '', 100)).names;
 *     if (start.standardOutput !== undefined)
 *         await system.streamWrite(start.standardOutput, new TextEncoder().encode(`${names.join('\n')}\n`));
 *     return 0;
 * }
 * ```
 */
// biome-ignore lint/performance/noBarrelFile: this is what the package shows to programs, and nothing of ours imports it but the one Worker that gives it to them.
export { errorTable, OsError } from '#abi/errors.ts';
export { openFlags } from '#abi/open-flags.ts';
export { directoryRights, rights } from '#abi/rights.ts';
export { signalTable } from '#abi/signals.ts';
export type * from '#abi/structures.generated.ts';
export type { System } from './system.ts';
export type { WorkerProgram as Program } from './worker-program.ts';
