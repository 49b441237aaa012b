/** Services as processes of the kernel: which rights they get, and that they belong to nobody but the system. */
import { signalExitCode } from '#abi/signals.ts';
import type { ExitStatus, ServiceStart } from '#abi/structures.generated.ts';
import { type Sid, sids } from '#security/sid.ts';
import { systemToken, type Token } from '#security/token.ts';
import type { Kernel } from '../kernel.ts';
import { Process } from '../process.ts';
import { deliverSignal } from '../process-signals.ts';
import { Wait } from '../wait.ts';
import type { ServiceProcess } from './service.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { ServiceTable } from './service-table.ts';

/** The account of services that need hardly any rights ([MS-DTYP] 2.4.2.4). */
const localService: Sid = sids.localService;

const limitedToken: Token = {
	...systemToken,
	user: localService,
	groups: [sids.users],
	denyOnly: [sids.administrators],
	privileges: new Set(),
	integrity: 'user',
};

export function createServices(kernel: Kernel, definitions: readonly ServiceDefinition[]): ServiceTable {
	return new ServiceTable({
		definitions,
		clock: kernel.clock,
		log: kernel.log,
		launch: (definition, ended) => launch(kernel, definition, ended),
		startOf(setting) {
			const found = kernel.settings.findForMachine(setting);
			return { start: (found?.value.text ?? 'disabled') as ServiceStart, source: found?.source ?? 'default' };
		},
	});
}

function launch(kernel: Kernel, definition: ServiceDefinition, ended: (status: ExitStatus) => void): ServiceProcess {
	const { program, limits } = definition;
	const child = kernel.spawn(starterOf(kernel, definition), program, {
		arguments: [...(definition.arguments ?? [])],
		...{ environment: [`SERVICE=${definition.name}`], workingDirectory: '/', limits, newSession: true },
	});
	const wait = child.endWaits.add(new Wait<ExitStatus>());
	wait.whenOver((outcome) => {
		if (outcome.kind === 'resolved') ended(outcome.value);
	});
	return {
		pid: child.pid,
		ask: () => deliverSignal(kernel, child, 'terminate'),
		end: () => kernel.end(child, { code: signalExitCode('kill'), reason: 'signal' }),
	};
}

/** The system as a parent: it stands in no table, and what it starts has the parent 0. */
function starterOf(kernel: Kernel, { account }: ServiceDefinition): Process {
	const start = {
		...{ pid: 0, group: 0, session: 0, program: 'services', arguments: [], environment: [] },
		...{ workingDirectory: '/', mounts: ['/'] },
	};
	const token = account === 'system' ? systemToken : limitedToken;
	const { namespace, clock } = kernel;
	return new Process(start, { starter: undefined, token, namespace, limits: {}, startedTime: clock.now() });
}
