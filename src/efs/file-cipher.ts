/**
 * The cryptography that encrypted files need, as a port: the key vault stands behind it, in a thread of its own, and is
 * waited for. Keys are numbers here.
 *
 * Rules of use: a file key is `forget`ten by who made or opened it. A number that is not a key of the vault any more (its
 * person has logged off) fails with EACCES.
 *
 * A file key stands for 32 random bytes (FEK) and what is derived from them, each 32 bytes long
 * (HKDF-Expand with SHA-256, RFC 5869 2.3, the FEK as PRK):
 *
 *     K_data = HKDF-Expand(FEK, "EFS2/data", 32)        AES-256-GCM of the chunks
 *     K_header = HKDF-Expand(FEK, "EFS2/header", 32)    HMAC-SHA-256 of the header
 */

export type FileKey = number;
/** The number of a person's or agent's private key (X25519) in the vault. */
export type PrivateKey = number;

/** Bytes of a nonce and a tag of AES-GCM, in this order. */
export const stampLength = 28;
/** Bytes of a public key, and of the encapsulated key of a wrap. */
export const publicKeyLength = 32;
/** A FEK and the tag of its AEAD. */
export const wrappedKeyLength = 48;

/** What is sealed or opened. `from` and `into` have the same length and may be the same memory. */
export interface Piece {
	readonly from: Uint8Array;
	readonly into: Uint8Array;
	/** Authenticated with it (AAD). */
	readonly associated: Uint8Array;
	/** `stampLength` bytes: `seal` writes them, `open` reads them. */
	readonly stamp: Uint8Array;
}

/** HPKE (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; empty AAD, sequence number 0. */
export interface WrappedKey {
	/** `enc`, `publicKeyLength` bytes. */
	readonly encapsulated: Uint8Array;
	/** `wrappedKeyLength` bytes. */
	readonly ciphertext: Uint8Array;
}

/** Pieces on their way; what they are opened into must be left alone until `finish`. */
export interface OpeningPieces {
	/** Waits; as `FileCipher.open`. */
	finish(): boolean;
}

/** Pieces on their way; what they are sealed from and into must be left alone until `finish`. */
export interface SealingPieces {
	/** Waits; as `FileCipher.seal`. */
	finish(): void;
}

export interface FileCipher {
	/** A new random FEK. */
	createFileKey(): FileKey;
	/** Encrypts the FEK for who has the private key to `publicKey`. */
	wrapFileKey(key: FileKey, publicKey: Uint8Array, info: Uint8Array): WrappedKey;
	/** `undefined` when it was not wrapped for this key with this `info`, or was changed. */
	unwrapFileKey(privateKey: PrivateKey, wrapped: WrappedKey, info: Uint8Array): FileKey | undefined;
	forgetFileKey(key: FileKey): void;
	/** Encrypts each piece with K_data under a nonce of its own from the cryptographic generator. */
	seal(key: FileKey, pieces: readonly Piece[]): void;
	/** As `seal`, without waiting. */
	beginSeal(key: FileKey, pieces: readonly Piece[]): SealingPieces;
	/** Decrypts; false, and all of `into` zero, when one piece is not what was sealed. */
	open(key: FileKey, pieces: readonly Piece[]): boolean;
	/** As `open`, without waiting. */
	beginOpen(key: FileKey, pieces: readonly Piece[]): OpeningPieces;
	/** HMAC-SHA-256 with K_header, 32 bytes. */
	authenticate(key: FileKey, message: Uint8Array): Uint8Array;
}
