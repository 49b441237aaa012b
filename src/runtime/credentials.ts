/** What people prove themselves with, as they type it, and what the system's answers to that mean in words. */
import { OsError } from '#abi/errors.ts';
import type { Credential, CredentialKind } from '#abi/structures.generated.ts';

/** Of an account without a password. */
export const noCredential: Credential = { kind: 'none', secret: new Uint8Array() };

/** What was typed, as the bytes that prove somebody. Composed, so that the same word is the same from every keyboard. */
export function typedCredential(kind: CredentialKind, text: string): Credential {
	return { kind, secret: new TextEncoder().encode(text.normalize('NFC')) };
}

/** The password that was typed, or that there is none. */
export function passwordCredential(password: string): Credential {
	return password === '' ? noCredential : typedCredential('password', password);
}

const wrong: Readonly<Record<CredentialKind, string>> = {
	none: 'This account needs a password.',
	password: 'That is not the password of this account.',
	recovery: 'That is not the recovery code of this account.',
	passkey: 'This passkey does not open this account.',
};

/** How an attempt with a credential of `kind` went wrong. */
export function describeCredentialFailure(error: unknown, kind: CredentialKind): string {
	if (error instanceof OsError && error.code === 'EACCES') return wrong[kind];
	// Until when is told beside it.
	if (error instanceof OsError && error.code === 'EAGAIN') return 'Too many attempts went wrong.';
	return describeAccountFailure(error);
}

/** What is wrong with a name or a password, in the system's own words; of anything else, what happened. */
export function describeAccountFailure(error: unknown): string {
	if (!(error instanceof OsError)) return error instanceof Error ? error.message : String(error);
	const isAboutWish = ['EINVAL', 'EEXIST', 'EBUSY'].includes(error.code);
	return isAboutWish && error.detail !== '' ? sentence(error.detail) : error.message;
}

function sentence(text: string): string {
	return `${text.replace(/^./, (letter) => letter.toUpperCase()).replace(/\.$/, '')}.`;
}
