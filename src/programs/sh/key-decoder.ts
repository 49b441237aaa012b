/**
 * Turns what a terminal sends into keys: text, control characters, xterm's escape sequences (ECMA-48, xterm
 * ctlseqs), bracketed paste (mode 2004) and in-band size reports (mode 2048).
 *
 * Rules of use:
 * - `decode` takes the bytes as they come; a sequence that ends in the middle waits for the next bytes.
 * - Sequences it does not know are dropped whole: no letter of them reaches the line.
 */

export type Key =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'paste'; readonly text: string }
	| { readonly kind: 'size'; readonly rows: number; readonly columns: number }
	| { readonly kind: 'key'; readonly name: KeyName };

export type KeyName =
	| 'up'
	| 'down'
	| 'left'
	| 'right'
	| 'word-left'
	| 'word-right'
	| 'home'
	| 'end'
	| 'delete'
	| 'backspace'
	| 'enter'
	| 'tab'
	| 'escape'
	| 'delete-word-right'
	| `control-${string}`;

const finals: Readonly<Record<string, KeyName>> = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end' };
const tildes: Readonly<Record<string, KeyName>> = { 1: 'home', 3: 'delete', 4: 'end', 7: 'home', 8: 'end' };
const metas: Readonly<Record<string, KeyName>> = {
	b: 'word-left',
	f: 'word-right',
	d: 'delete-word-right',
	'\x7f': 'control-w',
	'\b': 'control-w',
};
/** A control sequence without its escape character. */
const sequence = /^\[([0-9;?<=>]*)[ -/]*([@-~])/;
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

export class KeyDecoder {
	readonly #decoder = new TextDecoder();
	#rest = '';

	decode(bytes: Uint8Array): Key[] {
		let text = this.#rest + this.#decoder.decode(bytes, { stream: true });
		const keys: Key[] = [];
		while (text !== '') {
			const [key, length] = decodeOne(text);
			if (length === 0) break;
			if (key !== undefined) keys.push(key);
			text = text.slice(length);
		}
		this.#rest = text;
		return keys;
	}
}

/** The first key of `text` and its length; length 0 when the rest of it has not come yet. */
function decodeOne(text: string): [Key | undefined, number] {
	if (text.startsWith(pasteStart)) {
		const end = text.indexOf(pasteEnd);
		if (end < 0) return [undefined, 0];
		return [{ kind: 'paste', text: text.slice(pasteStart.length, end) }, end + pasteEnd.length];
	}
	if (text.startsWith('\x1b')) return decodeEscape(text);
	const plain = /^\P{Cc}+/u.exec(text)?.[0];
	if (plain !== undefined) return [{ kind: 'text', text: plain }, plain.length];
	return [{ kind: 'key', name: controlName(text.charCodeAt(0)) }, 1];
}

function controlName(code: number): KeyName {
	if (code === 13 || code === 10) return 'enter';
	if (code === 9) return 'tab';
	if (code === 127 || code === 8) return 'backspace';
	return `control-${String.fromCharCode(code + 96)}`;
}

function decodeEscape(text: string): [Key | undefined, number] {
	const match = sequence.exec(text.slice(1));
	if (match !== null) return [decodeSequence(match[1] ?? '', match[2] ?? ''), match[0].length + 1];
	if (text.startsWith('\x1b['))
		return text.length < 32 && /^\[[0-9;?]*$/.test(text.slice(1)) ? [undefined, 0] : [undefined, 2];
	if (text.startsWith('\x1bO')) {
		const name = finals[text[2] ?? ''];
		if (text.length < 3) return [undefined, 0];
		return [name === undefined ? undefined : { kind: 'key', name }, 3];
	}
	const meta = metas[text[1] ?? ''];
	if (meta !== undefined) return [{ kind: 'key', name: meta }, 2];
	return [{ kind: 'key', name: 'escape' }, 1];
}

function decodeSequence(parameters: string, final: string): Key | undefined {
	const [first = '', second = '', third = ''] = parameters.split(';');
	if (final === 't' && first === '48') return { kind: 'size', rows: Number(second), columns: Number(third) };
	if (final === '~') {
		const name = second === '5' && first === '3' ? 'delete-word-right' : tildes[first];
		return name === undefined ? undefined : { kind: 'key', name };
	}
	const name = finals[final];
	if (name === undefined) return undefined;
	const byWord = second === '5' || second === '3';
	if (byWord && (name === 'left' || name === 'right')) return { kind: 'key', name: `word-${name}` };
	return { kind: 'key', name };
}
