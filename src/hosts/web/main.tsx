/**
 * The page: starts the kernel, makes the desktop and connects the two. The only place that knows both.
 */
import { createRoot } from 'react-dom/client';
import { AppearanceModel, defaultAppearance } from '#desktop/appearance/appearance-model.ts';
import { applyAppearance, readAppearanceHint } from '#desktop/appearance/apply-appearance.ts';
import { followBlurredWallpaper } from '#desktop/appearance/blurred-wallpaper.ts';
import { GlassGovernor } from '#desktop/appearance/glass-governor.ts';
import { BootModel } from '#desktop/boot/boot-model.ts';
import { Desktop } from '#desktop/desktop.tsx';
import { type DesktopHost, DesktopModel } from '#desktop/desktop-model.ts';
import { learnKeyboardLayout } from '#desktop/keyboard/keyboard-reach.ts';
import { listenToShellKeys } from '#desktop/keyboard/shell-keys.ts';
import { searchSettings } from '#programs/settings/pages.ts';
import type { System } from '#runtime/system.ts';
import { hostClock } from '../common/host-clock.ts';
import type { KernelBoot } from './boot.ts';
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

function makeHost(kernel: KernelBoot | undefined): DesktopHost {
	return {
		programs,
		clock: hostClock,
		recognise: async (system: System, path: string) => {
			const { recogniseOpener } = await import('#legacy/recognise-path.ts');
			return recogniseOpener(system, path);
		},
		searchSettings: (query) =>
			searchSettings(query).map(({ page, entry }) => ({
				page: page.id,
				title: entry?.title ?? page.title,
				place: entry === undefined ? 'Settings' : `Settings, ${page.title}`,
			})),
		reportCrash: (processId, reason) => kernel?.reportCrash(processId, reason),
		restart: () => location.reload(),
		shutDown: async () => kernel?.shutDown(),
	};
}

/** Brings the appearance to the page, now and at every change. */
function showAppearance(appearance: AppearanceModel): void {
	const root = document.documentElement;
	const wallpaper = getElement('wallpaper');
	const apply = () => applyAppearance(root, wallpaper, appearance);
	apply();
	appearance.subscribe(apply);
	followBlurredWallpaper(root, appearance);
}

/** What can wait until the person can work. */
function settle(kernel: KernelBoot | undefined, desktop: DesktopModel): void {
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
}

/**
 * The moments of the start, as performance marks, each set once: `desktop-interactive` when the shell takes input (what
 * is started then runs as soon as the volume is open), `desktop-ready` when the volume's icons stand. After that,
 * background work may begin.
 */
function makeMoments(kernel: KernelBoot | undefined, desktop: DesktopModel) {
	let ready = false;
	return {
		onShown: () => {
			performance.mark('desktop-interactive');
			kernel?.begin('automatic');
		},
		onListed: () => {
			if (ready) return;
			ready = true;
			performance.mark('desktop-ready');
			requestIdleCallback(() => settle(kernel, desktop), { timeout: 2_000 });
		},
	};
}

function start(): void {
	const dark = matchMedia('(prefers-color-scheme: dark)');
	const appearance = new AppearanceModel(readAppearanceHint() ?? defaultAppearance, dark.matches);
	dark.addEventListener('change', () => appearance.setSystemIsDark(dark.matches));
	const boot = new BootModel({
		takeOver: () => kernel?.takeOver(),
		saveVolume: async () => {
			const { saveVolume } = await import('./save-volume.ts');
			return saveVolume();
		},
	});
	const desktop = new DesktopModel(makeHost(kernel), appearance, { width: innerWidth, height: innerHeight });
	showAppearance(appearance);
	listenToShellKeys(desktop);
	const moments = makeMoments(kernel, desktop);
	createRoot(getElement('desktop')).render(<Desktop desktop={desktop} boot={boot} {...moments} />);
	if (kernel === undefined) {
		boot.set({ state: 'unsupported', missing });
		return;
	}
	kernel.onStatus((status) => {
		// What ends then is not closed by the person: the session stays as it was.
		if (status.state === 'taken-over') desktop.stopRecording();
		boot.set(status);
	});
	addEventListener('pagehide', () => void desktop.flush());
	kernel.onLaunch((process) => desktop.hostProcess(process));
	kernel.onDesktop(({ system, session }) => {
		desktop.connect(system, session).catch((error: unknown) => boot.set({ state: 'failed', message: String(error) }));
	});
}

start();
