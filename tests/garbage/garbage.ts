/**
 * Arguments for system calls, made from the contract: some fit, some nearly, some not at all.
 *
 * Rules of use:
 * - `fitting` gives a value that the gate lets through; `value` gives now and then something else that a port can carry.
 * - What the attacked system has handed out goes into `known`, so that calls reach further than the gate.
 */
import type { ArgumentDefinition } from '#abi/call-definition.ts';
import { directoryRights } from '#abi/rights.ts';
import { enums, structs } from '#abi/types.ts';
import type { SeededRandom } from '../fuzz/random.ts';

export interface Known {
	/** Of the caller. */
	readonly handles: number[];
	/** Of all processes. */
	readonly foreignHandles: number[];
	readonly pids: number[];
}

/** Handles are told again after so many others. */
const keptHandles = 500;

/** Notes the handles in a result: small numbers, alone or in a structure. */
export function learn({ handles, foreignHandles }: Known, result: unknown): void {
	const numbers = typeof result === 'object' && result !== null ? Object.values(result) : [result];
	for (const value of numbers) {
		if (typeof value !== 'number' || value <= 0 || value >= 100_000 || !Number.isInteger(value)) continue;
		for (const list of [handles, foreignHandles]) {
			list.push(value);
			if (list.length > keptHandles) list.splice(0, keptHandles / 2);
		}
	}
}

const names = [
	'a',
	'b',
	'A',
	'deep',
	'link',
	'loop',
	'dev',
	'proc',
	'.',
	'..',
	'Users',
	'ä',
	'\ud800',
	'x'.repeat(255),
];
const paths = [
	'/',
	'.',
	'..',
	'/Users/Owner',
	'/dev/null',
	'/dev/zero',
	'/dev/full',
	'/dev/random',
	'/proc',
	'/proc/self',
	'/proc/1/status',
	'/a/b/../../..',
	'//a///b/',
	'/Programs/program.wasm',
	`/${'a/'.repeat(2000)}`,
	`/${'x'.repeat(256)}`,
	'\ud800',
	'/a/',
	'attacker',
];
const numbers = [0, 1, 2, 3, 7, 63, 64, 255, 256, 4095, 65_535, 65_536, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const sizes = [...numbers, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER];
/** Beyond some hundreds of KiB a call costs time and finds nothing more. */
const lengths = [0, 1, 2, 100, 4096, 65_536, 300_000];
const wildNumbers = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, 2 ** 32, 1e300, -(2 ** 31)];

export class Garbage {
	readonly #random: SeededRandom;
	readonly #known: Known;

	constructor(random: SeededRandom, known: Known) {
		this.#random = random;
		this.#known = known;
	}

	/** A value for an argument of the contract that may be anything. */
	value(argument: ArgumentDefinition): unknown {
		return this.#random.below(12) === 0 ? this.wild() : this.argument(argument);
	}

	/** A value that fits an argument of the contract. */
	argument({ name, type }: ArgumentDefinition): unknown {
		const random = this.#random;
		if (name === 'rights' && random.below(4) > 0) return random.pick([directoryRights, 3, 2, 1, random.below(512)]);
		if (name === 'flags' && random.below(4) > 0) return random.below(64);
		return this.fitting(type);
	}

	/** Anything that a message can carry. */
	wild(): unknown {
		const random = this.#random;
		const shared = (): Uint8Array => new Uint8Array(new SharedArrayBuffer(random.below(64)));
		const makers: readonly (() => unknown)[] = [
			() => undefined,
			() => null,
			() => random.pick(wildNumbers),
			() => random.pick([-1n, 0n, 2n ** 63n, 2n ** 64n, -(2n ** 70n)]),
			() => random.pick(['', 'toString', '__proto__', 'constructor', '\0', 'x'.repeat(random.below(70_000))]),
			() => random.below(2) === 0,
			() => [],
			() => ({}),
			() => nested(2 + random.below(200)),
			() => circle(),
			() => new Map([['length', 2]]),
			() => new Date(Number.NaN),
			() => /x/,
			() => new TypeError('no error of the system'),
			shared,
			() => shared().buffer,
			() => new Uint8Array(new ArrayBuffer(8, { maxByteLength: 64 }), 4),
			() => new Float64Array(random.below(8)),
			() => new ArrayBuffer(random.below(8)),
			() => ({ length: 2 ** 32, 0: 'x' }),
			() => new Array(random.below(1000)),
			() => Object.assign([], { every: 1, map: null, length: random.below(2) }),
			() => this.fitting(random.pick(Object.keys(structs))),
		];
		return random.pick(makers)();
	}

	fitting(type: string): unknown {
		const random = this.#random;
		if (type.endsWith('?')) return random.below(2) === 0 ? undefined : this.fitting(type.slice(0, -1));
		if (type.endsWith('[]')) return this.#several(() => this.fitting(type.slice(0, -2)));
		if (type in enums) return random.pick<string>(enums[type as keyof typeof enums].values);
		if (type in structs) return this.#structure(type as keyof typeof structs);
		return this.#scalar(type);
	}

	#scalar(type: string): unknown {
		const random = this.#random;
		switch (type) {
			case 'boolean':
				return random.below(2) === 0;
			case 'u32':
				return random.below(3) === 0 ? random.pick(numbers) : random.pick(lengths);
			case 'size':
				return random.pick(random.below(3) === 0 ? sizes : lengths);
			case 'offset':
				return random.pick(sizes) * (random.below(2) === 0 ? 1 : -1);
			case 'time':
				return random.pick([0, 1, -1, 1e12, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324]);
			case 'ns':
				return random.pick([0n, 1n, 10n ** 18n, 2n ** 63n - 1n]);
			case 'handle':
				return this.#handle();
			case 'pid':
				return random.below(8) === 0 ? random.pick(sizes) : (this.#recent(this.#known.pids) ?? 1);
			case 'string':
			case 'path':
				return this.path();
			case 'strings':
				return this.#several(() => this.path());
			case 'f64column':
				return new Float64Array(random.below(4));
			default:
				return new Uint8Array(random.pick(lengths)).fill(random.below(256));
		}
	}

	path(): string {
		const random = this.#random;
		if (random.below(4) === 0) return random.pick(paths);
		const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick(names));
		return (random.below(4) === 0 ? '' : '/') + parts.join('/');
	}

	#structure(name: keyof typeof structs): Record<string, unknown> {
		const value: Record<string, unknown> = {};
		for (const [field, { type }] of Object.entries(structs[name].fields)) {
			// An absent field is another thing than one that is `undefined`.
			const content = this.fitting(type);
			if (content !== undefined || this.#random.below(2) === 0) value[field] = content;
		}
		if (name === 'SpawnOptions') value.workingDirectory = this.#random.pick(['/', '/Users', '/none', 'a']);
		return value;
	}

	#several<T>(make: () => T): T[] {
		return Array.from({ length: this.#random.below(4) }, make);
	}

	#handle(): number {
		const random = this.#random;
		if (random.below(12) === 0) return random.pick(numbers);
		const { handles, foreignHandles } = this.#known;
		return this.#recent(random.below(8) === 0 ? foreignHandles : handles) ?? 1;
	}

	/** One of those made lately, mostly. */
	#recent(of: readonly number[]): number | undefined {
		if (of.length === 0) return undefined;
		const recent = this.#random.below(3) > 0 ? of.slice(-16) : of;
		return this.#random.pick(recent);
	}
}

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level++) value = [value];
	return value;
}

function circle(): unknown {
	const value: unknown[] = [];
	value.push(value);
	return value;
}
