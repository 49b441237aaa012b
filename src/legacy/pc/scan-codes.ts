/**
 * Scan codes (set 1, as the BIOS of a PC reads them) by the key's place on the keyboard.
 *
 * A key sends its code when pressed and the code with bit 7 set when released; keys that the first PC did not have send
 * `E0` before. Which letter a place gives is the affair of the guest's own layout.
 */

const plain: Readonly<Record<string, number>> = {
	Escape: 0x01,
	Minus: 0x0c,
	Equal: 0x0d,
	Backspace: 0x0e,
	Tab: 0x0f,
	BracketLeft: 0x1a,
	BracketRight: 0x1b,
	Enter: 0x1c,
	ControlLeft: 0x1d,
	Semicolon: 0x27,
	Quote: 0x28,
	Backquote: 0x29,
	ShiftLeft: 0x2a,
	Backslash: 0x2b,
	Comma: 0x33,
	Period: 0x34,
	Slash: 0x35,
	ShiftRight: 0x36,
	NumpadMultiply: 0x37,
	AltLeft: 0x38,
	Space: 0x39,
	CapsLock: 0x3a,
	NumLock: 0x45,
	ScrollLock: 0x46,
	Numpad7: 0x47,
	Numpad8: 0x48,
	Numpad9: 0x49,
	NumpadSubtract: 0x4a,
	Numpad4: 0x4b,
	Numpad5: 0x4c,
	Numpad6: 0x4d,
	NumpadAdd: 0x4e,
	Numpad1: 0x4f,
	Numpad2: 0x50,
	Numpad3: 0x51,
	Numpad0: 0x52,
	NumpadDecimal: 0x53,
	IntlBackslash: 0x56,
	F11: 0x57,
	F12: 0x58,
	IntlRo: 0x73,
	IntlYen: 0x7d,
};

const extended: Readonly<Record<string, number>> = {
	NumpadEnter: 0x1c,
	ControlRight: 0x1d,
	NumpadDivide: 0x35,
	AltRight: 0x38,
	Home: 0x47,
	ArrowUp: 0x48,
	PageUp: 0x49,
	ArrowLeft: 0x4b,
	ArrowRight: 0x4d,
	End: 0x4f,
	ArrowDown: 0x50,
	PageDown: 0x51,
	Insert: 0x52,
	Delete: 0x53,
	MetaLeft: 0x5b,
	MetaRight: 0x5c,
	ContextMenu: 0x5d,
};

const letterRows = [
	{ first: 0x10, letters: 'QWERTYUIOP' },
	{ first: 0x1e, letters: 'ASDFGHJKL' },
	{ first: 0x2c, letters: 'ZXCVBNM' },
];

function findPlain(code: string): number | undefined {
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	if (letter !== undefined) {
		const row = letterRows.find(({ letters }) => letters.includes(letter));
		return row === undefined ? undefined : row.first + row.letters.indexOf(letter);
	}
	const digit = /^Digit([0-9])$/.exec(code)?.[1];
	if (digit !== undefined) return digit === '0' ? 0x0b : 0x01 + Number(digit);
	const functionKey = /^F([1-9]|10)$/.exec(code)?.[1];
	if (functionKey !== undefined) return 0x3a + Number(functionKey);
	return plain[code];
}

/** The bytes that the keyboard sends; `undefined` for a key that a PC does not have. */
export function findScanCodes(code: string, pressed: boolean): number[] | undefined {
	const released = pressed ? 0 : 0x80;
	const key = findPlain(code);
	if (key !== undefined) return [key | released];
	const added = extended[code];
	if (added !== undefined) return [0xe0, added | released];
	// The Pause key sends all of it at once and nothing when released.
	if (code === 'Pause') return pressed ? [0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5] : [];
	return undefined;
}
