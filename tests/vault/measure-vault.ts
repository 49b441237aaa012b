/** How fast the vault is, from its caller's thread. */
import type { FileKey, KeyVault } from '#vault/key-vault.ts';
import { makePieces } from './exercise-vault.ts';

export interface VaultFigures {
	/** One request that computes next to nothing, and its answer. */
	readonly crossingMicroseconds: number;
	/** A header's MAC, and one chunk of 16 KiB. */
	readonly macMicroseconds: number;
	readonly sealOneMicroseconds: number;
	readonly openOneMicroseconds: number;
	/** In batches of 8 MiB, of chunks of 16 KiB. */
	readonly sealMegabytes: number;
	readonly openMegabytes: number;
	/** The same chunks by WebCrypto in this thread, 16 at a time, which is what the vault can come near. */
	readonly webCryptoMegabytes: number;
	/** Sealing by the vault as a part of that: says something on a busy machine, too. */
	readonly share: number;
	/** What one person more costs a file. */
	readonly wrapMicroseconds: number;
	readonly unwrapMicroseconds: number;
	/** A password's slot, from the question to the open ring. */
	readonly logonMs: number;
}

const batchBytes = 8 * 1024 * 1024;
const chunkBytes = 16 * 1024;
const atATime = 16;

export async function measureVault(vault: KeyVault): Promise<VaultFigures> {
	const context = new Uint8Array(8);
	const { ring, keys } = await vault.createRing(context);
	const [pair] = keys;
	if (pair === undefined) throw new Error('a new ring has no key');
	const key = vault.createFileKey();
	const info = new Uint8Array(64);
	const header = new Uint8Array(512);
	const wrapped = vault.wrapFileKey(key, pair.record.publicKey, info);
	const opener = { kind: 'password', password: 'correct horse' } as const;
	const slot = await vault.sealSlot(ring, opener, context);
	const began = performance.now();
	await vault.openRing({ slot, opener, context, keys: [pair.record] });
	const logonMs = performance.now() - began;
	return {
		crossingMicroseconds: each(2000, () => vault.forgetFileKey(0)),
		macMicroseconds: each(500, () => vault.authenticate(key, header)),
		...(await measurePieces(vault, key)),
		wrapMicroseconds: each(100, () => vault.wrapFileKey(key, pair.record.publicKey, info)),
		unwrapMicroseconds: each(100, () => vault.forgetFileKey(vault.unwrapFileKey(pair.key, wrapped, info) ?? 0)),
		logonMs,
	};
}

type PieceFigures = Pick<
	VaultFigures,
	'sealOneMicroseconds' | 'openOneMicroseconds' | 'sealMegabytes' | 'openMegabytes' | 'webCryptoMegabytes' | 'share'
>;

async function measurePieces(vault: KeyVault, key: FileKey): Promise<PieceFigures> {
	const one = makePieces(new Uint8Array(chunkBytes), chunkBytes);
	const apart = one.map((piece) => ({ ...piece, into: new Uint8Array(chunkBytes) }));
	const sealOneMicroseconds = each(500, () => vault.seal(key, one));
	const openOneMicroseconds = each(500, () => vault.open(key, apart));
	const many = makePieces(new Uint8Array(batchBytes), chunkBytes);
	const opened = new Uint8Array(batchBytes);
	const manyApart = many.map((piece, index) => ({
		...piece,
		into: opened.subarray(index * chunkBytes, (index + 1) * chunkBytes),
	}));
	// In turns, so that what else the machine does strikes all alike.
	const best = { seal: 0, open: 0, webCrypto: 0 };
	for (let round = 0; round < 12; round++) {
		best.seal = Math.max(
			best.seal,
			megabytes(() => vault.seal(key, many)),
		);
		best.open = Math.max(
			best.open,
			megabytes(() => vault.open(key, manyApart)),
		);
		best.webCrypto = Math.max(best.webCrypto, await sealByWebCrypto());
	}
	if (!vault.open(key, manyApart)) throw new Error('what was sealed did not open');
	return {
		sealOneMicroseconds,
		openOneMicroseconds,
		sealMegabytes: best.seal,
		openMegabytes: best.open,
		webCryptoMegabytes: best.webCrypto,
		share: best.seal / best.webCrypto,
	};
}

function megabytes(call: () => void): number {
	const began = performance.now();
	call();
	return batchBytes / ((performance.now() - began) * 1000);
}

async function sealByWebCrypto(): Promise<number> {
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
	const chunk = new Uint8Array(chunkBytes);
	const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: new Uint8Array(64) };
	const began = performance.now();
	for (let at = 0; at < batchBytes; at += chunkBytes * atATime)
		await Promise.all(Array.from({ length: atATime }, () => crypto.subtle.encrypt(algorithm, key, chunk)));
	return batchBytes / ((performance.now() - began) * 1000);
}

/** Microseconds each of `count` calls takes, the best of three rounds after one that warms up. */
function each(count: number, call: () => void): number {
	let best = Number.POSITIVE_INFINITY;
	for (let round = 0; round < 4; round++) {
		const began = performance.now();
		for (let index = 0; index < count; index++) call();
		best = Math.min(best, ((performance.now() - began) * 1000) / count);
	}
	return best;
}
