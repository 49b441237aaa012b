/** What each kind of account is called, and what it may do. */
import type { AccountKind } from '#abi/structures.generated.ts';

export const kindTitles: Readonly<Record<AccountKind, string>> = {
	administrator: 'Administrator',
	standard: 'Standard user',
	guest: 'Guest',
};

export const kindHints: Readonly<Record<AccountKind, string>> = {
	administrator: 'May change everything, for everybody, after agreeing to it.',
	standard: 'Works with what is theirs. An administrator agrees to more.',
	guest: 'Needs no password, and leaves nothing behind.',
};
