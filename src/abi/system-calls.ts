/**
 * The system calls: the contract between programs and the kernel.
 *
 * Rules of use:
 * - This table is the source; a call stands in the file of `calls/` for what it acts on. `npm run generate` makes from
 *   it the clients (`runtime/*.generated.ts`), the gate's validation (`kernel/gate.generated.ts`), the layouts of messages
 *   in shared memory (`layouts.generated.ts`) and the reference pages (`docs/syscalls/`).
 * - A number never changes and is never reused; a call that goes leaves a gap.
 * - `mutates: true` says that the reply is sent only after the change is on stable storage.
 */
import type { SystemCallDefinition } from './call-definition.ts';
import { accountCalls } from './calls/account-calls.ts';
import { attributeCalls } from './calls/attribute-calls.ts';
import { directoryCalls } from './calls/directory-calls.ts';
import { encryptionCalls } from './calls/encryption-calls.ts';
import { fileCalls } from './calls/file-calls.ts';
import { lockCalls } from './calls/lock-calls.ts';
import { logCalls } from './calls/log-calls.ts';
import { pathCalls } from './calls/path-calls.ts';
import { pcApplianceCalls } from './calls/pc-appliance-calls.ts';
import { pcCalls } from './calls/pc-calls.ts';
import { pcDiskCalls } from './calls/pc-disk-calls.ts';
import { pcDriveCalls } from './calls/pc-drive-calls.ts';
import { pcUpdateCalls } from './calls/pc-update-calls.ts';
import { processCalls } from './calls/process-calls.ts';
import { securityCalls } from './calls/security-calls.ts';
import { serviceCalls } from './calls/service-calls.ts';
import { settingCalls } from './calls/setting-calls.ts';
import { streamCalls } from './calls/stream-calls.ts';
import { systemInformationCalls } from './calls/system-information-calls.ts';
import { terminalCalls } from './calls/terminal-calls.ts';
import { versionCalls } from './calls/version-calls.ts';
import { volumeCalls } from './calls/volume-calls.ts';
import { watchCalls } from './calls/watch-calls.ts';

export const systemCalls: readonly SystemCallDefinition[] = [
	...processCalls,
	...streamCalls,
	...fileCalls,
	...pathCalls,
	...directoryCalls,
	...terminalCalls,
	...attributeCalls,
	...lockCalls,
	...watchCalls,
	...securityCalls,
	...encryptionCalls,
	...volumeCalls,
	...systemInformationCalls,
	...settingCalls,
	...logCalls,
	...serviceCalls,
	...versionCalls,
	...accountCalls,
	...pcDiskCalls,
	...pcUpdateCalls,
	...pcDriveCalls,
	...pcApplianceCalls,
	...pcCalls,
];
