/**
 * The page: starts the kernel, makes the desktop and connects the two. The only place that knows both.
 */
import { createRoot } from 'react-dom/client';
import { AppearanceModel, defaultAppearance } from '#desktop/appearance/appearance-model.ts';
import { applyAppearance } from '#desktop/appearance/apply-appearance.ts';
import { followBlurredWallpaper } from '#desktop/appearance/blurred-wallpaper.ts';
import { GlassGovernor } from '#desktop/appearance/glass-governor.ts';
import { BootModel } from '#desktop/boot/boot-model.ts';
import { Desktop } from '#desktop/desktop.tsx';
import { DesktopModel } from '#desktop/desktop-model.ts';
import { learnKeyboardLayout } from '#desktop/keyboard/keyboard-reach.ts';
import { listenToShellKeys } from '#desktop/keyboard/shell-keys.ts';
import { searchSettings } from '#programs/settings/pages.ts';
import type { System } from '#runtime/system.ts';
import { hostClock } from '../common/host-clock.ts';
import { bootKernel, type KernelBoot } from './boot.ts';
import { missingFeatures } from './browser-features.ts';
import { programs } from './programs.ts';
import '#ui/tokens.css';
import '#ui/base.css';
import '#ui/fonts.css';

function getElement(id: string): HTMLElement {
	const element = document.getElementById(id);
	if (element === null) throw new Error(`The page has no element "${id}".`);
	return element;
}

const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
const appearance = new AppearanceModel(defaultAppearance, dark.matches);
dark.addEventListener('change', () => appearance.setSystemIsDark(dark.matches));
const missing = missingFeatures();
const windowPrograms = programs.filter(({ kind }) => kind === 'window').map(({ name }) => name);
const kernel: KernelBoot | undefined = missing.length === 0 ? bootKernel(windowPrograms) : undefined;
const boot = new BootModel(() => kernel?.takeOver());
if (missing.length > 0) boot.set({ state: 'unsupported', missing });

const desktop = new DesktopModel(
	{
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
		shutDown: () => void kernel?.shutDown(),
	},
	appearance,
	{ width: innerWidth, height: innerHeight },
);

/** What can wait until the person can work. */
function settle(): void {
	kernel?.settled();
	const governor = new GlassGovernor({
		appearance,
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

let settled = false;
function onListed(): void {
	if (settled) return;
	settled = true;
	performance.mark('desktop-interactive');
	requestIdleCallback(settle, { timeout: 2_000 });
}

const wallpaper = getElement('wallpaper');
const apply = () => applyAppearance(root, wallpaper, appearance);
if (localStorage.getItem('vitrine.appearance-hint') === null) apply();
appearance.subscribe(apply);
followBlurredWallpaper(root, appearance);
listenToShellKeys(desktop);
createRoot(getElement('desktop')).render(<Desktop desktop={desktop} boot={boot} onListed={onListed} />);

if (kernel !== undefined) {
	kernel.onStatus((status) => boot.set(status));
	kernel.onLaunch((process) => desktop.hostProcess(process));
	kernel.ready
		.then((system) => desktop.connect(system))
		.catch((error: unknown) => boot.set({ state: 'failed', message: String(error) }));
}
