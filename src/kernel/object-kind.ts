/** What a handle points to, in the words of the contract. */
import type { ObjectKind } from '#abi/structures.generated.ts';
import { EventObject } from './event-object.ts';
import type { KernelObject } from './kernel-object.ts';
import { OpenDirectory, OpenFile } from './open-node.ts';
import { TerminalController, TerminalEnd } from './terminal.ts';
import { Watch } from './watch.ts';

export function kindOfObject(object: KernelObject): ObjectKind {
	if (object instanceof OpenDirectory) return 'directory';
	if (object instanceof OpenFile) return object.fileSystem.kindOf(object.inode) === 'device' ? 'device' : 'file';
	if (object instanceof Watch) return 'watch';
	if (object instanceof TerminalEnd || object instanceof TerminalController) return 'terminal';
	return object instanceof EventObject ? 'event' : 'pipe';
}
