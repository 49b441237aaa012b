/** The system without a desktop in Node. */
import type { LogEvent } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import { HeadlessSystem } from '../common/headless-system.ts';
import { makeVault } from './make-vault.ts';
import { NodeProgramLauncher } from './program-launcher.ts';

export function startHeadless(volume: SystemVolume, onLogEvent?: (event: LogEvent) => void): HeadlessSystem {
	const makeLauncher = (turns: CallTurns) => new NodeProgramLauncher(turns);
	return new HeadlessSystem({ volume, vault: makeVault(), makeLauncher, host: 'node', onLogEvent });
}
