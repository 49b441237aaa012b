/** People and agents with keys of a `ReferenceCipher`, whose rings a test opens and closes. */
import type { EncryptionKeys, Recipient, UnlockedKey } from '#efs/encryption-keys.ts';
import type { Sid } from '#security/sid.ts';
import type { ReferenceCipher } from './reference-cipher.ts';

export interface Person {
	readonly recipient: Recipient;
	readonly unlocked: UnlockedKey;
}

export class ReferenceKeys implements EncryptionKeys {
	readonly #cipher: ReferenceCipher;
	readonly #people = new Map<Sid, Person>();
	readonly #loggedOn = new Set<Sid>();
	readonly agentList: Recipient[] = [];

	constructor(cipher: ReferenceCipher) {
		this.#cipher = cipher;
	}

	/** Makes a person with a key, logged on. */
	add(sid: Sid, secret?: Uint8Array): Person {
		const { publicKey, key } = secret === undefined ? this.#cipher.createPerson() : this.#cipher.addPerson(secret);
		const person: Person = { recipient: { kind: 'user', publicKey, name: sid }, unlocked: { publicKey, key } };
		this.#people.set(sid, person);
		this.#loggedOn.add(sid);
		return person;
	}

	logOff(sid: Sid): void {
		this.#loggedOn.delete(sid);
	}

	logOn(sid: Sid): void {
		this.#loggedOn.add(sid);
	}

	unlockedKeysOf(user: Sid): readonly UnlockedKey[] {
		const person = this.#loggedOn.has(user) ? this.#people.get(user) : undefined;
		return person === undefined ? [] : [person.unlocked];
	}

	recipientOf(user: Sid): Recipient | undefined {
		return this.#people.get(user)?.recipient;
	}

	agents(): readonly Recipient[] {
		return this.agentList;
	}
}
