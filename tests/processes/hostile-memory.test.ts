/**
 * A program that writes what it likes into the memory that it shares with the kernel: its calls, the files that it keeps, its
 * pipes. The kernel goes on, others are served, and nothing of theirs comes into that memory.
 *
 * The peer stands beside the kernel in one thread here, so that a seed always does the same.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { CallMemory, callWords, defaultCallMemoryBytes, maximumMessageBytes } from '#abi/call-memory.ts';
import { errorTable } from '#abi/errors.ts';
import {
	FileMemory,
	fileMemoryBytes,
	frameCount,
	frameStates,
	frameWord,
	prepareFileMemory,
} from '#abi/file-memory.ts';
import { callLayouts } from '#abi/layouts.generated.ts';
import { openFlags } from '#abi/open-flags.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import type { OpenedNode } from '#abi/structures.generated.ts';
import { systemCalls } from '#abi/system-calls.ts';
import { ByteReader, ByteWriter, codecOf } from '#abi/value-codec.ts';
import { RingBuffer, ringWords } from '#base/ring-buffer.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { makeCallTurns } from '#hosts/common/make-call-turns.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { MemoryConnection } from '#kernel/memory-connection.ts';
import { Pipe } from '#kernel/pipe.ts';
import type { Process } from '#kernel/process.ts';
import { childToken, systemToken } from '#security/token.ts';
import { seededRandom } from '../contract/cases/assertions.ts';

const secret = 'the bytes of another program';
/** Calls that end the caller or wait for somebody: the peer has but one call at a time. */
const leftOut = /exit|wait|_read$|spawn|elevate|shut|secure/;

const turns = makeCallTurns((callback) => void setImmediate(callback));

/** A process whose program is the test, with the memory of a guest. */
class HostilePeer {
	readonly process: Process;
	readonly calls = new CallMemory(new SharedArrayBuffer(defaultCallMemoryBytes));
	readonly files: FileMemory;
	readonly fileBuffer = new SharedArrayBuffer(fileMemoryBytes);
	readonly #writer = new ByteWriter();

	constructor({ kernel }: HeadlessSystem) {
		prepareFileMemory(this.fileBuffer);
		this.files = new FileMemory(this.fileBuffer);
		const buffer = this.calls.words.buffer;
		this.process = kernel.attach('hostile', childToken(systemToken), {
			connection: new MemoryConnection(buffer, turns),
			fileMemory: this.fileBuffer,
			terminate: () => undefined,
		});
	}

	/** Rings as a request would, with whatever stands in the memory; whether the kernel has answered soon. */
	async ring(): Promise<boolean> {
		const { words } = this.calls;
		const request = Atomics.add(words, callWords.request, 1) + 1;
		Atomics.notify(words, callWords.request);
		for (let turns = 0; turns < 20; turns++) {
			await turn();
			if (Atomics.load(words, callWords.reply) === request) return true;
		}
		return false;
	}

	/** An honest call, as far as it goes. */
	async call(name: string, ...values: readonly unknown[]): Promise<unknown> {
		const { words, area } = this.calls;
		assert.equal(await this.attempt(name, ...values), 0, name);
		const { number } = systemCalls.find((definition) => definition.name === name) as { number: number };
		const [, result] = callLayouts[number] as (typeof callLayouts)[number];
		return codecOf(result).read(new ByteReader(area.slice(0, words[callWords.length])));
	}

	/** The number of its error, 0 for none. */
	async attempt(name: string, ...values: readonly unknown[]): Promise<number | undefined> {
		const { number } = systemCalls.find((definition) => definition.name === name) as { number: number };
		const [types] = callLayouts[number] as (typeof callLayouts)[number];
		this.#writer.clear();
		for (const [index, type] of types.entries()) codecOf(type).write(this.#writer, values[index]);
		const { words, area } = this.calls;
		area.set(this.#writer.bytes);
		words[callWords.length] = this.#writer.bytes.length;
		words[callWords.call] = number;
		assert.ok(await this.ring(), `an answer to ${name}`);
		return words[callWords.error];
	}
}

describe('a program that writes garbage into what it shares', () => {
	let headless: HeadlessSystem;
	before(async () => {
		headless = startHeadless(new MemoryFileSystem({ clock: hostClock }));
		await headless.system.pathWrite('/secret', new TextEncoder().encode(secret.repeat(4000)), 'create-new');
	});
	after(async () => {
		const defects = headless.kernel.log.read(0, 100_000).filter(({ source }) => source === 'kernel');
		assert.deepEqual(
			defects.filter(({ level }) => level === 'error'),
			[],
		);
		assert.equal((await headless.system.pathStat('/secret')).size, secret.length * 4000, 'what others are answered');
		headless.close();
	});

	const end = (peer: HostilePeer): void => headless.kernel.end(peer.process, { code: 137, reason: 'signal' });

	it('as requests and their lengths', async () => {
		const random = seededRandom(1);
		const numbers = systemCalls.filter(({ name }) => !leftOut.test(name)).map(({ number }) => number);
		const lengths = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), maximumMessageBytes, maximumMessageBytes + 1, 300_000];
		let peer = new HostilePeer(headless);
		for (let round = 0; round < 4000; round++) {
			const { words, area } = peer.calls;
			const known = numbers[Math.floor(random() * numbers.length)] as number;
			words[callWords.call] = random() < 0.9 ? known : Math.floor((random() - 0.5) * 2 ** 32);
			words[callWords.length] =
				random() < 0.8 ? Math.floor(random() * 64) : (lengths[Math.floor(random() * lengths.length)] as number);
			for (let place = 0; place < 64; place++) area[place] = random() < 0.6 ? 0 : Math.floor(random() * 256);
			words[callWords.error] = Math.floor(random() * 2 ** 32);
			if (await peer.ring()) continue;
			// It waits for something, or for the next part of a message: its memory is let go.
			end(peer);
			peer = new HostilePeer(headless);
		}
		end(peer);
	});

	it('as the announcement of messages that never come', async () => {
		const peer = new HostilePeer(headless);
		const before = process.memoryUsage().arrayBuffers;
		for (let round = 0; round < 200; round++) {
			peer.calls.words[callWords.call] = 34;
			peer.calls.words[callWords.length] = maximumMessageBytes;
			await peer.ring();
		}
		const grown = process.memoryUsage().arrayBuffers - before;
		assert.ok(grown < 2 * maximumMessageBytes, `memory of a few messages at most, not ${grown} bytes`);
		end(peer);
	});

	it('as pages, slots and changed bytes of files that it keeps', async () => {
		const random = seededRandom(2);
		const peer = new HostilePeer(headless);
		const directory = await peer.call('directory_open', '/Users', directoryRights);
		for (let file = 0; file < 8; file++) {
			const readAndWrite = rights.read | rights.write;
			const opened = await peer.call('at_open', directory, `hostile ${file}`, openFlags.create, readAndWrite);
			assert.equal((opened as OpenedNode).slot, file, 'where it may keep the file');
		}
		const { words } = peer.files;
		for (let round = 0; round < 2000; round++) {
			const frame = Math.floor(random() * frameCount);
			const set = (name: number, value: number): void => {
				words[peer.files.frameWord(frame, name)] = value;
			};
			set(frameWord.slot, Math.floor(random() * 80) - 4);
			set(frameWord.page, Math.floor((random() - 0.3) * (random() < 0.5 ? 4 : 2 ** 32)));
			set(frameWord.dirty, Math.floor(random() * 2 ** 32));
			set(frameWord.state, random() < 0.9 ? frameStates.free : Math.floor(random() * 5));
			if (round % 4 === 0) words[Math.floor(random() * words.length)] = Math.floor(random() * 2 ** 32);
			if (round % 50 === 0) await headless.system.pathUsage('/');
		}
		const seen = Buffer.from(peer.fileBuffer).includes(secret) || Buffer.from(peer.calls.words.buffer).includes(secret);
		assert.equal(seen, false, 'the secret in its memory');
		end(peer);
		const untouched = await headless.system.pathRead('/secret', 1_000_000);
		assert.equal(new TextDecoder().decode(untouched), secret.repeat(4000));
	});

	it('through a handle to a file that another process keeps', async () => {
		const [keeper, other] = [new HostilePeer(headless), new HostilePeer(headless)];
		const directory = await keeper.call('directory_open', '/Users', directoryRights);
		const wanted = rights.read | rights.write;
		const { handle } = (await keeper.call('at_open', directory, 'kept', openFlags.create, wanted)) as OpenedNode;
		const shared = other.process.handles.add(keeper.process.handles.get(handle), wanted);
		keeper.files.bytes(7, 0, 4).set([1, 2, 3, 4]);
		assert.equal(await other.attempt('file_fill', shared, 0, [7]), errorTable.EBADF.number);
		assert.deepEqual([...keeper.files.bytes(7, 0, 4)], [1, 2, 3, 4], 'a frame of the keeper');
		end(keeper);
		end(other);
	});

	it('as the words of a pipe', async () => {
		const random = seededRandom(3);
		const names = Object.values(ringWords);
		for (let round = 0; round < 300; round++) {
			const pipe = new Pipe();
			const ring = new RingBuffer(pipe.share(7));
			const bytes = new Uint8Array(Math.floor(random() * 100_000));
			for (let step = 0; step < 20; step++) {
				const word = names[Math.floor(random() * names.length)] as number;
				Atomics.store(ring.words, word, Math.floor((random() - 0.5) * 2 ** (random() < 0.5 ? 4 : 33)));
				if (random() < 0.3) Atomics.notify(ring.words, word);
				try {
					pipe.write(bytes);
				} catch (error) {
					assert.equal((error as { code?: string }).code, 'EPIPE');
				}
				const read = pipe.read(70_000);
				assert.ok(read === undefined || read.length <= 70_000);
			}
			pipe.unshare(7);
			for (const lock of [ringWords.readLock, ringWords.writeLock])
				assert.equal(Atomics.load(ring.words, lock), 0, 'a lock that nobody holds');
		}
		await turn();
	});
});
