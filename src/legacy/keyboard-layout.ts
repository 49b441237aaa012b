/**
 * Which layout the person's keyboard has, told by the letters that a few places of it give.
 *
 * Chromium's Keyboard API says which character each key gives without modifiers. The layouts differ in these places. An
 * unknown layout gets `us`.
 *
 * The code page decides what stands on the screen, so it is 437, the one in the ROM of every PC, for which the frames and
 * signs of old programs were drawn; another one only where 437 lacks letters that the keyboard has.
 */

/** What DOS is told of a keyboard: the arguments of KEYB. */
export interface DosKeyboard {
	readonly layout: string;
	readonly codePage: number;
}

interface Layout {
	readonly dosName: string;
	readonly codePage?: number;
	readonly keys: Readonly<Record<string, string>>;
}

const romCodePage = 437;
const unknownKeyboard: DosKeyboard = { layout: 'us', codePage: romCodePage };

const layouts: readonly Layout[] = [
	{ dosName: 'be', keys: { KeyQ: 'a', KeyZ: 'w', Minus: ')', Equal: '-' } },
	{ dosName: 'fr', keys: { KeyQ: 'a', KeyZ: 'w' } },
	{ dosName: 'sg', keys: { KeyY: 'z', Semicolon: 'ö', Slash: '-', Minus: "'" } },
	{ dosName: 'sf', keys: { KeyY: 'z', Semicolon: 'é' } },
	{ dosName: 'gr', keys: { KeyY: 'z', Semicolon: 'ö', Minus: 'ß' } },
	{ dosName: 'hu', codePage: 852, keys: { KeyY: 'z', Semicolon: 'é', Quote: 'á' } },
	{ dosName: 'cz243', codePage: 852, keys: { KeyY: 'z', Semicolon: 'ů' } },
	{ dosName: 'yu', codePage: 852, keys: { KeyY: 'z', Semicolon: 'č' } },
	{ dosName: 'dk', codePage: 850, keys: { Semicolon: 'æ', BracketLeft: 'å' } },
	{ dosName: 'no', codePage: 850, keys: { Semicolon: 'ø', BracketLeft: 'å' } },
	{ dosName: 'sv', keys: { Semicolon: 'ö', BracketLeft: 'å' } },
	{ dosName: 'it', keys: { Semicolon: 'ò' } },
	{ dosName: 'br', codePage: 850, keys: { Semicolon: 'ç', BracketLeft: '´' } },
	{ dosName: 'po', codePage: 850, keys: { Semicolon: 'ç', Quote: 'º' } },
	{ dosName: 'sp', keys: { Semicolon: 'ñ', Minus: "'" } },
	{ dosName: 'la', keys: { Semicolon: 'ñ' } },
	{ dosName: 'cf', codePage: 850, keys: { Slash: 'é' } },
	{ dosName: 'ru', codePage: 866, keys: { KeyQ: 'й' } },
	{ dosName: 'uk', keys: { Backslash: '#', Quote: "'", KeyY: 'y' } },
];

/** `keys` maps places (`KeyQ`) to the characters they give. */
export function findDosKeyboard(keys: ReadonlyMap<string, string>): DosKeyboard {
	const found = layouts.find((candidate) =>
		Object.entries(candidate.keys).every(([code, character]) => keys.get(code) === character),
	);
	return found === undefined ? unknownKeyboard : { layout: found.dosName, codePage: found.codePage ?? romCodePage };
}

interface KeyboardApi {
	getLayoutMap(): Promise<ReadonlyMap<string, string>>;
}

/** This computer's keyboard; the American one where the browser does not tell. */
export async function detectDosKeyboard(): Promise<DosKeyboard> {
	const { keyboard } = navigator as Navigator & { keyboard?: KeyboardApi };
	if (keyboard === undefined) return unknownKeyboard;
	try {
		return findDosKeyboard(await keyboard.getLayoutMap());
	} catch (error) {
		// The browser refuses it in a frame without permission: the machine starts all the same.
		if (error instanceof DOMException) return unknownKeyboard;
		throw error;
	}
}
