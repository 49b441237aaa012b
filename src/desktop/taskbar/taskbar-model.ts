/** The taskbar's doings: pins, order, what a press on a button does, the menu of a button. */
import { Emitter } from '#base/emitter.ts';

import type { MenuEntry } from '#ui/menu-entry.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { placeName } from '../files/place-name.ts';
import { groupTasks, moveKey, type TaskGroup } from './task-groups.ts';

export class TaskbarModel {
	readonly #desktop: DesktopModel;
	readonly #changes = new Emitter<void>();
	/** Order that the person has dragged the running ones into, for as long as the page lives. */
	#order: readonly string[] = [];
	#groups: readonly TaskGroup[] = [];

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
		desktop.windows.subscribe(() => this.#refresh());
		desktop.session.subscribe(() => this.#refresh());
		this.#refresh();
	}

	get groups(): readonly TaskGroup[] {
		return this.#groups;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** A press: starts, shows, or minimises the one window that has the focus. `false` when the person must choose. */
	press(group: TaskGroup): boolean {
		const [only, ...others] = group.windows;
		if (only === undefined) this.startNew(group);
		else if (others.length > 0) return false;
		else if (group.focused && !only.minimized) this.#desktop.windows.minimize(only.id);
		else this.#desktop.windows.focus(only.id);
		return true;
	}

	/** Shows the next window of the group, or starts it: what its number key does. */
	cycle(group: TaskGroup): void {
		const { windows } = group;
		if (windows.length <= 1) {
			this.press(group);
			return;
		}
		const current = windows.findIndex((window) => window.focused);
		const next = windows[(current + 1) % windows.length];
		if (next !== undefined) this.#desktop.windows.focus(next.id);
	}

	startNew(group: TaskGroup): void {
		if (group.programName !== undefined) this.#desktop.launch(group.programName, []);
	}

	isPinned(programName: string): boolean {
		return this.#desktop.session.record.pinned.includes(programName);
	}

	setPinned(programName: string, pinned: boolean): void {
		const others = this.#desktop.session.record.pinned.filter((name) => name !== programName);
		this.#desktop.session.update({ pinned: pinned ? [...others, programName] : others });
	}

	/** The button at `from` goes to the place of the one at `to`. */
	move(from: number, to: number): void {
		this.#order = moveKey(
			this.#groups.map((group) => group.key),
			from,
			to,
		);
		const { pinned } = this.#desktop.session.record;
		const reordered = this.#order.filter((key) => pinned.includes(key));
		// Also refreshes the groups, because the session tells of it.
		this.#desktop.session.update({ pinned: reordered });
	}

	menuEntries(group: TaskGroup): MenuEntry[] {
		const { programName } = group;
		return [
			...this.#recentEntries(programName),
			{ separator: true },
			...(programName === undefined ? [] : this.#programEntries(group, programName)),
			{ separator: true },
			...this.#closeEntries(group),
		];
	}

	#recentEntries(programName: string | undefined): MenuEntry[] {
		if (programName === undefined) return [];
		const recent = this.#desktop.session.record.recent[programName] ?? [];
		return recent.map((path) => ({
			id: `recent:${path}`,
			label: placeName(path),
			icon: 'clock-counter-clockwise',
			onSelect: () => this.#desktop.launchFile(programName, path),
		}));
	}

	#programEntries(group: TaskGroup, programName: string): MenuEntry[] {
		const { pinned } = group;
		return [
			{
				id: 'new',
				label: group.title,
				icon: group.icon,
				isDefault: true,
				onSelect: () => this.startNew(group),
			},
			{
				id: 'pin',
				label: pinned ? 'Unpin from taskbar' : 'Pin to taskbar',
				icon: pinned ? 'push-pin-slash' : 'push-pin',
				onSelect: () => this.setPinned(programName, !pinned),
			},
		];
	}

	#closeEntries(group: TaskGroup): MenuEntry[] {
		if (group.windows.length === 0) return [];
		const many = group.windows.length > 1;
		return [
			{
				id: 'close',
				label: many ? 'Close all windows' : 'Close window',
				onSelect: () => {
					for (const { id } of group.windows) void this.#desktop.windows.requestClose(id);
				},
			},
		];
	}

	#refresh(): void {
		const { windows, session, programs } = this.#desktop;
		const groups = groupTasks(windows.windows, session.record.pinned, programs);
		const place = (group: TaskGroup) => {
			const index = this.#order.indexOf(group.key);
			return index === -1 ? this.#order.length : index;
		};
		this.#groups = [...groups].sort((one, other) => place(one) - place(other));
		this.#changes.fire();
	}
}
