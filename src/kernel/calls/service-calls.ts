/** The calls about services: `service_*`. */
import { OsError } from '#abi/errors.ts';
import { decideServiceControl } from '#security/service-access.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import type { Wait } from '../wait.ts';

export type ServiceCalls = Pick<
	CallHandlers,
	'service_list' | 'service_start' | 'service_stop' | 'service_restart' | 'service_ready'
>;

export function createServiceCalls(kernel: Kernel): ServiceCalls {
	const control =
		(action: 'start' | 'stop' | 'restart') =>
		({ process }: { process: Process }, name: string): Wait<void> => {
			const decision = decideServiceControl(process.token);
			if (!decision.allowed) throw new OsError('EACCES', decision.reason);
			return answerTo(process, kernel.services[action](name));
		};
	return {
		service_list: () => kernel.services.list(),
		service_start: control('start'),
		service_stop: control('stop'),
		service_restart: control('restart'),
		service_ready: ({ process }) => kernel.services.noteReady(process.pid),
	};
}

/** What was asked goes on when its asker has ended. */
function answerTo(process: Process, done: Wait<void>): Wait<void> {
	const wait = process.wait<void>();
	done.whenOver((outcome) => {
		if (outcome.kind === 'rejected') wait.reject(outcome.error);
		else wait.resolve();
	});
	return wait;
}
