/** The bar above a machine: what one does with it from outside. */
import { IconButton, ToggleButton } from '#ui/controls/button.tsx';
import { MenuButton, type MenuEntry } from '#ui/controls/menu.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpacer } from '#ui/controls/toolbar.tsx';
import type { MachineSession, SessionView } from './machine-session.ts';

export interface MachineActions {
	reset(): void;
	takePicture(): void;
	capture(): void;
	setFullScreen(on: boolean): void;
	keepChanges(): void;
	openFolder(): void;
}

export interface MachineToolbarProps {
	readonly session: MachineSession;
	readonly view: SessionView;
	readonly fullScreen: boolean;
	readonly actions: MachineActions;
}

export function MachineToolbar({ session, view, fullScreen, actions }: MachineToolbarProps) {
	const { state, settings } = view;
	const on = state.kind === 'running' || state.kind === 'paused';
	const paused = state.kind === 'paused';
	return (
		<Toolbar label="Machine">
			<IconButton
				icon={paused ? 'play' : 'pause'}
				label={paused ? 'Resume' : 'Pause'}
				disabled={!on}
				onPress={() => session.togglePause()}
			/>
			<IconButton
				icon="arrow-counter-clockwise"
				label="Restart"
				disabled={state.kind === 'starting'}
				onPress={actions.reset}
			/>
			<ToolbarSeparator />
			<MenuButton
				label="Speed"
				icon="gauge"
				disabled={state.kind !== 'running'}
				entries={speedEntries(session, view)}
			/>
			<MenuButton label="Screen" icon="monitor" entries={screenEntries(session, view)} />
			<ToggleButton
				icon={settings.sound ? 'speaker-high' : 'speaker-slash'}
				label="Sound"
				selected={settings.sound}
				onChange={(sound) => void session.changeSettings({ sound })}
			/>
			<ToolbarSeparator />
			<IconButton icon="mouse" label="Give the mouse to the machine" disabled={!on} onPress={actions.capture} />
			<IconButton icon="camera" label="Take a picture of the screen" disabled={!on} onPress={actions.takePicture} />
			<IconButton
				icon={fullScreen ? 'corners-in' : 'corners-out'}
				label={fullScreen ? 'Leave full screen' : 'Full screen'}
				onPress={() => actions.setFullScreen(!fullScreen)}
			/>
			<ToolbarSpacer />
			<MenuButton label={changesLabel(view)} icon="floppy-disk" entries={changeEntries(view, actions)} />
		</Toolbar>
	);
}

function speedEntries(session: MachineSession, { machine, speed }: SessionView): MenuEntry[] {
	return (machine?.speeds ?? []).map(({ id, label }) => ({
		id,
		label,
		checked: id === speed,
		onSelect: () => void session.setSpeed(id),
	}));
}

function screenEntries(session: MachineSession, { settings, verdict }: SessionView): MenuEntry[] {
	const entries: MenuEntry[] = [
		{
			id: 'crisp',
			label: 'Crisp, whole dots',
			checked: settings.scaling === 'crisp',
			onSelect: () => void session.changeSettings({ scaling: 'crisp' }),
		},
		{
			id: 'smooth',
			label: 'Smooth, as large as fits',
			checked: settings.scaling === 'smooth',
			onSelect: () => void session.changeSettings({ scaling: 'smooth' }),
		},
		{ separator: true },
		{
			id: 'aspect',
			label: 'Shape of a monitor of the time',
			checked: settings.aspectCorrection,
			onSelect: () => void session.changeSettings({ aspectCorrection: !settings.aspectCorrection }),
		},
	];
	if (verdict?.machine?.engine !== 'dos') return entries;
	return [
		...entries,
		{ separator: true },
		{
			id: 'close-at-end',
			label: 'Close when the program ends',
			checked: settings.closeAtEnd,
			onSelect: () => void session.changeSettings({ closeAtEnd: !settings.closeAtEnd }),
		},
	];
}

function changesLabel({ machine, writes }: SessionView): string {
	if (machine?.keeping === 'ask') return writes.pendingBytes > 0 ? 'Changes not kept' : 'No changes';
	const count = writes.changes.length;
	if (count === 0) return 'Nothing written yet';
	return count === 1 ? '1 file saved' : `${count.toLocaleString('en')} files saved`;
}

const shownChanges = 12;

function changeEntries(view: SessionView, actions: MachineActions): MenuEntry[] {
	const { machine, writes } = view;
	if (machine?.keeping === 'ask') {
		return [
			{
				id: 'keep',
				label: 'Keep changes in the image',
				icon: 'floppy-disk',
				disabled: writes.pendingBytes === 0,
				onSelect: actions.keepChanges,
			},
		];
	}
	const files = writes.changes
		.slice(-shownChanges)
		.reverse()
		.map((change) => ({ id: `file-${change}`, label: change, disabled: true }));
	return [
		...files,
		{ separator: true },
		{ id: 'folder', label: 'Open the folder of drive C:', icon: 'folder-open', onSelect: actions.openFolder },
	];
}
