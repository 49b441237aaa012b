/**
 * What a signal does to a process (`abi/signals.ts`).
 *
 * Invariant: a process that was stopped and has lost its parent, so that nobody is left who would let it go on, is asked to
 * end (`hangup`) and goes on.
 */
import { OsError } from '#abi/errors.ts';
import { signalExitCode, signalTable } from '#abi/signals.ts';
import type { Signal } from '#abi/structures.generated.ts';
import { decideControl } from '#security/token.ts';
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';

/** To each of a group that `sender` may signal; EPERM when that is nobody. */
export function signalGroup(kernel: Kernel, sender: Process, group: number, signal: Signal): void {
	const targets = kernel.processes.inGroup(group);
	const allowed = targets.filter((target) => decideControl(sender.token, target.token).allowed);
	if (allowed.length === 0) throw new OsError('EPERM', `group ${group}`);
	// The sender itself comes last: it may be ended by it.
	allowed.sort((one, other) => Number(one === sender) - Number(other === sender));
	for (const target of allowed) deliverSignal(kernel, target, signal);
}

export function deliverSignal(kernel: Kernel, target: Process, signal: Signal): void {
	const { effect } = signalTable[signal];
	const connection = target.running?.connection;
	if (effect === 'stops' || effect === 'continues') kernel.processes.setStopped(target, effect === 'stops');
	else if (effect === 'asks' && connection?.handlesSignals === true) connection.signal(signal);
	else kernel.end(target, { code: signalExitCode(signal), reason: 'signal' });
}

/** After the end of `parent`: lets go on what it had stopped. */
export function releaseStopped(kernel: Kernel, orphans: readonly Process[]): void {
	for (const orphan of orphans) {
		if (orphan.state !== 'stopped') continue;
		deliverSignal(kernel, orphan, 'hangup');
		if (orphan.state === 'stopped') deliverSignal(kernel, orphan, 'continue');
	}
}
