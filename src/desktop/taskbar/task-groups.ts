/**
 * What the taskbar shows: one entry a program, pinned ones first in the person's order, then those that only run, in
 * the order in which they were opened.
 */
import type { IconName } from '#ui/icon.tsx';
import type { ProgramRegistry } from '../programs/program-registry.ts';
import type { WindowSnapshot } from '../windows/window-state.ts';

export interface TaskGroup {
	/** Name of the program; a window without one stands for itself by its id. */
	readonly key: string;
	readonly programName: string | undefined;
	readonly title: string;
	readonly icon: IconName;
	readonly pinned: boolean;
	/** Its windows without owners, in the order of opening. */
	readonly windows: readonly WindowSnapshot[];
	readonly focused: boolean;
	readonly attention: boolean;
	readonly progress: number | undefined;
}

export function groupTasks(
	windows: readonly WindowSnapshot[],
	pinned: readonly string[],
	programs: ProgramRegistry,
): TaskGroup[] {
	const byKey = new Map<string, WindowSnapshot[]>();
	for (const name of pinned) if (programs.find(name) !== undefined) byKey.set(name, []);
	for (const window of windows) {
		if (window.ownerId !== undefined) continue;
		const key = window.programName ?? window.id;
		const group = byKey.get(key);
		if (group === undefined) byKey.set(key, [window]);
		else group.push(window);
	}
	const focusedRoot = findFocusedRoot(windows);
	return [...byKey].map(([key, members]) => describeGroup(key, members, { pinned, programs, focusedRoot, windows }));
}

/** The window without owner whose family has the focus. */
function findFocusedRoot(windows: readonly WindowSnapshot[]): string | undefined {
	let current = windows.find((window) => window.focused);
	while (current?.ownerId !== undefined) {
		const { ownerId } = current;
		current = windows.find((window) => window.id === ownerId);
	}
	return current?.id;
}

interface GroupContext {
	readonly pinned: readonly string[];
	readonly programs: ProgramRegistry;
	readonly focusedRoot: string | undefined;
	readonly windows: readonly WindowSnapshot[];
}

function describeGroup(key: string, members: readonly WindowSnapshot[], context: GroupContext): TaskGroup {
	const program = context.programs.find(key);
	const first = members[0];
	const ids = new Set(members.map((window) => window.id));
	const family = context.windows.filter((window) => ids.has(window.id) || ids.has(window.ownerId ?? ''));
	return {
		key,
		programName: program?.name,
		title: program?.title ?? first?.title ?? key,
		icon: (program?.icon as IconName | undefined) ?? first?.icon ?? 'program',
		pinned: context.pinned.includes(key),
		windows: members,
		focused: context.focusedRoot !== undefined && ids.has(context.focusedRoot),
		attention: family.some((window) => window.attention),
		progress: members.find((window) => window.progress !== undefined)?.progress,
	};
}

/** `keys` after the one at `from` was dragged to the place of the one at `to`. */
export function moveKey(keys: readonly string[], from: number, to: number): string[] {
	const moved = [...keys];
	const [key] = moved.splice(from, 1);
	if (key !== undefined) moved.splice(to, 0, key);
	return moved;
}
