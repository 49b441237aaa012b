/** The calls about the system itself: `system_info`, `volume_*`. */
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';

export type SystemInformationCalls = Pick<CallHandlers, 'system_info' | 'volume_status' | 'volume_check'>;

export function createSystemInformationCalls(kernel: Kernel): SystemInformationCalls {
	return {
		system_info: () => kernel.info,
		volume_status: () => kernel.volume.status(),
		volume_check() {
			// What is checked must be what is stored.
			kernel.groups.commitAll();
			return kernel.volume.check();
		},
	};
}
