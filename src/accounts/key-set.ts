/**
 * The keys of a person as they are stored: what the vault has sealed, and what opens it.
 *
 * Rules of use: a set is never changed, only replaced. Its `context` is bound to everything that is sealed in it: what was
 * sealed for one account, or for another set of the same, opens nowhere else.
 */
import type { CredentialKind } from '#abi/structures.generated.ts';
import { formatHexadecimal, parseHexadecimal } from '#base/hexadecimal.ts';
import type { KeyRecord } from '#vault/key-vault.ts';

/** What opens the master key of the set, sealed by one secret. */
export interface StoredSlot {
	readonly kind: CredentialKind;
	/** As the vault has sealed it, in hexadecimal. */
	readonly sealed: string;
	readonly createdTime: number;
	/** Of a passkey. */
	readonly passkey?: StoredPasskey | undefined;
}

export interface StoredPasskey {
	/** In hexadecimal, as the salt. */
	readonly id: string;
	readonly salt: string;
	readonly name: string;
}

/** A key pair; all parts in hexadecimal. */
export interface StoredPair {
	readonly name: string;
	readonly publicKey: string;
	readonly sealed: string;
}

export interface KeySet {
	readonly context: string;
	readonly slots: readonly StoredSlot[];
	/** The newest first. */
	readonly pairs: readonly StoredPair[];
	/** Name of the pair of which the person has proved a backup. */
	readonly backedUp?: string | undefined;
}

export function encodeContext({ context }: Pick<KeySet, 'context'>): Uint8Array {
	return new TextEncoder().encode(context);
}

export function storePair({ name, publicKey, sealed }: KeyRecord): StoredPair {
	return {
		name: formatHexadecimal(name),
		publicKey: formatHexadecimal(publicKey),
		sealed: formatHexadecimal(sealed),
	};
}

export function loadPair({ name, publicKey, sealed }: StoredPair): KeyRecord {
	return { name: bytesOf(name), publicKey: bytesOf(publicKey), sealed: bytesOf(sealed) };
}

/** Of text that a record was checked to hold. */
export function bytesOf(hexadecimal: string): Uint8Array<ArrayBuffer> {
	return parseHexadecimal(hexadecimal) ?? new Uint8Array();
}

const kinds: readonly string[] = ['none', 'password', 'recovery', 'passkey'] satisfies CredentialKind[];

export function isKeySet(value: unknown): value is KeySet {
	if (!isObject(value)) return false;
	const { context, slots, pairs, backedUp } = value;
	return (
		typeof context === 'string' &&
		isArrayOf(slots, isSlot) &&
		isArrayOf(pairs, (pair) => isObject(pair) && [pair.name, pair.publicKey, pair.sealed].every(isHexadecimal)) &&
		(backedUp === undefined || isHexadecimal(backedUp))
	);
}

function isSlot(value: unknown): boolean {
	if (!isObject(value)) return false;
	const { kind, sealed, createdTime, passkey } = value;
	const isPasskey =
		isObject(passkey) && isHexadecimal(passkey.id) && isHexadecimal(passkey.salt) && typeof passkey.name === 'string';
	return (
		kinds.includes(String(kind)) &&
		isHexadecimal(sealed) &&
		Number.isFinite(createdTime) &&
		(kind === 'passkey' ? isPasskey : passkey === undefined)
	);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

function isArrayOf(value: unknown, is: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(is);
}

function isHexadecimal(value: unknown): boolean {
	return typeof value === 'string' && parseHexadecimal(value) !== undefined;
}
