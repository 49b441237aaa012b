/**
 * Processes that send garbage: one over a message port, with values of every sort, and one over shared memory, with bytes
 * that are no message of the contract.
 *
 * Invariant: `unanswered` holds the calls whose reply is still to come, by their ids.
 */

import type { SystemCallDefinition } from '#abi/call-definition.ts';
import { CallMemory, callWords } from '#abi/call-memory.ts';
import { fileMemoryBytes, frameCount, prepareFileMemory, slotCount } from '#abi/file-memory.ts';
import type { Port } from '#abi/messages.ts';
import { systemCalls } from '#abi/system-calls.ts';
import { ByteReader, ByteWriter, codecOf } from '#abi/value-codec.ts';
import type { SeededRandom } from '../fuzz/random.ts';
import { Garbage, type Known, learn } from './garbage.ts';

export interface Reply {
	/** `undefined`: of a number that is no call. */
	readonly call: SystemCallDefinition | undefined;
	readonly errno: number;
	readonly result: unknown;
}

export interface AttackerParts {
	readonly pid: number;
	/** Of all attackers. */
	readonly foreignHandles: number[];
	readonly pids: number[];
	readonly random: SeededRandom;
	readonly heard: (reply: Reply) => void;
	/** Something that the contract does not allow has come from the kernel. */
	readonly found: (what: string) => void;
}

/** What an attacker sends, and what it has learned. */
class Arms {
	readonly known: Known;
	readonly garbage: Garbage;

	constructor({ foreignHandles, pids, random }: AttackerParts) {
		this.known = { handles: [], foreignHandles, pids };
		this.garbage = new Garbage(random, this.known);
	}
}

export interface Attacker {
	readonly pid: number;
	ended: boolean;
	readonly unanswered: { readonly size: number };
	/** Sends so many calls as it can without waiting; how many it was. */
	attack(count: number): number;
}

/** One in so many calls has a number that is none. */
const strangeNumbers = 50;
const noRequests = [[0, 1], [-1, 1], ['1', 1], [Number.NaN, 1], [1.5, 1], [{}], [2n, 1]];

export class PortAttacker implements Attacker {
	readonly pid: number;
	readonly unanswered = new Map<number, SystemCallDefinition | undefined>();
	ended = false;
	readonly #parts: AttackerParts;
	readonly #arms: Arms;
	readonly #port: Port;
	#next = 1;

	constructor(port: Port, parts: AttackerParts) {
		this.pid = parts.pid;
		this.#parts = parts;
		this.#arms = new Arms(parts);
		this.#port = port;
		port.onMessage((message) => this.#hear(message));
	}

	attack(count: number): number {
		for (let sent = 0; sent < count; sent++) this.#send();
		return count;
	}

	#send(): void {
		const { random } = this.#parts;
		const { garbage } = this.#arms;
		if (random.below(strangeNumbers) === 0) {
			// No request at all: nothing may come back.
			this.#port.send(random.below(2) === 0 ? garbage.wild() : random.pick(noRequests));
			return;
		}
		const id = this.#next++;
		const call = random.below(strangeNumbers) === 0 ? undefined : random.pick(systemCalls);
		const values = call?.arguments.map((argument) => garbage.value(argument)) ?? [garbage.wild()];
		if (random.below(strangeNumbers) === 0) values.push(garbage.wild());
		this.unanswered.set(id, call);
		this.#port.send([id, call === undefined ? garbage.wild() : call.number, ...values]);
	}

	#hear(message: unknown): void {
		const [id, errno, result] = message as [number, number, unknown];
		// A signal.
		if (id === 0) return;
		if (!this.unanswered.has(id)) this.#parts.found(`call ${id} of process ${this.pid} was answered twice`);
		const call = this.unanswered.get(id);
		this.unanswered.delete(id);
		if (errno === 0) learn(this.#arms.known, result);
		this.#parts.heard({ call, errno, result });
	}
}

/** Bytes that say how long a message is, for messages that are none. */
const falseLengths = [-1, 0, 1, 2 ** 20, 68 * 1024 * 1024, 68 * 1024 * 1024 + 1, 2 ** 31 - 1, -(2 ** 31)];
const falseWords = [0, 1, -1, 2, 63, 64, 255, 256, 2 ** 16, 2 ** 31 - 1, -(2 ** 31)];

export class MemoryAttacker implements Attacker {
	readonly pid: number;
	ended = false;
	readonly fileMemory = new SharedArrayBuffer(fileMemoryBytes);
	readonly #parts: AttackerParts;
	readonly #arms: Arms;
	readonly #memory: CallMemory;
	readonly #writer = new ByteWriter();
	/** The request under way, and its call where it is a whole and honest one. */
	#asked:
		| { readonly request: number; readonly call: SystemCallDefinition | undefined; readonly isPart: boolean }
		| undefined;

	constructor(buffer: SharedArrayBuffer, parts: AttackerParts) {
		this.pid = parts.pid;
		this.#parts = parts;
		this.#arms = new Arms(parts);
		this.#memory = new CallMemory(buffer);
		prepareFileMemory(this.fileMemory);
	}

	get unanswered(): { readonly size: number } {
		this.#hear();
		return { size: this.#asked === undefined || this.#asked.isPart ? 0 : 1 };
	}

	attack(): number {
		this.#hear();
		if (this.#asked !== undefined) return 0;
		if (this.#parts.random.below(8) === 0) this.#scribble();
		if (this.#parts.random.below(3) > 0) this.#sendHonest();
		else this.#sendBytes();
		return 1;
	}

	/** Arguments that may fit, in the layouts of the contract. */
	#sendHonest(): void {
		const { random } = this.#parts;
		const { garbage } = this.#arms;
		const call = random.pick(systemCalls);
		this.#writer.clear();
		for (const argument of call.arguments) codecOf(argument.type).write(this.#writer, garbage.argument(argument));
		const { bytes } = this.#writer;
		// What does not fit in one part is sent by the real client elsewhere.
		if (bytes.length > this.#memory.area.length) this.#sendBytes();
		else this.#ask(call.number, bytes, { length: bytes.length, call });
	}

	/** The same with bytes turned over, cut off, with another length or another number. */
	#sendBytes(): void {
		const { random } = this.#parts;
		const { garbage } = this.#arms;
		const call = random.pick(systemCalls);
		this.#writer.clear();
		for (const argument of call.arguments) codecOf(argument.type).write(this.#writer, garbage.argument(argument));
		const bytes = this.#writer.bytes.slice(0, this.#memory.area.length);
		for (let turned = random.below(8); turned > 0 && bytes.length > 0; turned--)
			bytes[random.below(bytes.length)] = random.below(256);
		const number = random.below(4) === 0 ? random.pick([0, -1, 9999, 2 ** 31 - 1]) : call.number;
		const length = random.below(3) === 0 ? random.pick(falseLengths) : random.below(bytes.length + 9);
		this.#ask(number, bytes, { length, call: undefined });
	}

	#ask(number: number, bytes: Uint8Array, said: { length: number; call: SystemCallDefinition | undefined }): void {
		const { words, area } = this.#memory;
		area.set(bytes);
		words[callWords.call] = number;
		words[callWords.length] = said.length;
		const request = Atomics.add(words, callWords.request, 1) + 1;
		// A message that says it is longer than the area, and a part of none, are answered without a call.
		const isPart = number === 0 || said.length > area.length;
		this.#asked = { request: request | 0, call: said.call, isPart };
		Atomics.notify(words, callWords.request);
	}

	#hear(): void {
		const asked = this.#asked;
		const { words, area } = this.#memory;
		if (asked === undefined || Atomics.load(words, callWords.reply) !== asked.request) return;
		this.#asked = undefined;
		// The last call of a process that has ended is answered by its cancellation, whatever it was.
		if (asked.call === undefined || this.ended) return;
		const errno = words[callWords.error] as number;
		const length = words[callWords.length] as number;
		const whole = length <= area.length;
		const type = errno === 0 ? asked.call.result : 'string';
		const result = whole ? codecOf(type).read(new ByteReader(area.slice(0, length))) : undefined;
		if (errno === 0) learn(this.#arms.known, result);
		this.#parts.heard({ call: asked.call, errno, result });
	}

	/** Lies in the tables by which the kernel finds what the process has written. */
	#scribble(): void {
		const { random } = this.#parts;
		const words = new Int32Array(this.fileMemory, 0, slotCount * 4 + frameCount * 4);
		for (let count = random.below(64); count > 0; count--)
			words[random.below(words.length)] = random.below(2) === 0 ? random.pick(falseWords) : random.below(2 ** 32);
	}
}
