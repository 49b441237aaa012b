/**
 * Passkeys by the browser's own dialogue (Web Authentication Level 3), for the secret that the PRF extension makes of a
 * salt: 32 bytes that only this passkey gives, and only to this origin.
 *
 * Rules of use: it shows the browser's dialogue, so it follows a press of the person. It throws a
 * `PasskeyError` with words for the person when there is no passkey, no secret, or the person says no.
 */

export interface KnownPasskey {
	readonly id: Uint8Array<ArrayBuffer>;
	/** 32 bytes. */
	readonly salt: Uint8Array<ArrayBuffer>;
}

export class PasskeyError extends Error {
	override readonly name = 'PasskeyError';
}

interface PrfResults {
	readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: ArrayBuffer } };
}

const randomBytes = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));

/** The secret of one of these passkeys, and which it was. */
export async function askForPasskey(passkeys: readonly KnownPasskey[]): Promise<Uint8Array<ArrayBuffer>> {
	if (passkeys.length === 0) throw new PasskeyError('This account has no passkey.');
	const evalByCredential = Object.fromEntries(passkeys.map(({ id, salt }) => [encodeId(id), { first: salt }]));
	const publicKey: PublicKeyCredentialRequestOptions = {
		challenge: randomBytes(32),
		allowCredentials: passkeys.map(({ id }) => ({ type: 'public-key', id })),
		userVerification: 'required',
		extensions: { prf: { evalByCredential } } as AuthenticationExtensionsClientInputs,
	};
	const answer = await ask(() => navigator.credentials.get({ publicKey }));
	const secret = secretOf(answer);
	if (secret === undefined) throw new PasskeyError('The passkey did not give its secret.');
	return secret;
}

async function ask(show: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
	try {
		const credential = await show();
		if (credential instanceof PublicKeyCredential) return credential;
	} catch (error) {
		if (!(error instanceof DOMException)) throw error;
		if (error.name !== 'NotAllowedError') throw new PasskeyError(error.message, { cause: error });
	}
	throw new PasskeyError('No passkey was used.');
}

function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | undefined {
	const { prf } = credential.getClientExtensionResults() as PrfResults;
	const first = prf?.results?.first;
	return first === undefined ? undefined : new Uint8Array(first);
}

function encodeId(id: Uint8Array): string {
	return btoa(String.fromCharCode(...id))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
}
