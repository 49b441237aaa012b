/** Makes the machine that a verdict asks for; the engine's code is loaded only then. */
import { extensionName } from '#base/path.ts';
import type { MachineChoice } from '#media/verdict.ts';
import type { System } from '#runtime/system.ts';
import type { Machine } from './machine.ts';

export interface MachineRequest {
	readonly system: System;
	/** The program or image on the volume. */
	readonly path: string;
	readonly choice: MachineChoice;
	/** Where the engines stand on this web host, with a `/` at the end. */
	readonly engines: string;
	/** DOS: whether the machine ends with the program instead of going back to the prompt. */
	readonly closeAtEnd: boolean;
}

export async function createMachine({ system, path, choice, engines, closeAtEnd }: MachineRequest): Promise<Machine> {
	if (choice.engine === 'dos') {
		const { DosMachine } = await import('./dos/dos-machine.ts');
		return new DosMachine({ system, program: path, engineDirectory: `${engines}dosbox/`, closeAtEnd });
	}
	const { PcMachine } = await import('./pc/pc-machine.ts');
	const { drive, memoryMegabytes } = choice;
	return new PcMachine({ system, image: path, drive, memoryMegabytes, engineDirectory: `${engines}v86/` });
}

const dosExtensions = new Set(['.com', '.exe', '.bat']);

/**
 * Begins to load what a file of this name will most likely need, while its bytes are still being looked at. It decides
 * nothing: the verdict does.
 */
export function prepareMachine(path: string, engines: string): void {
	if (!dosExtensions.has(extensionName(path))) return;
	// Should it fail, the machine that asks for it next tells so.
	import('./dos/dosbox-engine.ts')
		.then(({ DosboxEngine }) => DosboxEngine.prepare(`${engines}dosbox/`))
		.catch(() => undefined);
	import('./dos/dos-machine.ts').catch(() => undefined);
}
