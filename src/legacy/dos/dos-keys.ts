/**
 * Keys by their place on the keyboard, as DOSBox numbers them.
 *
 * Places, not letters: the guest's own layout (`keyboardlayout`, the person's) makes letters of them, so that programs that
 * read scan codes and programs that read letters are both served.
 *
 * The Pause key is left out: the engine stops with an error when it gets it.
 */

const named: Readonly<Record<string, number>> = {
	Space: 32,
	Quote: 39,
	Comma: 44,
	Minus: 45,
	Period: 46,
	Slash: 47,
	Semicolon: 59,
	Equal: 61,
	BracketLeft: 91,
	Backslash: 92,
	BracketRight: 93,
	Backquote: 96,
	Escape: 256,
	Enter: 257,
	Tab: 258,
	Backspace: 259,
	Insert: 260,
	Delete: 261,
	ArrowRight: 262,
	ArrowLeft: 263,
	ArrowDown: 264,
	ArrowUp: 265,
	PageUp: 266,
	PageDown: 267,
	Home: 268,
	End: 269,
	CapsLock: 280,
	ScrollLock: 281,
	NumLock: 282,
	NumpadDecimal: 330,
	NumpadDivide: 331,
	NumpadMultiply: 332,
	NumpadSubtract: 333,
	NumpadAdd: 334,
	NumpadEnter: 335,
	ShiftLeft: 340,
	ControlLeft: 341,
	AltLeft: 342,
	ShiftRight: 344,
	ControlRight: 345,
	AltRight: 346,
	IntlBackslash: 348,
};

/** The engine's number of the key, or `undefined` when the guest has no such key. */
export function findDosKey(code: string): number | undefined {
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	if (letter !== undefined) return letter.charCodeAt(0);
	const digit = /^(Digit|Numpad)([0-9])$/.exec(code);
	if (digit !== null) return (digit[1] === 'Digit' ? 48 : 320) + Number(digit[2]);
	const functionKey = /^F([0-9]+)$/.exec(code)?.[1];
	if (functionKey !== undefined && Number(functionKey) <= 12) return 289 + Number(functionKey);
	return named[code];
}
