/**
 * The key vault as the kernel sees it: both doors to the Worker, which is started by the first asynchronous call.
 *
 * Rules of use: a host gives a way to make the Worker (`serveVault` runs in it) and `close`s the vault at the end.
 *
 * Invariants:
 * - A Worker that has ended by itself takes every key with it; who waits is told EIO, and the next asynchronous call starts
 *   another. Ids of the one that ended are never used again, so an old id opens nothing.
 * - Nothing of what is asked stays here when it is answered.
 */
import { OsError } from '#abi/errors.ts';
import { BlockingDoor } from './blocking-door.ts';
import type {
	ExportRequest,
	FileKey,
	KeyVault,
	NewAgent,
	OpenedRing,
	OpeningPieces,
	OpenKey,
	Piece,
	PrivateKey,
	RingId,
	RingToOpen,
	SealingPieces,
	SlotProtector,
	WrappedKey,
} from './key-vault.ts';
import type { FromVaultWorker, MakeVaultWorker, VaultCalls, VaultWorker } from './vault-messages.ts';

/** More ids than one Worker ever gives away. */
const idsOfWorker = 2 ** 40;
const notStarted = 'the key vault has not been started, or has ended: log on again';

/** A Worker that runs, and who waits for it. */
interface Running {
	readonly worker: VaultWorker;
	readonly door: BlockingDoor;
	readonly ready: PromiseWithResolvers<void>;
	readonly waiting: Map<number, PromiseWithResolvers<unknown>>;
}

export class RemoteKeyVault implements KeyVault {
	readonly #makeWorker: MakeVaultWorker;
	readonly #listeners: ((reason: string) => void)[] = [];
	#running: Running | undefined;
	#isReady = false;
	#isClosed = false;
	#workerCount = 0;
	#lastCall = 0;

	constructor(makeWorker: MakeVaultWorker) {
		this.#makeWorker = makeWorker;
	}

	onEnd(listener: (reason: string) => void): void {
		this.#listeners.push(listener);
	}

	close(): void {
		this.#isClosed = true;
		if (this.#running !== undefined) this.#end(this.#running, 'the key vault was closed');
	}

	async prepare(): Promise<void> {
		await this.#ensureRunning().ready.promise;
	}

	createRing(context: Uint8Array): Promise<OpenedRing> {
		return this.#call('createRing', context);
	}

	sealSlot(ring: RingId, protector: SlotProtector, context: Uint8Array): Promise<Uint8Array> {
		return this.#call('sealSlot', ring, protector, context);
	}

	openRing(request: RingToOpen): Promise<OpenedRing | undefined> {
		return this.#call('openRing', request);
	}

	createRecoveryCode(): Promise<string> {
		return this.#call('createRecoveryCode');
	}

	addKey(ring: RingId): Promise<OpenKey> {
		return this.#call('addKey', ring);
	}

	adoptKeys(ring: RingId, from: RingId): Promise<readonly OpenKey[]> {
		return this.#call('adoptKeys', ring, from);
	}

	exportKeys(request: ExportRequest): Promise<Uint8Array> {
		return this.#call('exportKeys', request);
	}

	openExport(file: Uint8Array, passphrase: string): Promise<OpenedRing | undefined> {
		return this.#call('openExport', file, passphrase);
	}

	createAgent(passphrase: string, label: string): Promise<NewAgent> {
		return this.#call('createAgent', passphrase, label);
	}

	createFileKey(): FileKey {
		return this.#door.createFileKey();
	}

	wrapFileKey(key: FileKey, publicKey: Uint8Array, info: Uint8Array): WrappedKey {
		return this.#door.wrapFileKey(key, publicKey, info);
	}

	unwrapFileKey(privateKey: PrivateKey, wrapped: WrappedKey, info: Uint8Array): FileKey | undefined {
		return this.#door.unwrapFileKey(privateKey, wrapped, info);
	}

	forgetFileKey(key: FileKey): void {
		this.#forget((door) => door.forgetFileKey(key));
	}

	seal(key: FileKey, pieces: readonly Piece[]): void {
		this.#door.seal(key, pieces);
	}

	open(key: FileKey, pieces: readonly Piece[]): boolean {
		return this.#door.open(key, pieces);
	}

	beginSeal(key: FileKey, pieces: readonly Piece[]): SealingPieces {
		return this.#door.beginSeal(key, pieces);
	}

	beginOpen(key: FileKey, pieces: readonly Piece[]): OpeningPieces {
		return this.#door.beginOpen(key, pieces);
	}

	authenticate(key: FileKey, message: Uint8Array): Uint8Array {
		return this.#door.authenticate(key, message);
	}

	closeRing(ring: RingId): void {
		this.#forget((door) => door.closeRing(ring));
	}

	/** Nothing is left to forget where there is no Worker, or none any more. */
	#forget(call: (door: BlockingDoor) => void): void {
		if (!this.#isReady) return;
		try {
			call(this.#door);
		} catch (error) {
			if (this.#running !== undefined) throw error;
		}
	}

	get #door(): BlockingDoor {
		if (this.#running === undefined || !this.#isReady) throw new OsError('EIO', notStarted);
		return this.#running.door;
	}

	async #call<Call extends keyof VaultCalls>(
		call: Call,
		...values: Parameters<VaultCalls[Call]>
	): Promise<Awaited<ReturnType<VaultCalls[Call]>>> {
		const running = this.#ensureRunning();
		const id = ++this.#lastCall;
		const answer = Promise.withResolvers<unknown>();
		running.waiting.set(id, answer);
		running.worker.post({ type: 'call', id, call, values });
		return (await answer.promise) as Awaited<ReturnType<VaultCalls[Call]>>;
	}

	#ensureRunning(): Running {
		if (this.#isClosed) throw new OsError('EIO', 'the key vault was closed');
		this.#running ??= this.#start();
		return this.#running;
	}

	#start(): Running {
		const door = new BlockingDoor((reason) => this.#end(running, reason));
		const worker = this.#makeWorker(
			(message) => this.#hear(running, message),
			(reason) => this.#end(running, reason),
		);
		const running: Running = { worker, door, ready: Promise.withResolvers(), waiting: new Map() };
		// Who did not ask for it is not told that it has failed.
		running.ready.promise.catch(() => undefined);
		const firstId = ++this.#workerCount * idsOfWorker;
		worker.post({ type: 'start', memory: door.memory.memory, firstId });
		return running;
	}

	#hear(running: Running, message: FromVaultWorker): void {
		if (running !== this.#running) return;
		if (message.type === 'ready') {
			this.#isReady = true;
			running.ready.resolve();
			return;
		}
		const answer = running.waiting.get(message.id);
		running.waiting.delete(message.id);
		if (message.type === 'answer') answer?.resolve(message.value);
		else answer?.reject(new OsError(message.error, message.detail));
	}

	#end(running: Running, reason: string): void {
		if (running !== this.#running) return;
		this.#running = undefined;
		this.#isReady = false;
		running.door.close(reason);
		running.worker.terminate();
		const error = new OsError('EIO', reason);
		running.ready.reject(error);
		for (const answer of running.waiting.values()) answer.reject(error);
		if (this.#isClosed) return;
		// Not in the middle of the call that has found it out.
		queueMicrotask(() => {
			for (const listener of this.#listeners) listener(reason);
		});
	}
}
