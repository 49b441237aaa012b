/** Services: programs that the system starts, watches and starts again. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const controlErrors = ['ENOENT', 'EACCES', 'EBUSY', 'ECANCELED'] as const;
const service = { name: ['string', 'its name'] } as const;

export const serviceCalls: readonly SystemCallDefinition[] = [
	call(175, 'service_list', 'Tells about all services', {
		description: 'When a service starts is a setting of the machine, `services/NAME/start`.',
		result: 'ServiceInfo[]',
		seeAlso: ['service_start', 'setting_change'],
	}),
	call(176, 'service_start', 'Starts a service', {
		description:
			'First those that it needs. Replies when it runs; EIO with the reason when it or one that it needs does not. A service that runs is left alone.',
		arguments: service,
		errors: [...controlErrors, 'EIO'],
		seeAlso: ['service_stop', 'service_list'],
	}),
	call(177, 'service_stop', 'Stops a service', {
		description:
			'First those that need it. It is asked to end, and ended when it does not within five seconds. Replies when it has ended.',
		arguments: service,
		errors: [...controlErrors],
		seeAlso: ['service_start'],
	}),
	call(178, 'service_restart', 'Stops a service and starts it again, with those that need it and ran', {
		arguments: service,
		errors: [...controlErrors, 'EIO'],
		seeAlso: ['service_start', 'service_stop'],
	}),
	call(179, 'service_ready', 'Says that the calling service is ready', {
		description: 'Services that need it are started from now on. EPERM when the caller is no service.',
		errors: ['EPERM'],
		seeAlso: ['service_start'],
	}),
];
