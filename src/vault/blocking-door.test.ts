import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { BlockingDoor } from './blocking-door.ts';
import { type Piece, stampBytes } from './key-vault.ts';
import { RemoteKeyVault } from './remote-key-vault.ts';
import type { FromVaultWorker, MakeVaultWorker } from './vault-messages.ts';

/**
 * Vaults that misbehave: each is what a thread does when the bell of the door was rung. `lane` has the words of the lane
 * with the request, `lengths` those of its blocks, `answer()` says that it is answered.
 */
const misbehaviours = {
	'says nothing': '',
	'ends in the middle': 'process.exit(1)',
	'fails outside any request': "throw new Error('a defect')",
	'answers with a count below zero': 'lane[5] = -1; answer();',
	'answers with more blocks than there is room for': 'lane[5] = 1 << 30; answer();',
	'answers with a block of a wrong length': 'lane[5] = 1; lengths[0] = 31; answer();',
	'answers with a block longer than the memory': 'lane[5] = 1; lengths[0] = 0x7fffffff; answer();',
	'answers with a block of less than nothing': 'lane[5] = 1; lengths[0] = -8; answer();',
	'answers with an error that there is not': 'lane[3] = 123456; answer();',
};

const thread = (behaviour: string): string => `
	const { workerData: memory } = require('node:worker_threads');
	const bell = new Int32Array(memory, 0, 1);
	const lane = new Int32Array(memory, 32 + 9 * ((16 + 1008) * 4 + 288 * 1024), 16);
	const lengths = new Int32Array(memory, lane.byteOffset + 64, 1008);
	const answer = () => { Atomics.store(lane, 1, lane[0]); Atomics.notify(lane, 1); };
	setInterval(() => undefined, 1000);
	let rings = 0;
	(async () => {
		for (;;) {
			const wait = Atomics.waitAsync(bell, 0, rings);
			if (wait.async) await wait.value;
			rings = Atomics.load(bell, 0);
			${behaviour}
		}
	})();
`;

const threads: Worker[] = [];
afterEach(async () => {
	for (const worker of threads.splice(0)) await worker.terminate();
});

function makeDoor(behaviour: string): { door: BlockingDoor; failures: string[] } {
	const failures: string[] = [];
	const door: BlockingDoor = new BlockingDoor((reason) => {
		failures.push(reason);
		door.close(reason);
	}, 300);
	const worker = new Worker(thread(behaviour), { eval: true, workerData: door.memory.memory });
	worker.on('error', () => undefined);
	threads.push(worker);
	return { door, failures };
}

const pieceOf = (from: Uint8Array): Piece => ({
	from,
	into: new Uint8Array(from.length).fill(9),
	associated: new Uint8Array(1),
	stamp: new Uint8Array(stampBytes),
});

suite('A vault that misbehaves', () => {
	for (const [title, behaviour] of Object.entries(misbehaviours))
		test(`is noticed, and not asked again: it ${title}`, () => {
			const { door, failures } = makeDoor(behaviour);
			assert.throws(() => door.authenticate(1, new Uint8Array(10)), { code: 'EIO' });
			if (!title.includes('error that')) assert.equal(failures.length, 1);
			assert.throws(() => door.createFileKey(), { code: 'EIO' });
		});

	test('leaves no plain text in the shared memory, nor in what it was to open', () => {
		const { door } = makeDoor('');
		const secret = new TextEncoder().encode('the secret that nobody may find');
		const piece = pieceOf(secret);
		assert.throws(() => door.seal(1, [piece]), { code: 'EIO' });
		assert.equal(Buffer.from(new Uint8Array(door.memory.memory)).indexOf(secret), -1);
	});

	test('that says it is at work is waited for', () => {
		// It answers after two thirds of the patience, three times as long as it is allowed to be silent.
		const steps = 'for (let i = 0; i < 5; i++) { lane[2]++; await new Promise((go) => setTimeout(go, 150)); }';
		const { door } = makeDoor(`${steps} lane[5] = 0; answer();`);
		door.forgetFileKey(1);
	});
});

/** A Worker that is a listener: it answers what the test lets it. */
function makeWorkers(): {
	make: MakeVaultWorker;
	tell: (message: FromVaultWorker) => void;
	end: (reason: string) => void;
	count: () => number;
} {
	let made = 0;
	let hooks: Parameters<MakeVaultWorker> | undefined;
	return {
		make: (...given) => {
			made++;
			hooks = given;
			return { post: () => undefined, terminate: () => undefined };
		},
		tell: (message) => hooks?.[0](message),
		end: (reason) => hooks?.[1](reason),
		count: () => made,
	};
}

suite('The kernel’s side of the vault', () => {
	test('starts nothing before it is asked, and refuses to wait for what is not there', () => {
		const workers = makeWorkers();
		const vault = new RemoteKeyVault(workers.make);
		assert.throws(() => vault.createFileKey(), { code: 'EIO' });
		vault.closeRing(1);
		vault.forgetFileKey(1);
		assert.equal(workers.count(), 0);
	});

	test('tells everybody who waits when the Worker ends, and starts another when it is asked again', async () => {
		const workers = makeWorkers();
		const vault = new RemoteKeyVault(workers.make);
		const reasons: string[] = [];
		vault.onEnd((reason) => reasons.push(reason));
		const [ready, ring] = [vault.prepare(), vault.createRing(new Uint8Array())];
		workers.end('out of memory');
		await assert.rejects(ready, { code: 'EIO', detail: 'out of memory' });
		await assert.rejects(ring, { code: 'EIO', detail: 'out of memory' });
		assert.deepEqual(reasons, ['out of memory']);
		const again = vault.prepare();
		workers.tell({ type: 'ready' });
		await again;
		assert.equal(workers.count(), 2);
	});

	test('lets everybody log off when the vault is found dead by that', async () => {
		const reasons: string[] = [];
		const vault = new RemoteKeyVault((told) => ({
			post(message) {
				if (message.type !== 'start') return;
				const behaviour = misbehaviours['answers with a count below zero'];
				threads.push(new Worker(thread(behaviour), { eval: true, workerData: message.memory }));
				queueMicrotask(() => told({ type: 'ready' }));
			},
			terminate: () => undefined,
		}));
		vault.onEnd((reason) => reasons.push(reason));
		await vault.prepare();
		vault.closeRing(1);
		vault.forgetFileKey(2);
		assert.deepEqual(reasons, []);
		await Promise.resolve();
		assert.equal(reasons.length, 1);
		assert.throws(() => vault.createFileKey(), { code: 'EIO' });
	});

	test('does not hear a Worker that has ended, nor answers to nobody', async () => {
		const workers = makeWorkers();
		const vault = new RemoteKeyVault(workers.make);
		const ready = vault.prepare();
		workers.tell({ type: 'answer', id: 77, value: 1 });
		workers.tell({ type: 'ready' });
		await ready;
		vault.close();
		workers.tell({ type: 'ready' });
		workers.end('late');
		assert.throws(() => vault.createFileKey(), { code: 'EIO' });
		await assert.rejects(vault.prepare(), { code: 'EIO' });
	});
});
