/** Starts the kernel. The page runs this before anything else, so that its Worker starts beside the rest of the page. */
import { bootKernel, type KernelBoot } from './boot.ts';
import { missingFeatures } from './browser-features.ts';
import { machine } from './machine.ts';
import { programs } from './programs.ts';

/** What the browser lacks; with anything in it, no kernel is started. */
export const missing = missingFeatures();

const windowPrograms = programs.filter(({ kind }) => kind === 'window').map(({ name }) => name);

export const kernel: KernelBoot | undefined = missing.length === 0 ? bootKernel(windowPrograms, machine) : undefined;
