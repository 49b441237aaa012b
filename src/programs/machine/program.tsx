/**
 * Machine: runs an old program or starts a PC from an image, in its own window. Argument 0 is the file.
 *
 * The keyboard belongs to the guest while its screen has the focus; Ctrl+F10 gives it back to the window. Closing a DOS
 * program first writes what it has changed; closing a PC asks whether the image keeps the guest's changes.
 */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { directoryName, joinPath } from '#base/path.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { CannotRun, Failed, StateNotice } from './machine-notices.tsx';
import { MachineScreen, type ScreenHandle } from './machine-screen.tsx';
import { describe, MachineSession, type SessionView } from './machine-session.ts';
import { type MachineActions, MachineToolbar } from './machine-toolbar.tsx';
import './machine.css';

const engines = '/engines/';
const barsHeight = 40 + 28;
/** The smallest screen area, by engine: a PC's text has nine dots a letter, and 720 of them a line. */
const smallestScreens = { dos: { width: 640, height: 480 }, pc: { width: 720, height: 540 } } as const;

function useSession({ system, start, shell }: ProgramProps): { session: MachineSession; view: SessionView } {
	const path = start.arguments[0] ?? '';
	const session = useMemo(() => new MachineSession(system, shell.folders, path, engines), [system, shell, path]);
	const view = useSyncExternalStore(session.subscribe, () => session.view);
	useEffect(() => {
		void session.open();
		return () => session.dispose();
	}, [session]);
	useEffect(() => {
		session.setVolume(shell.sound.gain);
		return shell.sound.subscribe(() => session.setVolume(shell.sound.gain));
	}, [session, shell]);
	return { session, view };
}

/** Asks before closing what could be lost, and writes what must not be. */
function useCloseGuard({ shell, window }: ProgramProps, session: MachineSession): void {
	useEffect(() => {
		window.setCloseGuard(async () => {
			if (!(await mayClose(shell, session))) return false;
			await session.close();
			return true;
		});
		return () => window.setCloseGuard(undefined);
	}, [window, shell, session]);
}

async function mayClose(shell: ProgramProps['shell'], session: MachineSession): Promise<boolean> {
	const { machine, writes, name, state } = session.view;
	if (machine?.keeping === 'ask' && writes.pendingBytes > 0 && state.kind !== 'crashed') {
		const answer = await shell.ask({
			title: 'Machine',
			message: 'Keep the changes that the machine made to its disk?',
			detail: `Unless you keep them, ${name} stays as it was before the machine was started.`,
			kind: 'question',
			buttons: ['Discard', 'Keep', 'Cancel'],
			defaultButton: 'Discard',
			cancelButton: 'Cancel',
		});
		if (answer === 'Keep') return await keepOrTell(shell, session);
		return answer === 'Discard';
	}
	if (!(await mayLoseUnsaved(shell, session))) return false;
	const program = await session.programInUse();
	if (program === undefined) return true;
	const answer = await shell.ask({
		title: 'Machine',
		message: `${program} is still running.`,
		detail: 'What it has not saved itself will be lost when it is turned off.',
		kind: 'warning',
		buttons: ['Turn off', 'Cancel'],
		cancelButton: 'Cancel',
	});
	return answer === 'Turn off';
}

/**
 * What a DOS program wrote is tried to be saved once more when it could not be before; `true` when all is on the volume
 * or the person gives it up. A machine that has crashed has nothing more to give.
 */
async function mayLoseUnsaved(shell: ProgramProps['shell'], session: MachineSession): Promise<boolean> {
	const { machine, writes, state, name } = session.view;
	if (machine?.keeping !== 'automatic' || writes.problem === undefined || state.kind === 'crashed') return true;
	await session.keepChanges();
	const { problem } = session.view.writes;
	if (problem === undefined) return true;
	const answer = await shell.ask({
		title: 'Machine',
		message: `Some of what ${name} wrote is not in its folder.`,
		detail: `${problem} When the machine is turned off, that is lost.`,
		kind: 'warning',
		buttons: ['Turn off', 'Cancel'],
		defaultButton: 'Cancel',
		cancelButton: 'Cancel',
	});
	return answer === 'Turn off';
}

/** Keeps a PC's changes; when that fails it says so, and the machine stays open. */
async function keepOrTell(shell: ProgramProps['shell'], session: MachineSession): Promise<boolean> {
	const problem = await session.keepChanges();
	if (problem === undefined) return true;
	await shell.ask({
		title: 'Machine',
		message: 'The changes could not be kept.',
		detail: `${problem} The image is as it was; the machine still has the changes.`,
		kind: 'error',
		buttons: ['OK'],
	});
	return false;
}

async function savePicture({ system, shell }: ProgramProps, session: MachineSession): Promise<void> {
	const { machine, name } = session.view;
	if (machine === undefined) return;
	try {
		const moment = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
		const path = joinPath(shell.folders.pictures, `${name} ${moment}.png`);
		await system.pathWrite(path, await machine.screenshot(), 'replace');
		shell.notify({
			title: 'Picture taken',
			text: `It is in Pictures as “${name} ${moment}.png”.`,
			kind: 'information',
		});
	} catch (error) {
		shell.notify({ title: 'The picture was not saved', text: describe(error), kind: 'warning' });
	}
}

/** The screen area is a whole multiple of the smallest, as large as the display allows. */
function useContentSize({ window: programWindow }: ProgramProps, view: SessionView): void {
	const engine = view.verdict?.machine?.engine;
	useEffect(() => {
		if (engine === undefined) return;
		const { width, height } = smallestScreens[engine];
		const fits = Math.floor(Math.min((innerWidth - 80) / width, (innerHeight - 190) / height));
		const scale = Math.min(3, Math.max(1, fits));
		programWindow.resizeContent(width * scale, height * scale + barsHeight);
	}, [programWindow, engine]);
}

const answerEveryMs = 5000;
const missedAnswers = 4;

/** Of an appliance: a machine that does not answer any more is turned off, and started again from outside. */
function useAnswers({ shell, window }: ProgramProps, session: MachineSession): void {
	const { isAppliance } = shell;
	useEffect(() => {
		if (!isAppliance) return;
		let missed = 0;
		const timer = setInterval(async () => {
			missed = (await session.answers()) ? 0 : missed + 1;
			if (missed >= missedAnswers) window.close();
		}, answerEveryMs);
		return () => clearInterval(timer);
	}, [isAppliance, window, session]);
}

interface KeyboardLock {
	lock(codes: readonly string[]): Promise<void>;
	unlock(): void;
}

/** In full screen the browser keeps Escape for itself unless asked: old programs need it. Held down it still leaves. */
async function holdEscape(on: boolean): Promise<void> {
	const { keyboard } = navigator as Navigator & { keyboard?: KeyboardLock };
	if (!on) keyboard?.unlock();
	else if (document.fullscreenElement !== null) await keyboard?.lock(['Escape']);
}

function useActions(props: ProgramProps, session: MachineSession, screen: { current: ScreenHandle | null }) {
	const { shell, start, window } = props;
	const [isFull, setFullScreen] = useState(false);
	const fullScreen = isFull || shell.isAppliance;
	useEffect(() => {
		const onChange = () => {
			if (document.fullscreenElement === null) setFullScreen(false);
		};
		document.addEventListener('fullscreenchange', onChange);
		return () => document.removeEventListener('fullscreenchange', onChange);
	}, []);
	const actions: MachineActions = {
		reset: () =>
			void mayLoseUnsaved(shell, session).then(async (may) => {
				if (may) await session.reset();
				screen.current?.focus();
			}),
		takePicture: () => void savePicture(props, session),
		capture: () => {
			screen.current?.capture().catch((error: unknown) => {
				// Chromium refuses it for a second after Escape has ended it.
				if (!(error instanceof DOMException)) throw error;
				const text = 'The browser does not give it just now. Try again in a moment.';
				shell.notify({ title: 'The mouse stays with the desktop', text, kind: 'warning' });
			});
		},
		setFullScreen: (on) => {
			if (shell.isAppliance) return;
			setFullScreen(on);
			if (on) shell.notify({ title: 'Full screen', text: 'Ctrl+F10 leaves it.', kind: 'information' });
			void window.setFullScreen(on).then(async () => {
				screen.current?.focus();
				await holdEscape(on);
			});
		},
		keepChanges: () => void keepOrTell(shell, session),
		openFolder: () => void shell.open(directoryName(start.arguments[0] ?? '/')),
	};
	return { actions, fullScreen };
}

/** Who resumes a machine wants to go on typing into it. */
function useFocusOnResume(view: SessionView, screen: { current: ScreenHandle | null }): void {
	const { kind } = view.state;
	const previous = useRef(kind);
	useEffect(() => {
		if (previous.current === 'paused' && kind === 'running') screen.current?.focus();
		previous.current = kind;
	}, [kind, screen]);
}

function useEnd(props: ProgramProps, view: SessionView): void {
	const { window } = props;
	const ended = view.state.kind === 'stopped' && view.phase === 'machine';
	const isSaved = view.writes.problem === undefined;
	const close = ended && isSaved && view.settings.closeAtEnd && view.machine?.keeping === 'automatic';
	// Then it is started again from outside.
	const isOver = props.shell.isAppliance && (ended || view.state.kind === 'crashed');
	useEffect(() => {
		if (close || isOver) window.close();
	}, [close, isOver, window]);
	useEffect(() => window.setTitle(view.name === '' ? 'Machine' : view.name), [view.name, window]);
	const { problem } = view.writes;
	const { shell } = props;
	useEffect(() => {
		if (problem !== undefined) shell.notify({ title: view.name, text: problem, kind: 'error' });
	}, [problem, shell, view.name]);
}

function Machine(props: ProgramProps) {
	const { session, view } = useSession(props);
	const screen = useRef<ScreenHandle>(null);
	const root = useRef<HTMLDivElement>(null);
	const [focused, setFocused] = useState(false);
	const [captured, setCaptured] = useState(false);
	const { actions, fullScreen } = useActions(props, session, screen);
	useCloseGuard(props, session);
	useContentSize(props, view);
	useEnd(props, view);
	useFocusOnResume(view, screen);
	useAnswers(props, session);
	const toWindow = useRef<() => void>(undefined);
	toWindow.current = () => {
		if (fullScreen) actions.setFullScreen(false);
		else root.current?.querySelector<HTMLElement>('.toolbar button')?.focus();
	};
	const release = useCallback(() => toWindow.current?.(), []);
	const close = () => props.window.close();
	const restart = async () => {
		if (await mayLoseUnsaved(props.shell, session)) await session.restart();
	};
	if (view.phase === 'cannot-run' && view.verdict !== undefined) {
		return <CannotRun verdict={view.verdict} name={view.name} listing={view.listing} onClose={close} />;
	}
	if (view.phase === 'failed') return <Failed message={view.failure ?? ''} name={view.name} onClose={close} />;
	return (
		<div ref={root} className={`machine ${fullScreen ? 'machine-full-screen' : ''}`}>
			<MachineToolbar session={session} view={view} fullScreen={fullScreen} actions={actions} />
			<div className="machine-stage">
				<MachineScreen
					session={session}
					view={view}
					handle={screen}
					fullScreen={fullScreen}
					onRelease={release}
					onCapture={setCaptured}
					onFocusChange={setFocused}
				/>
				<StateNotice session={session} view={view} onRestart={() => void restart()} onClose={close} />
			</div>
			<StatusBar view={view} focused={focused} captured={captured} />
		</div>
	);
}

function StatusBar({ view, focused, captured }: { view: SessionView; focused: boolean; captured: boolean }) {
	const hint = captured
		? 'Keyboard and mouse are the machine’s. Ctrl+F10 takes them back.'
		: focused
			? 'The keyboard is the machine’s. Ctrl+F10 takes it back.'
			: 'Click the screen to type into the machine.';
	const where = view.verdict?.machine?.engine === 'dos' ? 'Drive C: is the program’s folder' : 'No network';
	return (
		<div className="machine-status">
			<span>{hint}</span>
			<span>{view.writes.problem ?? where}</span>
		</div>
	);
}

const machine: WindowProgram = {
	Component: Machine,
	size: { width: smallestScreens.dos.width, height: smallestScreens.dos.height + barsHeight },
	minimumSize: { width: 420, height: 320 },
};

export default machine;
