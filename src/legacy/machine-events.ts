/** The events every machine has, with the state that goes with them. */
import { Emitter } from '#base/emitter.ts';
import type { MachineState, ScreenSize, WriteReport } from './machine.ts';

export class MachineEvents {
	readonly state = new Emitter<MachineState>();
	readonly screenSize = new Emitter<ScreenSize>();
	readonly firstFrame = new Emitter<void>();
	readonly text = new Emitter<readonly string[]>();
	readonly writes = new Emitter<WriteReport>();
	readonly program = new Emitter<string | undefined>();
	#state: MachineState = { kind: 'starting', what: 'Preparing', fraction: undefined };

	get current(): MachineState {
		return this.#state;
	}

	/** Goes to `state`; a machine that has stopped or crashed stays so. */
	enter(state: MachineState): void {
		if (this.#state.kind === 'stopped' || this.#state.kind === 'crashed') return;
		this.#state = state;
		this.state.fire(state);
	}

	get ended(): boolean {
		return this.#state.kind === 'stopped' || this.#state.kind === 'crashed';
	}

	dispose(): void {
		for (const emitter of [this.state, this.screenSize, this.firstFrame, this.text, this.writes, this.program]) {
			emitter.dispose();
		}
	}
}
