/** What the Encryption tab knows about the chosen files: who can open them, whose keys there are, what is under way. */
import { useEffect, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { EncryptionInfo, EncryptionKeys, KeyHolder, RecoveryAgent } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { explainError } from '../../files/failure-words.ts';
import type { PropertiesSubject } from '../properties-page.ts';

export interface EncryptionFacts {
	/** One for each path. */
	readonly infos: readonly EncryptionInfo[];
	readonly keys: EncryptionKeys;
	/** With whom files can be shared. */
	readonly people: readonly KeyHolder[];
	readonly agents: readonly RecoveryAgent[];
	/** The person who works here. */
	readonly me: string;
	/** Anybody at the keyboard gets at their keys, because they have no password. */
	readonly hasNoPassword: boolean;
}

export type EncryptionState =
	| { readonly kind: 'loading' }
	| { readonly kind: 'known'; readonly facts: EncryptionFacts }
	/** Nothing can be encrypted there. */
	| { readonly kind: 'unsupported' }
	| { readonly kind: 'failed'; readonly reason: string };

export function useEncryption(subject: PropertiesSubject): EncryptionState {
	const [state, setState] = useState<EncryptionState>({ kind: 'loading' });
	useEffect(() => {
		let isShown = true;
		const load = async () => {
			const next = await readEncryption(subject.files.system, subject.paths).catch(
				(error: unknown): EncryptionState => ({ kind: 'failed', reason: explainError(error) }),
			);
			if (isShown) setState(next);
		};
		void load();
		return () => {
			isShown = false;
		};
	}, [subject]);
	return state;
}

async function readEncryption(system: System, paths: readonly string[]): Promise<EncryptionState> {
	const infos = await Promise.all(paths.map((path) => system.encryptionRead(path)));
	if (!infos.every(({ supported }) => supported)) return { kind: 'unsupported' };
	try {
		const [keys, people, agents, { user }, accounts] = await Promise.all([
			system.encryptionKeys(),
			system.encryptionPeople(),
			system.encryptionAgents(),
			system.tokenRead(0),
			system.accountList(),
		]);
		const credentials = accounts.find(({ sid }) => sid === user)?.credentials ?? [];
		const facts = { infos, keys, people, agents, me: user, hasNoPassword: credentials.includes('none') };
		return { kind: 'known', facts };
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOTSUP') return { kind: 'unsupported' };
		throw error;
	}
}

/** Somebody who can open some of the files, and how many. */
export interface Opener {
	readonly holder: KeyHolder;
	readonly count: number;
}

export function openersOf(infos: readonly EncryptionInfo[]): Opener[] {
	const counts = new Map<string, { holder: KeyHolder; count: number }>();
	for (const { holders } of infos)
		for (const holder of holders) {
			const known = counts.get(holder.key);
			if (known === undefined) counts.set(holder.key, { holder, count: 1 });
			else known.count++;
		}
	return [...counts.values()];
}
