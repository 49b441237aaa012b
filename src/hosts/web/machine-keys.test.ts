import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBrowserKey, type PressedKey } from './machine-keys.ts';

function press(text: string): PressedKey {
	const words = text.split('+');
	const has = (name: string) => words.includes(name);
	return {
		key: words.at(-1) ?? '',
		ctrlKey: has('Ctrl'),
		shiftKey: has('Shift'),
		altKey: has('Alt'),
		metaKey: has('Meta'),
		getModifierState: has,
	};
}

const waysOut =
	'Ctrl+w Ctrl+W Ctrl+n Ctrl+t Ctrl+o Ctrl+p Ctrl+s Ctrl+h Ctrl+j Ctrl+u Ctrl+l Ctrl+r Ctrl+f Ctrl+d Ctrl+e Ctrl+k ' +
	'Ctrl+Shift+i Ctrl+Shift+C Ctrl+Shift+A Ctrl+Shift+Delete Shift+Escape Ctrl+Shift+N Ctrl+Shift+t Ctrl+Shift+Escape Ctrl+Tab Ctrl+PageDown Ctrl+0 Ctrl++ Ctrl+- Ctrl+1 ' +
	'Ctrl+F4 Ctrl+Alt+t Alt+F4 Alt+ArrowLeft Alt+Home Alt+d Alt+f Alt+1 Alt+Enter Alt+Tab Alt+Alt Meta+Meta Meta+l ' +
	'F1 F3 F5 F6 F7 F10 F11 F12 BrowserBack BrowserHome BrowserRefresh LaunchMail LaunchApplication1 ContextMenu Print';

test('No key of a browser is left to it', () => {
	const names = waysOut.split(' ');
	assert.ok(names.length >= 30);
	for (const name of names) assert.equal(isBrowserKey(press(name)), true, name);
});

test('What writes or edits is left alone', () => {
	const names =
		'a A Enter Tab Escape ArrowLeft Ctrl+c Ctrl+v Ctrl+X Ctrl+z Ctrl+a Ctrl+ArrowRight Ctrl+Backspace Ctrl+Shift+Z Ctrl+Shift+End';
	for (const name of names.split(' ')) assert.equal(isBrowserKey(press(name)), false, name);
	assert.equal(isBrowserKey(press('AltGraph+Ctrl+Alt+@')), false);
});
