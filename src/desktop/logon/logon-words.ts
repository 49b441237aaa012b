/** What the logon screen says, in the words of a person. */
import { OsError } from '#abi/errors.ts';
import type { CredentialKind } from '#abi/structures.generated.ts';

const wrong: Readonly<Record<CredentialKind, string>> = {
	none: 'This account needs a password.',
	password: 'That is not the password of this account.',
	recovery: 'That is not the recovery code of this account.',
	passkey: 'This passkey does not open this account.',
};

/** How an attempt with a credential of `kind` went wrong. */
export function describeLogonFailure(error: OsError, kind: CredentialKind): string {
	if (error.code === 'EACCES') return wrong[kind];
	// Until when is told beside it.
	if (error.code === 'EAGAIN') return 'Too many attempts went wrong.';
	return describeAccountFailure(error);
}

/** What is wrong with a name or a password, in the system's own words; of anything else, what happened. */
export function describeAccountFailure(error: unknown): string {
	if (!(error instanceof OsError)) return error instanceof Error ? error.message : String(error);
	const isAboutWish = error.code === 'EINVAL' || error.code === 'EEXIST';
	return isAboutWish && error.detail !== '' ? sentence(error.detail) : error.message;
}

function sentence(text: string): string {
	return `${text.replace(/^./, (letter) => letter.toUpperCase()).replace(/\.$/, '')}.`;
}

/** `0:27`, `2:05`. */
export function formatWait(milliseconds: number): string {
	const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `Anna`, `Anna and Bert`, `Anna, Bert and Carla`. */
export function listNames(names: readonly string[]): string {
	return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}
