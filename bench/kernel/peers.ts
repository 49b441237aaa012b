/**
 * Runs a program with a peer, in memory of the peer's own: the same in Node and in the browser, but for `node:wasi`, which
 * `node-wasi.ts` opens.
 *
 * Rules of use: `openPeer` once, then `run` as often as wanted, one run at a time; `close` at the end.
 */

export const peerNames = ['wasmer', 'bjorn3', 'runno', 'node-wasi'] as const;
export type PeerName = (typeof peerNames)[number];
export type SystemName = PeerName | 'vitrine';

export interface Peer {
	/** Runs the program to its end; returns what it wrote. */
	run(program: Uint8Array<ArrayBuffer>, programArguments: readonly string[]): Promise<string>;
	close(): Promise<void>;
}

/** Imports a module of a peer by the package and, where given, the file in it. */
export type ImportPeer = (file: string) => Promise<unknown>;

export async function openPeer(name: Exclude<PeerName, 'node-wasi'>, importPeer: ImportPeer): Promise<Peer> {
	if (name === 'wasmer') return await openWasmer(importPeer);
	if (name === 'bjorn3') return await openBjorn3(importPeer);
	return await openRunno(importPeer);
}

/* What we use of each peer, as its documentation has it. */

interface WasmerModule {
	readonly Wasmer: new (options: { cache: false }) => WasmerClient;
}

interface WasmerClient {
	readonly packages: { create(definition: unknown): Promise<unknown> };
	readonly sandboxes: { create(options: unknown): Promise<WasmerSandbox> };
	close(): Promise<void>;
}

interface WasmerSandbox {
	command(chosen: unknown, programArguments: readonly string[], options: { cwd: string }): WasmerCommand;
	close(): Promise<void>;
}

interface WasmerCommand {
	run(options: { check: false }): Promise<{ stdout: { text(): string }; stderr: { text(): string } }>;
}

async function openWasmer(importPeer: ImportPeer): Promise<Peer> {
	const isNode = 'process' in globalThis;
	const { Wasmer } = (await importPeer(`@wasmer/sdk/dist/${isNode ? 'node' : 'index'}.js`)) as WasmerModule;
	const client = new Wasmer({ cache: false });
	const sandboxes = new Map<Uint8Array, Promise<{ sandbox: WasmerSandbox; bundle: unknown }>>();
	const open = async (program: Uint8Array) => {
		const definition = { modules: { main: program }, commands: { main: { module: 'main' } } };
		const bundle = await client.packages.create(definition);
		return { sandbox: await client.sandboxes.create({ packages: [bundle] }), bundle };
	};
	return {
		async run(program, programArguments) {
			const opened = sandboxes.get(program) ?? open(program);
			sandboxes.set(program, opened);
			const { sandbox, bundle } = await opened;
			const command = sandbox.command(bundle, programArguments, { cwd: '/workspace' });
			const { stdout, stderr } = await command.run({ check: false });
			return stdout.text() + stderr.text();
		},
		async close() {
			for (const opened of sandboxes.values()) await (await opened).sandbox.close();
			await client.close();
		},
	};
}

interface Bjorn3Module {
	readonly WASI: new (
		programArguments: string[],
		environment: string[],
		descriptors: unknown[],
		options: { debug: boolean },
	) => { readonly wasiImport: WebAssembly.ModuleImports; start(instance: WebAssembly.Instance): number };
	readonly File: new (bytes: number[]) => unknown;
	readonly OpenFile: new (file: unknown) => unknown;
	readonly ConsoleStdout: { lineBuffered(told: (line: string) => void): unknown };
	readonly PreopenDirectory: new (name: string, contents: Map<string, unknown>) => unknown;
}

async function openBjorn3(importPeer: ImportPeer): Promise<Peer> {
	const file = '@bjorn3/browser_wasi_shim/dist/index.js';
	const { WASI, File, OpenFile, ConsoleStdout, PreopenDirectory } = (await importPeer(file)) as Bjorn3Module;
	return synchronous((module, programArguments) => {
		let text = '';
		const told = (line: string): void => {
			text += `${line}\n`;
		};
		const descriptors = [
			new OpenFile(new File([])),
			ConsoleStdout.lineBuffered(told),
			ConsoleStdout.lineBuffered(told),
			new PreopenDirectory('.', new Map()),
		];
		const wasi = new WASI([...programArguments], [], descriptors, { debug: false });
		wasi.start(new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport }));
		return text;
	});
}

interface RunnoModule {
	readonly WASI: new (
		context: unknown,
	) => {
		getImportObject(): WebAssembly.Imports;
		start(started: { module: WebAssembly.Module; instance: WebAssembly.Instance }): unknown;
	};
}

async function openRunno(importPeer: ImportPeer): Promise<Peer> {
	const { WASI } = (await importPeer('@runno/wasi/dist/main.js')) as RunnoModule;
	return synchronous((module, programArguments) => {
		let text = '';
		const told = (part: string): void => {
			text += part;
		};
		const wasi = new WASI({ args: programArguments, env: {}, stdin: () => null, stdout: told, stderr: told, fs: {} });
		wasi.start({ module, instance: new WebAssembly.Instance(module, wasi.getImportObject()) });
		return text;
	});
}

/** A peer that runs a program on this thread, until it has ended. */
export function synchronous(run: (module: WebAssembly.Module, programArguments: readonly string[]) => string): Peer {
	const modules = new Map<Uint8Array, Promise<WebAssembly.Module>>();
	return {
		async run(program, programArguments) {
			const compiled = modules.get(program) ?? WebAssembly.compile(program);
			modules.set(program, compiled);
			return run(await compiled, ['program', ...programArguments]);
		},
		close: () => Promise.resolve(),
	};
}
