/**
 * The page: starts the kernel, makes the seat with its desktops and connects the two. The only place that knows both.
 */
import { createRoot } from 'react-dom/client';
import { type Disposable, toDisposable } from '#base/disposable.ts';
import { AppearanceModel, defaultAppearance } from '#desktop/appearance/appearance-model.ts';
import { applyAppearance, readAppearanceHint } from '#desktop/appearance/apply-appearance.ts';
import { followBlurredWallpaper } from '#desktop/appearance/blurred-wallpaper.ts';
import { GlassGovernor } from '#desktop/appearance/glass-governor.ts';
import { BootModel } from '#desktop/boot/boot-model.ts';
import { type DesktopHost, DesktopModel } from '#desktop/desktop-model.ts';
import { learnKeyboardLayout } from '#desktop/keyboard/keyboard-reach.ts';
import { listenToShellKeys } from '#desktop/keyboard/shell-keys.ts';
import { Seat } from '#desktop/seat/seat.tsx';
import { SeatModel } from '#desktop/seat/seat-model.ts';
import { readStartHint, storeStartHint } from '#desktop/seat/start-hint.ts';
import { searchSettings } from '#programs/settings/pages.ts';
import type { System } from '#runtime/system.ts';
import { hostClock } from '../common/host-clock.ts';
import type { PowerAction, ReadyScreen } from '../common/machine-contract.ts';
import type { KernelBoot } from './boot.ts';
import { giveUpBrowserPowers } from './browser-powers.ts';
import { machine } from './machine.ts';
import type { MachineClient } from './machine-client.ts';
import { keepKeysFromBrowser } from './machine-keys.ts';
import { programs } from './programs.ts';
import { kernel, missing } from './start-kernel.ts';
import '#ui/tokens.css';
import '#ui/base.css';
import '#ui/fonts.css';

function getElement(id: string): HTMLElement {
	const element = document.getElementById(id);
	if (element === null) throw new Error(`The page has no element "${id}".`);
	return element;
}

/** Where the PC is this page's own. */
const takePicture = machine === undefined ? undefined : machine.takePicture.bind(machine);

/** The kernel has said that the PC cannot do what it is to do by itself. */
let isRefused = false;

async function leaveAppliance(): Promise<void> {
	await kernel?.shutDown();
	location.reload();
}

function makeDesktopHost(seat: SeatModel): DesktopHost {
	return {
		programs,
		clock: hostClock,
		recognise: async (system: System, path: string) => {
			const { recogniseOpener } = await import('#legacy/recognise-path.ts');
			return recogniseOpener(system, path);
		},
		searchSettings: (query) =>
			searchSettings(query, seat.hasWholePc).map(({ page, entry }) => ({
				page: page.id,
				title: entry?.title ?? page.title,
				place: entry === undefined ? 'Settings' : `Settings, ${page.title}`,
			})),
		reportCrash: (processId, reason) => kernel?.reportCrash(processId, reason),
		lock: (shown) => seat.lock(shown),
		othersLoggedOn: () => seat.othersThan(seat.active),
		hasWholePc: seat.hasWholePc,
		takePicture,
		appliance: machine?.appliance && !isRefused ? { start: machine.appliance.start, leave: leaveAppliance } : undefined,
		restart: () => seat.restart(),
		shutDown: () => seat.shutDown(),
	};
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** A desktop as the last one looked, until it knows whose it is. */
function makeDesktop(seat: SeatModel): DesktopModel {
	const appearance = new AppearanceModel(readAppearanceHint() ?? defaultAppearance, dark.matches);
	return new DesktopModel(makeDesktopHost(seat), appearance, { width: innerWidth, height: innerHeight });
}

function makeSeat(): SeatModel {
	return new SeatModel(
		{
			makeDesktop,
			storeHint: storeStartHint,
			report: reportError,
			hasWholePc: machine !== undefined,
			isAppliance: machine?.appliance !== undefined,
			restart: () => {
				if (machine === undefined) location.reload();
				else void endPc('restart');
			},
			shutDown: () => (machine === undefined ? kernel?.shutDown() : endPc('shut-down')) ?? Promise.resolve(),
		},
		readStartHint(document.documentElement),
	);
}

/** Closes the volume, then ends the PC. One that will not end gets its desktop back. */
async function endPc(action: PowerAction): Promise<void> {
	await kernel?.shutDown();
	try {
		await machine?.power(action);
	} catch (error) {
		reportError(error);
		location.reload();
	}
}

/**
 * Brings the appearance of the desktop that is shown to the page, now and at every change. What covers the desktops looks
 * as the last one did.
 */
function showAppearance(seat: SeatModel): void {
	const root = document.documentElement;
	const wallpaper = getElement('wallpaper');
	let shown: AppearanceModel | undefined;
	let ended: Disposable = toDisposable(() => undefined);
	const follow = () => {
		const appearance = seat.active?.appearance ?? shown ?? makeDesktop(seat).appearance;
		if (appearance === shown) return;
		shown = appearance;
		ended.dispose();
		const apply = () => applyAppearance(root, wallpaper, appearance);
		apply();
		const stop = appearance.subscribe(apply);
		const blurred = followBlurredWallpaper(root, appearance);
		ended = toDisposable(() => {
			stop();
			blurred.dispose();
		});
	};
	follow();
	seat.subscribe(follow);
	dark.addEventListener('change', () => shown?.setSystemIsDark(dark.matches));
}

/** What can wait until the person can work. */
function settle(desktop: DesktopModel): void {
	kernel?.settled();
	const governor = new GlassGovernor({
		appearance: desktop.appearance,
		session: desktop.session,
		screen: `${innerWidth}x${innerHeight}@${devicePixelRatio}`,
		now: Date.now(),
		onSimplified: () =>
			desktop.notifications.notify({
				kind: 'information',
				title: 'Simpler glass',
				text: 'Moving windows was slow here, so Vitrine now draws its glass in a simpler way.',
				action: { label: 'Appearance settings', run: () => desktop.launch('settings', ['appearance']) },
			}),
	});
	requestIdleCallback(() => void governor.measure(), { timeout: 4_000 });
	void learnKeyboardLayout();
	remindOfBackup(desktop).catch(reportError);
}

async function remindOfBackup(desktop: DesktopModel): Promise<void> {
	const { isBackupDue } = await import('#desktop/storage/backup-reminder.ts');
	// On a PC of its own the browser has been told to keep it.
	const isPromised = machine !== undefined || (await navigator.storage.persisted());
	if (!(await isBackupDue(await desktop.ready, Date.now(), isPromised))) return;
	desktop.notifications.notify({
		kind: 'warning',
		title: 'Keep a copy of your files',
		text: 'The browser has not promised to keep this volume, and there is no copy of it from the last month.',
		action: { label: 'Save a copy', run: () => desktop.launch('settings', ['storage']) },
	});
}

/** Whether a person looks after the volume instead of starting the system. */
const isRecovery = new URLSearchParams(location.search).has('recovery');

/** Whether a new system asks who somebody is. */
const setUp = new URLSearchParams(location.search).get('set-up') === 'automatic' ? 'automatic' : 'ask';

function reportReady(screen: ReadyScreen): void {
	void machine?.reportReady({ screen, width: innerWidth, height: innerHeight }).catch(reportError);
}

/**
 * The moments of the start, as performance marks, each set once: `desktop-interactive` when the shell takes input (what
 * is started then runs as soon as the volume is open), or `logon-interactive` when a screen before it does;
 * `desktop-ready` when the volume's icons stand. After that, background work may begin.
 */
function makeMoments(seat: SeatModel) {
	const settled = new Set<DesktopModel>();
	return {
		onShown: () => {
			performance.mark(seat.screen === 'desktop' ? 'desktop-interactive' : 'logon-interactive');
			if (seat.screen === 'logon' || seat.screen === 'set-up') reportReady(seat.screen);
			if (!isRecovery) kernel?.begin(setUp);
		},
		onListed: (desktop: DesktopModel) => {
			if (settled.has(desktop)) return;
			if (settled.size === 0) {
				performance.mark('desktop-ready');
				reportReady('desktop');
			}
			settled.add(desktop);
			requestIdleCallback(() => settle(desktop), { timeout: 2_000 });
		},
	};
}

function followKernel(kernel: KernelBoot, seat: SeatModel, boot: BootModel): void {
	const fail = (error: unknown) => boot.set({ state: 'failed', message: String(error) });
	kernel.onStatus((status) => {
		// What ends then is not closed by the person: the session stays as it was.
		if (status.state === 'taken-over') seat.stopRecording();
		boot.set(status);
	});
	addEventListener('pagehide', () => void seat.flush());
	kernel.onLaunch((process, session) => seat.desktopOf(session)?.hostProcess(process));
	kernel.onDesktop(({ system, session }) => void seat.addSession(session, system).catch(fail));
	kernel.onLoggedOff((session) => seat.removeSession(session));
	kernel.logon.then((system) => seat.connect(system)).catch(fail);
	kernel.noAppliance.then((reason) => tellRefused(kernel, seat, reason)).catch(reportError);
}

async function tellRefused(kernel: KernelBoot, seat: SeatModel, reason: string): Promise<void> {
	isRefused = true;
	document.documentElement.dataset.start = 'desktop';
	await kernel.ready;
	seat.desktops[0]?.desktop.notifications.notify({
		kind: 'error',
		title: 'This PC does not do what it is set up to do by itself',
		text: `${reason} Settings, This PC, changes that.`,
		action: undefined,
	});
}

/** On a PC of its own: resolves when what the browser has made is on the disk, names too. */
async function settleFiles(): Promise<void> {
	if (machine === undefined) return;
	const { DoorPcHost } = await import('./door-pc-host.ts');
	await new DoorPcHost(machine.key).ask('data.settle', {});
}

function makeBoot(): BootModel {
	return new BootModel({
		takeOver: () => kernel?.takeOver(),
		saveVolume: async () => {
			const { saveVolume } = await import('./save-volume.ts');
			return saveVolume();
		},
		restoreVolume: async (file, onProgress) => {
			const { restoreVolume } = await import('./restore-volume.ts');
			const damagedPages = await restoreVolume(file, onProgress);
			await settleFiles();
			return damagedPages;
		},
		listOtherVolumes: async () => (await import('./current-volume.ts')).listOtherVolumes(),
		takeVolume: async (name) => {
			await (await import('./current-volume.ts')).setCurrentVolume(name);
			await settleFiles();
		},
		removeVolume: async (name) => (await import('./current-volume.ts')).removeVolume(name),
	});
}

/** To a test of the whole PC, which waits for what a person would see. */
async function tellOfScreen(machine: MachineClient, seat: SeatModel): Promise<void> {
	const { tellScreen } = await import('./tell-screen.ts');
	await tellScreen(
		() => seat.screen,
		(report) => machine.tellScreen(report),
	);
}

function start(): void {
	const boot = makeBoot();
	const seat = makeSeat();
	showAppearance(seat);
	listenToShellKeys(() => seat.active);
	if (machine !== undefined) {
		machine.reportBegins().catch(reportError);
		giveUpBrowserPowers();
		keepKeysFromBrowser();
	}
	const moments = makeMoments(seat);
	if (machine?.wantsToHear === true) tellOfScreen(machine, seat).catch(reportError);
	createRoot(getElement('desktop')).render(<Seat {...{ seat, boot, ...moments }} />);
	if (kernel === undefined) boot.set({ state: 'unsupported', missing });
	else if (isRecovery) boot.set({ state: 'recovery' });
	else followKernel(kernel, seat, boot);
}

start();
