/** A test of the official WASI suite, run as a process of a fresh system. The same in Node and in Chromium. */
import { directoryRights } from '#abi/rights.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { System } from '#runtime/system.ts';

export interface SuiteFile {
	/** From the root that the test is given; directories before what is in them. */
	readonly path: string;
	/** `undefined`: a directory. */
	readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

export interface SuiteCase {
	readonly name: string;
	readonly module: Uint8Array<ArrayBuffer>;
	readonly arguments: readonly string[];
	/** `NAME=value` each. */
	readonly environment: readonly string[];
	/** What stands in the directory that the test is given as `/`; `undefined`: it is given none. */
	readonly root: readonly SuiteFile[] | undefined;
	readonly exitCode: number;
	/** `undefined`: anything. */
	readonly standardOutput: string | undefined;
}

export type StartSystem = (volume: MemoryFileSystem) => HeadlessSystem;

const limitMs = 60_000;
const program = '/Programs/test.wasm';
const rootPath = '/Root';

/** Why the test failed; `undefined` when it passed. */
export async function runSuiteCase(suiteCase: SuiteCase, start: StartSystem): Promise<string | undefined> {
	const headless = start(new MemoryFileSystem({ clock: hostClock }));
	try {
		return await judge(suiteCase, headless.system);
	} finally {
		headless.close();
	}
}

async function judge(suiteCase: SuiteCase, system: System): Promise<string | undefined> {
	await system.pathWrite(program, suiteCase.module, 'create-new');
	await system.pathMakeDirectory(rootPath);
	for (const { path, bytes } of suiteCase.root ?? []) {
		if (bytes === undefined) await system.pathMakeDirectory(`${rootPath}/${path}`);
		else await system.pathWrite(`${rootPath}/${path}`, bytes, 'create-new');
	}
	const directory = await system.directoryOpen(rootPath, directoryRights);
	const mounts = suiteCase.root === undefined ? [] : [{ path: '/', directory, readOnly: false }];
	const [input, output, error] = [await system.pipeCreate(), await system.pipeCreate(), await system.pipeCreate()];
	await system.handleClose(input.write);
	const pid = await system.processSpawn(program, {
		arguments: [...suiteCase.arguments],
		environment: [...suiteCase.environment],
		workingDirectory: '/',
		namespace: { mounts },
		limits: { wallTimeMs: limitMs },
		standardInput: input.read,
		standardOutput: output.write,
		standardError: error.write,
	});
	for (const handle of [input.read, output.write, error.write]) await system.handleClose(handle);
	const [text, errors, status] = await Promise.all([
		drain(system, output.read),
		drain(system, error.read),
		system.processWait(pid),
	]);
	if (status.code !== suiteCase.exitCode || !/^(exited|crashed)/.test(status.reason))
		return `exit code ${status.code}, not ${suiteCase.exitCode}: ${status.reason}\n${errors}`;
	if (suiteCase.standardOutput !== undefined && suiteCase.standardOutput !== text)
		return `it wrote ${JSON.stringify(text)}, not ${JSON.stringify(suiteCase.standardOutput)}`;
	return undefined;
}

async function drain(system: System, handle: number): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for (;;) {
		const bytes = await system.streamRead(handle, 65_536);
		if (bytes.length === 0) return text;
		text += decoder.decode(bytes, { stream: true });
	}
}
