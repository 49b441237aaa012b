/** All builtin commands by their name. */
import type { Builtin } from '../builtin.ts';
import { controlBuiltins } from './control.ts';
import { directoryBuiltins } from './directories.ts';
import { help } from './help.ts';
import { jobBuiltins } from './jobs.ts';
import { logBuiltins } from './log.ts';
import { outputBuiltins } from './output.ts';
import { readBuiltins } from './read.ts';
import { securityBuiltins } from './security.ts';
import { serviceBuiltins } from './service.ts';
import { settingsBuiltins } from './settings.ts';
import { testBuiltins } from './test.ts';
import { variableBuiltins } from './variables.ts';

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
	...Object.entries(controlBuiltins),
	...Object.entries(directoryBuiltins),
	...Object.entries(jobBuiltins),
	...Object.entries(outputBuiltins),
	...Object.entries(readBuiltins),
	...Object.entries(logBuiltins),
	...Object.entries(securityBuiltins),
	...Object.entries(serviceBuiltins),
	...Object.entries(settingsBuiltins),
	...Object.entries(testBuiltins),
	...Object.entries(variableBuiltins),
	['help', help(() => builtins)],
]);
