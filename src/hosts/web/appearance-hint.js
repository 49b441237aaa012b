// Brings the appearance of the last time to the first paint. The truth is read from the volume a moment later.
(() => {
	try {
		// biome-ignore lint/style/noRestrictedGlobals: only a hint for the first paint; the truth is on the volume
		const hint = JSON.parse(localStorage.getItem('vitrine.appearance-hint') ?? 'null');
		if (hint === null) return;
		const root = document.documentElement;
		if (hint.theme !== 'automatic') root.dataset.theme = hint.theme;
		root.style.setProperty('--accent-hue', String(hint.accentHue));
		root.style.setProperty('--first-base', `${hint.base} ${hint.picture}`);
	} catch {
		// Without a hint the defaults are painted.
	}
})();
