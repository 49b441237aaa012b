// Chooses what the first paint shows: the desktop, the logon screen with its people, or the set-up screen of a new computer.
// The truth is asked of the system a moment later.
(() => {
	const root = document.documentElement;
	root.dataset.start = 'desktop';
	if (document.querySelector('meta[name=vitrine-machine-appliance]') !== null) {
		root.dataset.start = 'appliance';
		return;
	}
	try {
		// biome-ignore lint/style/noRestrictedGlobals: only a hint for the first paint; the truth is on the volume
		const storage = localStorage;
		const hint = JSON.parse(storage.getItem('vitrine.start-hint') ?? 'null');
		const isNew = storage.getItem('vitrine.appearance-hint') === null;
		const automatic = new URLSearchParams(location.search).get('set-up') === 'automatic';
		const screen = hint?.screen ?? (isNew && !automatic ? 'set-up' : 'desktop');
		root.dataset.start = screen;
		if (screen !== 'logon' || hint.people.length !== 1) return;
		const [{ name, picture, hue }] = hint.people;
		document.getElementById('first-name').textContent = name;
		const first = document.getElementById('first-picture');
		if (picture === '') first.textContent = [...name.trim()][0]?.toUpperCase() ?? '';
		else first.style.backgroundImage = `url("${picture}")`;
		first.style.backgroundColor = `oklch(53% 0.12 ${hue})`;
		root.dataset.people = 'one';
		const field = document.querySelector('#first-logon input');
		// What was entered stays as it is until the system can look at it.
		field.addEventListener('keydown', ({ key }) => {
			if (key === 'Enter' && field.value !== '') field.readOnly = true;
		});
		field.focus();
	} catch {
		// Without a hint the desktop is painted.
	}
})();
