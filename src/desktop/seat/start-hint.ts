/**
 * What the page will most likely show at its next start, kept where it finds it before anything is loaded: the desktop of
 * the one who logs on by itself, the logon screen with its people, or the set-up screen where there is nobody yet.
 *
 * Rules of use: only a hint, for the first paint (`start-hint.js` reads it too). The system says what is true a moment
 * later. It holds what the logon screen shows to everybody: names and pictures, nothing that is secret.
 */
import type { AccountInfo } from '#abi/structures.generated.ts';
import { hueOfName } from '#ui/account-hue.ts';

export interface HintPerson {
	readonly name: string;
	readonly picture: string;
	/** Of the colour behind the letter that stands where there is no picture, degrees. */
	readonly hue: number;
}

export type StartHint =
	| { readonly screen: 'desktop' }
	| { readonly screen: 'set-up' }
	| { readonly screen: 'logon'; readonly people: readonly HintPerson[] };

const hintKey = 'vitrine.start-hint';
/** More would make the first paint wait. */
const mostPeople = 6;
const mostPictureCharacters = 32_768;

/** The hint for the next start, of all accounts that there are. */
export function hintFor(accounts: readonly AccountInfo[]): StartHint {
	if (accounts.length === 0) return { screen: 'set-up' };
	const enabled = accounts.filter((account) => account.enabled);
	const [first] = enabled;
	// Alone and without a password it logs on by itself.
	if (enabled.length === 1 && first?.credentials.every((kind) => kind === 'none') === true)
		return { screen: 'desktop' };
	const people = enabled.slice(0, mostPeople).map(({ name, picture }) => ({
		name,
		hue: hueOfName(name),
		picture: picture.length > mostPictureCharacters ? '' : picture,
	}));
	return { screen: 'logon', people };
}

export function storeStartHint(hint: StartHint): void {
	try {
		// biome-ignore lint/style/noRestrictedGlobals: only a hint for the first paint; the truth is on the volume
		localStorage.setItem(hintKey, JSON.stringify(hint));
	} catch (error) {
		// Storage may be closed to the page; then the first paint takes the defaults.
		if (!(error instanceof DOMException)) throw error;
	}
}

/** What the page has painted already, as `start-hint.js` chose it. */
export function readStartHint(root: HTMLElement): StartHint['screen'] {
	const { start } = root.dataset;
	return start === 'logon' || start === 'set-up' ? start : 'desktop';
}
