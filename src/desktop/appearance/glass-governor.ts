/**
 * Decides by frame times which glass this machine can carry, as long as the person leaves it to Vitrine.
 *
 * It starts layered, which is cheap everywhere. Once the desktop is at rest a short probe moves a pane of real glass
 * and measures; when that is smooth, full glass is used from then on, also at the next start. While windows are moved
 * the frames are watched: a second of slow ones takes the glass one level down and tells the person once.
 */
import { type Disposable, DisposableStore } from '#base/disposable.ts';
import type { GlassLevel } from '#runtime/window-program.ts';
import type { MeasuredGlass } from '../session/desktop-record.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { AppearanceModel } from './appearance-model.ts';
import { FrameTimes } from './frame-times.ts';

export interface GlassGovernorOptions {
	readonly appearance: AppearanceModel;
	readonly session: SessionStore;
	/** The screen that the measurement holds for. */
	readonly screen: string;
	readonly now: number;
	onSimplified(): void;
}

const limitsMs: Record<Exclude<GlassLevel, 'basic'>, number> = { full: 24, layered: 36 };
/** Two panes at once, because a desktop with one window is not the one that must be smooth. */
const probePanes = 2;
const probeFrames = 24;
const probeLimitMs = 20;
const measuredAgainAfterMs = 7 * 24 * 3_600_000;

/** Mean frame time while panes of real glass move over the wallpaper. */
async function probeFullGlass(): Promise<number> {
	const panes = Array.from({ length: probePanes }, () => {
		const pane = document.createElement('div');
		pane.className = 'glass-probe';
		pane.setAttribute('aria-hidden', 'true');
		document.body.append(pane);
		return pane;
	});
	const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
	const begun = await nextFrame();
	let now = begun;
	for (let frame = 0; frame < probeFrames; frame++) {
		panes.forEach((pane, index) => {
			pane.style.translate = `${frame * 3 + index * 90}px ${frame * 2 + index * 40}px`;
		});
		now = await nextFrame();
	}
	for (const pane of panes) pane.remove();
	return (now - begun) / probeFrames;
}

export class GlassGovernor implements Disposable {
	readonly #options: GlassGovernorOptions;
	readonly #owned = new DisposableStore();
	#frameRequest = 0;
	#times: FrameTimes | undefined;

	constructor(options: GlassGovernorOptions) {
		this.#options = options;
		const { measuredGlass } = options.session.record;
		if (measuredGlass !== undefined) options.appearance.setMeasuredGlass(measuredGlass.level);
		// Windows and taskbar buttons are moved with this attribute set.
		const observer = new MutationObserver(() => this.#watch());
		observer.observe(document.documentElement, { attributeFilter: ['data-dragging'] });
		this.#owned.defer(() => observer.disconnect());
		this.#owned.defer(() => cancelAnimationFrame(this.#frameRequest));
	}

	/** Measures unless this screen was measured lately. Call it when the desktop is at rest. */
	async measure(): Promise<void> {
		const { appearance, session, screen, now } = this.#options;
		const before = session.record.measuredGlass;
		const known = before?.screen === screen && now - before.time < measuredAgainAfterMs;
		if (known || appearance.settings.glass !== 'automatic' || document.hidden) return;
		const frameMs = await probeFullGlass();
		this.#decide(frameMs <= probeLimitMs ? 'full' : 'layered');
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#watch(): void {
		const moving = document.documentElement.dataset.dragging !== undefined;
		const { appearance } = this.#options;
		const level = appearance.glassLevel;
		cancelAnimationFrame(this.#frameRequest);
		if (!moving || level === 'basic' || appearance.settings.glass !== 'automatic') return;
		this.#times ??= new FrameTimes(limitsMs[level], 1_000);
		this.#times.rest();
		const onFrame = (time: number) => {
			if (this.#times?.add(time) === true) this.#simplify(level);
			else this.#frameRequest = requestAnimationFrame(onFrame);
		};
		this.#frameRequest = requestAnimationFrame(onFrame);
	}

	#simplify(level: Exclude<GlassLevel, 'basic'>): void {
		this.#times = undefined;
		this.#decide(level === 'full' ? 'layered' : 'basic');
		const { session, onSimplified } = this.#options;
		if (session.record.glassNoticeShown) return;
		session.update({ glassNoticeShown: true });
		onSimplified();
	}

	#decide(level: GlassLevel): void {
		const { appearance, session, screen, now } = this.#options;
		appearance.setMeasuredGlass(level);
		session.update({ measuredGlass: { level, screen, time: now } satisfies MeasuredGlass });
	}
}
