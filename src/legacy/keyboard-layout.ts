/**
 * Which layout the person's keyboard has, told by the letters that a few places of it give.
 *
 * Chromium's Keyboard API says which character each key gives without modifiers. The layouts differ in these places; the
 * DOS name is what KEYB takes. An unknown layout gets `us`.
 */

interface Layout {
	readonly dosName: string;
	readonly keys: Readonly<Record<string, string>>;
}

const layouts: readonly Layout[] = [
	{ dosName: 'be', keys: { KeyQ: 'a', KeyZ: 'w', Minus: ')', Equal: '-' } },
	{ dosName: 'fr', keys: { KeyQ: 'a', KeyZ: 'w' } },
	{ dosName: 'sg', keys: { KeyY: 'z', Semicolon: 'ö', Slash: '-', Minus: "'" } },
	{ dosName: 'sf', keys: { KeyY: 'z', Semicolon: 'é' } },
	{ dosName: 'gr', keys: { KeyY: 'z', Semicolon: 'ö', Minus: 'ß' } },
	{ dosName: 'hu', keys: { KeyY: 'z', Semicolon: 'é', Quote: 'á' } },
	{ dosName: 'cz243', keys: { KeyY: 'z', Semicolon: 'ů' } },
	{ dosName: 'yu', keys: { KeyY: 'z', Semicolon: 'č' } },
	{ dosName: 'dk', keys: { Semicolon: 'æ', BracketLeft: 'å' } },
	{ dosName: 'no', keys: { Semicolon: 'ø', BracketLeft: 'å' } },
	{ dosName: 'sv', keys: { Semicolon: 'ö', BracketLeft: 'å' } },
	{ dosName: 'it', keys: { Semicolon: 'ò' } },
	{ dosName: 'br', keys: { Semicolon: 'ç', BracketLeft: '´' } },
	{ dosName: 'po', keys: { Semicolon: 'ç', Quote: 'º' } },
	{ dosName: 'sp', keys: { Semicolon: 'ñ', Minus: "'" } },
	{ dosName: 'la', keys: { Semicolon: 'ñ' } },
	{ dosName: 'cf', keys: { Slash: 'é' } },
	{ dosName: 'ru', keys: { KeyQ: 'й' } },
	{ dosName: 'uk', keys: { Backslash: '#', Quote: "'", KeyY: 'y' } },
];

/** `keys` maps places (`KeyQ`) to the characters they give. */
export function findDosLayout(keys: ReadonlyMap<string, string>): string {
	const layout = layouts.find((candidate) =>
		Object.entries(candidate.keys).every(([code, character]) => keys.get(code) === character),
	);
	return layout?.dosName ?? 'us';
}

interface KeyboardApi {
	getLayoutMap(): Promise<ReadonlyMap<string, string>>;
}

/** The layout of this computer's keyboard as DOS names it; `us` where the browser does not tell. */
export async function detectDosLayout(): Promise<string> {
	const { keyboard } = navigator as Navigator & { keyboard?: KeyboardApi };
	if (keyboard === undefined) return 'us';
	try {
		return findDosLayout(await keyboard.getLayoutMap());
	} catch (error) {
		// The browser refuses it in a frame without permission: the machine starts all the same.
		if (error instanceof DOMException) return 'us';
		throw error;
	}
}
