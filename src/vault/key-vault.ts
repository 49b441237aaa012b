/**
 * The port of the key vault: what the kernel may ask of the Worker that alone holds keys.
 *
 * Rules of use:
 * - Keys are numbers here. A *ring* is what a person (or the holder of an opened backup) can open things with while they
 *   are logged on: their master key and their key pairs. A *file key* is what one encrypted file is sealed with.
 * - Rings and file keys live until they are forgotten; with a ring go the file keys that it unwrapped. An id is never used
 *   again.
 * - The blocking calls wait in the thread of the caller (`Atomics.wait`) and work only when the vault has been started:
 *   every id comes from an asynchronous call, which starts it; `prepare` does nothing else.
 * - What is handed to a call is neither kept nor changed, but for `into` and `stamp`.
 *
 * A file key stands for 32 random bytes, from which are derived (HKDF-Expand with SHA-256, RFC 5869, 32 bytes each):
 * "EFS2/data" for AES-256-GCM of the pieces and "EFS2/header" for HMAC-SHA-256 of the header.
 *
 * Errors of every call: EACCES for an id that is not there (any more), as after log off; EINVAL for arguments out of bounds;
 * EILSEQ for stored bytes that are not what was sealed, or not in this context; EIO when the vault has ended or does not
 * answer: its keys are lost then, and everybody has to log on again.
 *
 * Invariant: no call gives out a private key, a master key or a file key, but `exportKeys`, sealed by a passphrase.
 */

/** What a person can open while they are logged on. */
export type RingId = number;
/** A private key of an open ring. */
export type PrivateKey = number;
/** The key of one encrypted file. */
export type FileKey = number;

/** Bytes of `Piece.stamp`: the random nonce (12), then the tag (16). */
export const stampBytes = 28;
/** Bytes of what names a key pair: the first 16 of SHA-256 of its public key. */
export const keyNameBytes = 16;
/** Bytes of a message authentication code (HMAC-SHA-256). */
export const macBytes = 32;

/** One piece of a file for AES-256-GCM. `from` and `into` have the same length and may be the same memory. */
export interface Piece {
	/** At most 256 KiB. */
	readonly from: Uint8Array;
	readonly into: Uint8Array;
	/** Bound to the piece and not stored by it: what file, what place, what length. At most 256 bytes. */
	readonly associated: Uint8Array;
	/** `stampBytes` bytes: written by sealing, with a fresh random nonce; read by opening. */
	readonly stamp: Uint8Array;
}

/** Pieces on their way through the vault while their caller does other things. Only `finish` touches `into`. */
export interface OpeningPieces {
	/** Waits; as `BlockingVault.open`. */
	finish(): boolean;
}

/** Pieces that are being sealed while their caller does other things. Only `finish` touches `into` and `stamp`. */
export interface SealingPieces {
	/** Waits; as `BlockingVault.seal`. */
	finish(): void;
}

/** A file key sealed for one public key: HPKE base mode, RFC 9180. */
export interface WrappedKey {
	/** The encapsulated key: as long as the recipient's public key. */
	readonly encapsulated: Uint8Array;
	/** 48 bytes: the file key and a tag. */
	readonly ciphertext: Uint8Array;
}

/** A key pair of a ring as it is stored: only the ring's master key opens it. */
export interface KeyRecord {
	/** The first 16 bytes of SHA-256 of the public key. */
	readonly name: Uint8Array;
	readonly publicKey: Uint8Array;
	/** PKCS #8, sealed with the master key and bound to the ring's context. */
	readonly sealed: Uint8Array;
}

/** What may open a ring's master key, and what a slot of it is sealed by. */
export type SlotSecret =
	/** Stretched by Argon2id (64 MiB, 3 passes). May be empty, which protects nothing. */
	| { readonly kind: 'password'; readonly password: string }
	/** A code of `createRecoveryCode`; blanks, dashes and case do not matter. */
	| { readonly kind: 'recovery-code'; readonly code: string }
	/** The 32 bytes that a passkey gives for this account (WebAuthn PRF). */
	| { readonly kind: 'passkey'; readonly output: Uint8Array }
	/** No secret at all: the slot of an account without a password. It opens in no time and protects nothing. */
	| { readonly kind: 'none' };

/** What a new slot is sealed by: a secret, or the public key of an agent who may help later. */
export type SlotProtector = SlotSecret | { readonly kind: 'agent'; readonly publicKey: Uint8Array };

/** What opens a slot: a secret, or the ring of the agent that it was sealed for. */
export type SlotOpener = SlotSecret | { readonly kind: 'agent'; readonly ring: RingId };

/** A key pair of an open ring. */
export interface OpenKey {
	readonly key: PrivateKey;
	readonly record: KeyRecord;
}

export interface OpenedRing {
	readonly ring: RingId;
	/** In the order of their records. */
	readonly keys: readonly OpenKey[];
}

export interface RingToOpen {
	/** As `sealSlot` made it. What it says is checked before anything is computed. */
	readonly slot: Uint8Array;
	readonly opener: SlotOpener;
	/** What slot and key records were bound to: volume and person. At most 256 bytes. */
	readonly context: Uint8Array;
	/** The stored key pairs. One that cannot be opened fails the whole with EILSEQ. */
	readonly keys: readonly KeyRecord[];
}

/** `age`: for `age` and every tool that reads it. `p12`: PKCS #12 with AES-256 and PBKDF2, for tools that want certificates. */
export type ExportFormat = 'age' | 'p12';

export interface ExportRequest {
	readonly ring: RingId;
	readonly format: ExportFormat;
	readonly passphrase: string;
	/** Whose keys these are, in words: stands in the file. */
	readonly label: string;
}

/** A recovery agent's key pair: the public half for the policy, the private half as a file that a passphrase opens. */
export interface NewAgent {
	readonly name: Uint8Array;
	readonly publicKey: Uint8Array;
	readonly file: Uint8Array;
}

/** The door that waits: for whoever must have the answer before it goes on. Encrypted files use it (`efs/file-cipher.ts`). */
export interface BlockingVault {
	/** Makes a random file key; it lives until it is forgotten. */
	createFileKey(): FileKey;
	/**
	 * Seals a file key for who has the private key to `publicKey`: 32 bytes for DHKEM(X25519, HKDF-SHA256), 65 bytes that
	 * begin with 4 for DHKEM(P-256, HKDF-SHA256). `info` is what it is bound to, at most 512 bytes.
	 */
	wrapFileKey(key: FileKey, publicKey: Uint8Array, info: Uint8Array): WrappedKey;
	/** `undefined` when it was not sealed for this key with this `info`, or was changed. The file key goes with the ring. */
	unwrapFileKey(privateKey: PrivateKey, wrapped: WrappedKey, info: Uint8Array): FileKey | undefined;
	/** One that is not there is passed over. */
	forgetFileKey(key: FileKey): void;
	/** Encrypts each piece under a nonce of its own from the cryptographic generator. */
	seal(key: FileKey, pieces: readonly Piece[]): void;
	/** As `seal`, without waiting. More than fits the shared memory at a time is sealed at once. */
	beginSeal(key: FileKey, pieces: readonly Piece[]): SealingPieces;
	/** Decrypts; false, and all of `into` zero, when one piece is not what was sealed. */
	open(key: FileKey, pieces: readonly Piece[]): boolean;
	/** As `open`, without waiting. More than fits the shared memory at a time is opened at once. */
	beginOpen(key: FileKey, pieces: readonly Piece[]): OpeningPieces;
	/** HMAC-SHA-256 with the file's header key, `macBytes` long. */
	authenticate(key: FileKey, message: Uint8Array): Uint8Array;
	/** Log off: when it returns, neither the ring nor a file key that it unwrapped exists any more. */
	closeRing(ring: RingId): void;
}

/** The door that answers later: for what takes time. */
export interface AsynchronousVault {
	/** Starts the Worker, when it was not. Every other call of this door does so by itself. */
	prepare(): Promise<void>;
	/** A new person: a random master key and a key pair. It is lost unless `sealSlot` seals it. */
	createRing(context: Uint8Array): Promise<OpenedRing>;
	/** Seals the ring's master key by one more secret, bound to `context`. A change of password stores this in the old one's place. */
	sealSlot(ring: RingId, protector: SlotProtector, context: Uint8Array): Promise<Uint8Array>;
	/** `undefined`: the secret is not the right one, or the slot was changed; nobody can tell which. */
	openRing(request: RingToOpen): Promise<OpenedRing | undefined>;
	/** A random code of 130 bits with a checksum, as it is printed: seven groups of four. See `recovery-code.ts`. */
	createRecoveryCode(): Promise<string>;
	/** One more key pair; what is made from now on is sealed for it, the older ones still open what was. */
	addKey(ring: RingId): Promise<OpenKey>;
	/** Takes over the key pairs of another open ring, an old one or a backup's; gives back those that are new, to be stored. */
	adoptKeys(ring: RingId, from: RingId): Promise<readonly OpenKey[]>;
	/** All key pairs of a ring in one file that only the passphrase opens. */
	exportKeys(request: ExportRequest): Promise<Uint8Array>;
	/** Opens an exported file of either kind as a ring of its own; `undefined`: the passphrase is not the right one. */
	openExport(file: Uint8Array, passphrase: string): Promise<OpenedRing | undefined>;
	/** Makes a recovery agent's key pair; nothing of it stays in the vault. */
	createAgent(passphrase: string, label: string): Promise<NewAgent>;
}

export interface KeyVault extends BlockingVault, AsynchronousVault {
	/** Calls back whenever the Worker has ended by itself: every ring and key is gone, and who was logged on has to do so again. */
	onEnd(listener: (reason: string) => void): void;
	/** Ends the Worker and with it every key. */
	close(): void;
}
