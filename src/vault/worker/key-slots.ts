/**
 * Slots: a ring's master key sealed by one secret each.
 *
 * Layout (big-endian). What stands before the sealed key, then the context that the caller gives (volume, person), is the
 * associated data of its AEAD.
 *
 *     version  u8   1
 *     kind     u8   1 password, 2 recovery code, 3 passkey, 4 agent, 5 none
 *     1: memory u32 (KiB) · passes u32 · lanes u8 · salt 16     Argon2id
 *     2, 3, 5: salt 16
 *     4: name of the agent's key 16 · its public key's length u8 · encapsulated key        HPKE
 *     nonce 12 (not kind 4) · sealed master key 48
 *
 * The key that seals is HKDF-SHA-256 of the secret with the salt and info "Vitrine/slot" and the kind's byte: the secret
 * being 32 bytes of Argon2id, the 26 symbols of a recovery code, the 32 bytes of a passkey, or nothing. An agent's is
 * the context of HPKE with info "Vitrine/slot", byte 4 and the caller's context.
 *
 * Invariants: what a slot says is checked before anything is computed; a slot that was changed opens nothing.
 */
import { OsError } from '#abi/errors.ts';
import type { SlotProtector, SlotSecret } from '#vault/key-vault.ts';
import { parseRecoveryCode } from '#vault/recovery-code.ts';
import { concatenate, copy, randomBytes, utf8, withSecret } from './bytes.ts';
import { isNotWhatWasSealed, nonceBytes, tagBytes, type UnwrappingKey } from './file-keys.ts';
import { setUpReceiver, setUpSender } from './hpke.ts';
import { keyName } from './key-name.ts';
import { areBearable, type PasswordCost, passwordCost } from './password-cost.ts';
import { refusal } from './refusal.ts';
import type { SlowWork } from './slow-work.ts';

const version = 1;
const kinds = { password: 1, 'recovery-code': 2, passkey: 3, agent: 4, none: 5 } as const;
const saltBytes = 16;
const nameBytes = 16;
const passkeyBytes = 32;
const masterBits = 256;
const sealedBytes = masterBits / 8 + tagBytes;
const label = utf8('Vitrine/slot');

/** How a password is stretched: in a thread of its own. */
export type Stretch = SlowWork['stretch'];

/** A master key: AES-256-GCM, to seal key pairs; it can be exported, but only `wrapKey` does. */
const masterAlgorithm = { name: 'AES-GCM', length: masterBits };
const masterUsages: KeyUsage[] = ['wrapKey', 'unwrapKey'];

export function makeMasterKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey(masterAlgorithm, true, masterUsages);
}

export async function sealSlot(
	master: CryptoKey,
	protector: SlotProtector,
	context: Uint8Array,
	stretch: Stretch,
): Promise<Uint8Array> {
	if (protector.kind === 'agent') return sealForAgent(master, protector.publicKey, context);
	const salt = randomBytes(saltBytes);
	const isPassword = protector.kind === 'password';
	const head = concatenate(
		Uint8Array.of(version, kinds[protector.kind]),
		isPassword ? writeCost(passwordCost) : new Uint8Array(),
		salt,
	);
	const key = await deriveSlotKey(protector, salt, passwordCost, stretch);
	const nonce = randomBytes(nonceBytes);
	const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: concatenate(head, context) };
	return concatenate(head, nonce, new Uint8Array(await crypto.subtle.wrapKey('raw', master, key, algorithm)));
}

/** `undefined` when the secret is not the right one, or the slot or its context is another than when it was sealed. */
export async function openSlot(
	slot: Uint8Array,
	secret: SlotSecret,
	context: Uint8Array,
	stretch: Stretch,
): Promise<CryptoKey | undefined> {
	const parts = readSlot(slot, kinds[secret.kind]);
	const key = await deriveSlotKey(secret, parts.salt, parts.cost, stretch);
	const iv = copy(parts.nonce);
	return unwrapMaster(key, parts.sealed, { iv, additionalData: concatenate(parts.head, context) });
}

/** The name of the agent's key pair that opens the slot. EINVAL when the slot is of another kind. */
export function agentNameOf(slot: Uint8Array): Uint8Array {
	return readAgentSlot(slot).name;
}

export async function openAgentSlot(
	slot: Uint8Array,
	pair: UnwrappingKey,
	context: Uint8Array,
): Promise<CryptoKey | undefined> {
	const { head, encapsulated, sealed } = readAgentSlot(slot);
	try {
		const info = concatenate(label, Uint8Array.of(kinds.agent), context);
		const { key, nonce } = await setUpReceiver(pair, encapsulated, info);
		return await unwrapMaster(key, sealed, { iv: nonce, additionalData: concatenate(head, context) });
	} catch (error) {
		if (isNotWhatWasSealed(error)) return undefined;
		throw error;
	}
}

async function sealForAgent(master: CryptoKey, publicKey: Uint8Array, context: Uint8Array): Promise<Uint8Array> {
	const info = concatenate(label, Uint8Array.of(kinds.agent), context);
	const sender = await setUpSender(publicKey, info).catch((error: unknown) => {
		throw refusal('EINVAL', 'that is no public key', error);
	});
	const head = concatenate(
		Uint8Array.of(version, kinds.agent),
		await keyName(publicKey),
		Uint8Array.of(sender.encapsulated.length),
		sender.encapsulated,
	);
	const algorithm = { name: 'AES-GCM', iv: sender.nonce, additionalData: concatenate(head, context) };
	return concatenate(head, new Uint8Array(await crypto.subtle.wrapKey('raw', master, sender.key, algorithm)));
}

async function unwrapMaster(
	key: CryptoKey,
	sealed: Uint8Array,
	algorithm: { readonly iv: Uint8Array<ArrayBuffer>; readonly additionalData: Uint8Array<ArrayBuffer> },
): Promise<CryptoKey | undefined> {
	try {
		const aead = { name: 'AES-GCM', ...algorithm };
		return await crypto.subtle.unwrapKey('raw', copy(sealed), key, aead, masterAlgorithm, true, masterUsages);
	} catch (error) {
		if (isNotWhatWasSealed(error)) return undefined;
		throw error;
	}
}

async function deriveSlotKey(
	secret: SlotSecret,
	salt: Uint8Array,
	cost: PasswordCost,
	stretch: Stretch,
): Promise<CryptoKey> {
	const material = secret.kind === 'password' ? await stretch(secret.password, salt, cost) : bytesOf(secret);
	return withSecret(copy(material), async (bytes) => {
		const base = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
		const info = concatenate(label, Uint8Array.of(kinds[secret.kind]));
		const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: copy(salt), info };
		return crypto.subtle.deriveKey(hkdf, base, masterAlgorithm, false, masterUsages);
	});
}

function bytesOf(secret: Exclude<SlotSecret, { kind: 'password' }>): Uint8Array {
	if (secret.kind === 'none') return new Uint8Array();
	if (secret.kind === 'passkey') {
		if (secret.output.length !== passkeyBytes) throw new OsError('EINVAL', 'a passkey gives 32 bytes');
		return secret.output;
	}
	const code = parseRecoveryCode(secret.code);
	if ('problem' in code) throw new OsError('EINVAL', code.problem);
	return code.symbols;
}

function writeCost({ memoryKiB, passes, lanes }: PasswordCost): Uint8Array {
	const bytes = new Uint8Array(9);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, memoryKiB);
	view.setUint32(4, passes);
	view.setUint8(8, lanes);
	return bytes;
}

interface SlotParts {
	/** Everything before the nonce. */
	readonly head: Uint8Array;
	readonly salt: Uint8Array;
	readonly cost: PasswordCost;
	readonly nonce: Uint8Array;
	readonly sealed: Uint8Array;
}

function readSlot(slot: Uint8Array, kind: number): SlotParts {
	const costBytes = kind === kinds.password ? 9 : 0;
	const headBytes = 2 + costBytes + saltBytes;
	requireSlot(slot, kind, headBytes + nonceBytes + sealedBytes);
	const view = new DataView(slot.buffer, slot.byteOffset, slot.byteLength);
	const cost =
		costBytes === 0
			? passwordCost
			: { memoryKiB: view.getUint32(2), passes: view.getUint32(6), lanes: view.getUint8(10) };
	if (!areBearable(cost)) throw new OsError('EILSEQ', 'the slot asks for more work than any password is worth');
	return {
		head: slot.subarray(0, headBytes),
		salt: slot.subarray(headBytes - saltBytes, headBytes),
		cost,
		nonce: slot.subarray(headBytes, headBytes + nonceBytes),
		sealed: slot.subarray(headBytes + nonceBytes),
	};
}

interface AgentSlotParts {
	readonly head: Uint8Array;
	readonly name: Uint8Array;
	readonly encapsulated: Uint8Array;
	readonly sealed: Uint8Array;
}

function readAgentSlot(slot: Uint8Array): AgentSlotParts {
	const start = 2 + nameBytes + 1;
	const headBytes = start + (slot[start - 1] ?? 0);
	requireSlot(slot, kinds.agent, headBytes + sealedBytes);
	return {
		head: slot.subarray(0, headBytes),
		name: slot.subarray(2, 2 + nameBytes),
		encapsulated: slot.subarray(start, headBytes),
		sealed: slot.subarray(headBytes),
	};
}

function requireSlot(slot: Uint8Array, kind: number, length: number): void {
	if (slot[0] !== version) throw new OsError('ENOTSUP', 'the slot is of a version that is not known here');
	if (slot[1] !== kind) throw new OsError('EINVAL', 'the slot is of another kind');
	if (slot.length !== length) throw new OsError('EILSEQ', 'the slot has a wrong length');
}
