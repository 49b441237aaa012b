/** All contract cases, in the order in which they are shown. */
import { argumentCases } from './argument-cases.ts';
import { encryptionCases } from './encryption-cases.ts';
import { fileCases } from './file-cases.ts';
import { guestCases } from './guest-cases.ts';
import { jobCases } from './job-cases.ts';
import { keptFileCases } from './kept-file-cases.ts';
import { lockCases } from './lock-cases.ts';
import { logCases } from './log-cases.ts';
import type { ContractCase } from './machine.ts';
import { nodeCases } from './node-cases.ts';
import { pathCases } from './path-cases.ts';
import { pcCases } from './pc-cases.ts';
import { processCases } from './process-cases.ts';
import { scriptCases } from './script-cases.ts';
import { securityCases } from './security-cases.ts';
import { settingCases } from './setting-cases.ts';
import { streamCases } from './stream-cases.ts';
import { systemFileCases } from './system-file-cases.ts';
import { terminalCases } from './terminal-cases.ts';
import { versionCases } from './version-cases.ts';
import { volumeCases } from './volume-cases.ts';
import { wasiCases } from './wasi-cases.ts';
import { watchCases } from './watch-cases.ts';

export const contractCases: readonly ContractCase[] = [
	...argumentCases,
	...processCases,
	...jobCases,
	...guestCases,
	...scriptCases,
	...streamCases,
	...fileCases,
	...pathCases,
	...terminalCases,
	...nodeCases,
	...lockCases,
	...keptFileCases,
	...systemFileCases,
	...watchCases,
	...securityCases,
	...settingCases,
	...logCases,
	...encryptionCases,
	...volumeCases,
	...versionCases,
	...pcCases,
	...wasiCases,
];
