/** The calls about handles, whatever they point to: `handle_*`. */
import type { ObjectKind } from '#abi/structures.generated.ts';
import { EventObject } from '../event-object.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { KernelObject } from '../kernel-object.ts';
import { OpenDirectory, OpenFile, OpenNode } from '../open-node.ts';
import { TerminalController, TerminalEnd } from '../terminal.ts';
import { Watch } from '../watch.ts';
import { setTimes, statusOf } from './node-operations.ts';

export type HandleCalls = Pick<
	CallHandlers,
	'handle_close' | 'handle_duplicate' | 'handle_kind' | 'handle_status' | 'handle_set_times'
>;

export function createHandleCalls(kernel: Kernel): HandleCalls {
	return {
		handle_close: ({ process }, handle) => process.handles.close(handle),
		handle_duplicate: ({ process }, handle, wanted) => process.handles.duplicate(handle, wanted),
		handle_kind: ({ process }, handle) => kindOf(process.handles.get(handle)),
		handle_status: ({ process }, handle) => statusOf(kernel, process.handles.getOf(handle, OpenNode)),
		handle_set_times(caller, handle, accessed, modified) {
			setTimes(kernel, caller, caller.process.handles.getOf(handle, OpenNode).place, { accessed, modified });
		},
	};
}

function kindOf(object: KernelObject): ObjectKind {
	if (object instanceof OpenDirectory) return 'directory';
	if (object instanceof OpenFile) return object.fileSystem.kindOf(object.inode) === 'device' ? 'device' : 'file';
	if (object instanceof Watch) return 'watch';
	if (object instanceof TerminalEnd || object instanceof TerminalController) return 'terminal';
	return object instanceof EventObject ? 'event' : 'pipe';
}
