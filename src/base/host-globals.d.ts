/**
 * What the browser and Node both give every program, for the rooms that compile without the types of either.
 *
 * Invariant: nothing here does input or output, tells the time or makes randomness; those are ports.
 */

interface TextEncoder {
	encode(text?: string): Uint8Array<ArrayBuffer>;
	encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
	readonly encoding: string;
	decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare var TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };

declare function structuredClone<T>(value: T): T;
declare function queueMicrotask(callback: () => void): void;

/** The part of WebAssembly that programs are run with; the same in a Worker and in Node. */
// biome-ignore lint/style/noNamespace: so the platform declares it.
declare namespace WebAssembly {
	type Imports = Record<string, Record<string, unknown>>;

	class Memory {
		readonly buffer: ArrayBuffer;
	}

	class Module {
		constructor(bytes: ArrayBuffer | ArrayBufferView<ArrayBuffer>);
		static imports(module: Module): { module: string; name: string; kind: string }[];
		static exports(module: Module): { name: string; kind: string }[];
	}

	class Instance {
		constructor(module: Module, imports: Imports);
		readonly exports: Record<string, unknown>;
	}

	function compile(bytes: ArrayBuffer | ArrayBufferView<ArrayBuffer>): Promise<Module>;
}
