/** The programs there are, as the host names them, and which one opens what. */
import type { ProgramDescriptor } from '#runtime/window-program.ts';

export class ProgramRegistry {
	readonly all: readonly ProgramDescriptor[];

	constructor(descriptors: readonly ProgramDescriptor[]) {
		this.all = descriptors;
	}

	/** Those of the Start menu, by title. */
	get startPrograms(): readonly ProgramDescriptor[] {
		return this.all.filter((program) => program.showInStart).sort((one, other) => one.title.localeCompare(other.title));
	}

	find(name: string): ProgramDescriptor | undefined {
		return this.all.find((program) => program.name === name);
	}

	/** The window program for files with this extension (with the dot, lower case). */
	findForExtension(extension: string): ProgramDescriptor | undefined {
		if (extension === '') return undefined;
		return this.all.find((program) => program.kind === 'window' && program.opens.includes(extension));
	}

	/** Programs that a person may choose for a file, best first. */
	programsForFiles(): readonly ProgramDescriptor[] {
		return this.all.filter((program) => program.kind === 'window' && program.opens.length > 0);
	}
}
