/** What the shell shows before a line: `PS1` as Bash reads it, or folder and mark. */
import type { Session } from './session.ts';

export function makePrompt(session: Session): string {
	const form = session.variables.get('PS1')?.value;
	if (form !== undefined) return expandPrompt(form, session);
	const mark = session.lastStatus === 0 ? '\x1b[32m' : '\x1b[31m';
	return `\x1b[1;34m${shownDirectory(session)}\x1b[0m ${mark}$\x1b[0m `;
}

function shownDirectory(session: Session): string {
	const home = session.findVariable('HOME');
	const directory = session.workingDirectory;
	return home !== undefined && `${directory}/`.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory;
}

function expandPrompt(form: string, session: Session): string {
	const directory = shownDirectory(session);
	const values: Readonly<Record<string, string>> = {
		w: directory,
		W: directory.slice(directory.lastIndexOf('/') + 1) || '/',
		u: session.findVariable('USER') ?? 'owner',
		h: 'vitrine',
		$: '$',
		n: '\r\n',
		e: '\x1b',
		t: new Date().toTimeString().slice(0, 8),
		'[': '',
		']': '',
		'\\': '\\',
	};
	return form.replace(/\\(033|.)/g, (whole, letter: string) => (letter === '033' ? '\x1b' : (values[letter] ?? whole)));
}
