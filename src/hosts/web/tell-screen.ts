/**
 * Tells the PC what stands on its screen, as a person sees it, so that a test of the whole PC can wait for what it is to
 * see. Only a page whose document asks for it loads this: the host service does so when a test has started the PC
 * (`docs/iso.md`), and nobody else hears of it.
 *
 * Invariants: it reads the page and changes nothing; it tells only what has changed.
 */
import type { ScreenReport } from '../common/machine-contract.ts';

const lookEveryMs = 250;

/** Looks for ever. `screen` says which screen is shown; `tell` is not called again before it has resolved. */
export async function tellScreen(screen: () => string, tell: (report: ScreenReport) => Promise<void>): Promise<void> {
	for (let last = ''; ; ) {
		const report: ScreenReport = { screen: screen(), ...look() };
		const words = JSON.stringify(report);
		if (words !== last) await tell(report);
		last = words;
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
}

function look(): Omit<ScreenReport, 'screen'> {
	const desktop = document.querySelector('.session-desktop:not([hidden])');
	const windows = desktop === null ? [] : [...desktop.querySelectorAll('[data-window]')].filter(isShown);
	const icons = desktop?.querySelectorAll('[role=listbox][aria-label=Desktop] [role=option]') ?? [];
	const { activeElement } = document;
	return {
		windows: windows.map(nameOf),
		front: nameOf(windows.find((window) => window.getAttribute('data-focused') === 'true')),
		icons: [...icons].map(nameOf),
		focus: nameOf(activeElement),
	};
}

function isShown(element: Element): boolean {
	return element.checkVisibility({ visibilityProperty: true });
}

/** The name that assistive technology reads out, as far as the desktop's own parts need it; else what it is. */
function nameOf(element: Element | null | undefined): string {
	if (element === null || element === undefined) return '';
	const labelledBy = element.getAttribute('aria-labelledby');
	const label = labelledBy === null ? undefined : document.getElementById(labelledBy)?.textContent;
	const field = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
	const isNamedByText = element.matches('[role=option], button, h2');
	const text = isNamedByText ? element.textContent : undefined;
	const name = element.getAttribute('aria-label') ?? label ?? field ?? text ?? element.localName;
	return name.trim().slice(0, 200);
}
