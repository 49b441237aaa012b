/** The calls about handles, whatever they point to: `handle_*`. */
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { kindOfObject } from '../object-kind.ts';
import { OpenFile, OpenNode } from '../open-node.ts';
import { setTimes, statusOf } from './node-operations.ts';

export type HandleCalls = Pick<
	CallHandlers,
	'handle_close' | 'handle_duplicate' | 'handle_kind' | 'handle_status' | 'handle_set_times'
>;

export function createHandleCalls(kernel: Kernel): HandleCalls {
	return {
		handle_close({ process, changes }, handle) {
			const object = process.handles.get(handle);
			try {
				if (object instanceof OpenFile && object.handleCount === 1) kernel.leases.finish(object, changes);
			} finally {
				process.handles.close(handle);
			}
		},
		handle_duplicate: ({ process }, handle, wanted) => process.handles.duplicate(handle, wanted),
		handle_kind: ({ process }, handle) => kindOfObject(process.handles.get(handle)),
		handle_status: ({ process }, handle) => statusOf(kernel, process.handles.getOf(handle, OpenNode)),
		handle_set_times(caller, handle, accessed, modified) {
			setTimes(kernel, caller, caller.process.handles.getOf(handle, OpenNode).place, { accessed, modified });
		},
	};
}
