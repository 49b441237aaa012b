/**
 * Passkeys by the browser's own dialogue (Web Authentication Level 3), for the secret that the PRF extension makes of a
 * salt: 32 bytes that only this passkey gives, and only to this origin.
 *
 * Rules of use: both functions show the browser's dialogue, so they follow a press of the person. They throw a
 * `PasskeyError` with words for the person when there is no passkey, no secret, or the person says no.
 */

export interface KnownPasskey {
	readonly id: Uint8Array<ArrayBuffer>;
	/** 32 bytes. */
	readonly salt: Uint8Array<ArrayBuffer>;
}

export interface MadePasskey extends KnownPasskey {
	/** 32 bytes. */
	readonly secret: Uint8Array<ArrayBuffer>;
}

export class PasskeyError extends Error {
	override readonly name = 'PasskeyError';
}

interface PrfResults {
	readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: ArrayBuffer } };
}

const relyingParty = 'Vitrine';
/** Ed25519, ECDSA with P-256, RSA: what authenticators have. Vitrine uses none of them, only the secret. */
const algorithms = [-8, -7, -257];
const saltBytes = 32;

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

/** Makes a passkey for `person`, and the secret that it gives for a new salt. The browser may ask twice. */
export async function makePasskey(person: string): Promise<MadePasskey> {
	const salt = randomBytes(saltBytes);
	const publicKey: PublicKeyCredentialCreationOptions = {
		challenge: randomBytes(32),
		rp: { name: relyingParty },
		user: { id: randomBytes(16), name: person, displayName: person },
		pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
		authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
		extensions: { prf: { eval: { first: salt } } } as AuthenticationExtensionsClientInputs,
	};
	const made = await ask(() => navigator.credentials.create({ publicKey }));
	const id = new Uint8Array(made.rawId);
	const { prf } = made.getClientExtensionResults() as PrfResults;
	if (prf?.enabled !== true)
		throw new PasskeyError('This device or password store cannot make secrets for Vitrine. Use another one.');
	// Some give the secret only when they are used, not when they are made.
	const secret = secretOf(made) ?? (await askForPasskey([{ id, salt }]));
	return { id, salt, secret };
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
