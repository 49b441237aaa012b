/**
 * A process whose program runs in the page: a window program. The kernel has started it like any other; the desktop
 * mounts its component and gives it `system`.
 *
 * Rules of use:
 * - Closing its window calls `system.processExit(0)`.
 * - `onEnded` fires once, however the process ended; then its window goes away.
 */
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { Event } from '#base/emitter.ts';
import type { System } from './system.ts';

export interface HostedProcess {
	readonly start: ProcessStart;
	readonly system: System;
	readonly onEnded: Event<ExitStatus>;
}
