/** Everything that a vault does, once: the same in Node and in a Worker of Chromium. Throws where something is wrong. */
import { type KeyVault, type Piece, stampBytes } from '#vault/key-vault.ts';

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);
const context = text('volume and person');
const info = text('this file');

export async function exerciseVault(vault: KeyVault): Promise<readonly string[]> {
	const done: string[] = [];
	const prove = (isTrue: boolean, what: string): void => {
		if (!isTrue) throw new Error(`It did not hold: ${what}`);
		done.push(what);
	};
	const { ring, keys } = await vault.createRing(context);
	const [pair] = keys;
	if (pair === undefined) throw new Error('a new ring has no key');
	const fileKey = vault.createFileKey();
	const plain = crypto.getRandomValues(new Uint8Array(60_000));
	const pieces = makePieces(plain, 16_384);
	vault.seal(fileKey, pieces);
	const wrapped = vault.wrapFileKey(fileKey, pair.record.publicKey, info);
	const again = vault.unwrapFileKey(pair.key, wrapped, info);
	prove(again !== undefined, 'a wrapped file key is unwrapped');
	prove(vault.unwrapFileKey(pair.key, wrapped, context) === undefined, 'but not with other info');
	prove(vault.beginOpen(again ?? 0, pieces).finish() && isSame(pieces, plain), 'what was sealed is opened');
	(pieces[1]?.stamp as Uint8Array)[20] = 1;
	prove(!vault.open(fileKey, pieces), 'a changed tag is found');
	const code = await vault.createRecoveryCode();
	const openers = [
		{ kind: 'password', password: 'Füße' },
		{ kind: 'recovery-code', code },
		{ kind: 'passkey', output: new Uint8Array(32).fill(3) },
		{ kind: 'none' },
	] as const;
	for (const opener of openers) {
		const slot = await vault.sealSlot(ring, opener, context);
		const opened = await vault.openRing({ slot, opener, context, keys: [pair.record] });
		prove(opened?.keys.length === 1, `a slot of kind ${opener.kind} opens the ring`);
		prove(
			(await vault.openRing({ slot, opener, context: info, keys: [] })) === undefined,
			'but not in another context',
		);
	}
	const agent = await vault.createAgent('phrase', 'Agent');
	for (const format of ['age', 'p12'] as const) {
		const file = await vault.exportKeys({ ring, format, passphrase: 'phrase', label: 'Anna' });
		const opened = await vault.openExport(file, 'phrase');
		prove(isEqual(opened?.keys[0]?.record.publicKey, pair.record.publicKey), `a .${format} file opens`);
	}
	prove((await vault.openExport(agent.file, 'another')) === undefined, 'but not with another passphrase');
	vault.closeRing(ring);
	prove(
		isRefused(() => vault.authenticate(again ?? 0, info)),
		'after log off its keys are gone',
	);
	return done;
}

/** Pieces over memory of their own, sealed in place. */
export function makePieces(bytes: Uint8Array, length: number): Piece[] {
	const memory = bytes.slice();
	return Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) => {
		const part = memory.subarray(index * length, (index + 1) * length);
		return { from: part, into: part, associated: text(`place ${index}`), stamp: new Uint8Array(stampBytes) };
	});
}

function isSame(pieces: readonly Piece[], plain: Uint8Array): boolean {
	const opened = pieces.flatMap(({ into }) => [...into]);
	return isEqual(Uint8Array.from(opened), plain);
}

function isEqual(a: Uint8Array | undefined, b: Uint8Array): boolean {
	return a?.length === b.length && a.every((byte, index) => byte === b[index]);
}

function isRefused(call: () => unknown): boolean {
	try {
		call();
		return false;
	} catch {
		return true;
	}
}
