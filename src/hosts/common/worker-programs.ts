/** The programs that run in a Worker of their own, by name. Both hosts start them from this list. */
import type { LoadWorkerProgram } from '#runtime/worker-program.ts';

export const workerPrograms: Readonly<Record<string, LoadWorkerProgram>> = {
	maintenance: () => import('#programs/maintenance/program.ts'),
	sh: () => import('#programs/sh/program.ts'),
};
