/** Programs in JavaScript from the volume: what they are given, and that they reach nothing else. In a page only. */
import { directoryRights } from '#abi/rights.ts';
import type { SpawnOptions } from '#abi/structures.generated.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

interface Outcome {
	readonly output: string;
	readonly error: string;
	readonly code: number;
	readonly reason: string;
}

async function write(machine: Machine, files: Readonly<Record<string, string>>): Promise<void> {
	for (const [name, content] of Object.entries(files))
		await machine.system.pathWrite(`${machine.folder}/${name}`, bytes(content), 'create-new');
}

async function readAll({ system }: Machine, handle: number): Promise<string> {
	let all = '';
	for (let part = await system.streamRead(handle, 65_536); part.length > 0; ) {
		all += text(part);
		part = await system.streamRead(handle, 65_536);
	}
	await system.handleClose(handle);
	return all;
}

async function run(machine: Machine, program: string, given: Partial<SpawnOptions> = {}): Promise<Outcome> {
	const { system } = machine;
	const [output, error] = [await system.pipeCreate(), await system.pipeCreate()];
	const streams = { standardOutput: output.write, standardError: error.write };
	const defaults = { arguments: [], environment: [], workingDirectory: machine.folder };
	const pid = await system.processSpawn(program, { ...defaults, ...streams, ...given });
	for (const handle of [output.write, error.write]) await system.handleClose(handle);
	const [outputText, errorText] = [await readAll(machine, output.read), await readAll(machine, error.read)];
	return { output: outputText, error: errorText, ...(await system.processWait(pid)) };
}

/** A case for hosts that run such programs; where they do not, that they say so. */
function inPage(title: string, body: (machine: Machine) => Promise<void>): ContractCase {
	return {
		title,
		async run(machine) {
			if ((await machine.system.systemInfo()).host === 'web') return body(machine);
			await write(machine, { 'program.mjs': '#!/bin/js\nexport default async () => 0;\n' });
			await fails('ENOTSUP', run(machine, `${machine.folder}/program.mjs`));
		},
	};
}

const greeting = `#!/bin/js
import { OsError, rights } from 'vitrine:system';
import { shout } from './library/shout.mjs';

export default async function (system, start) {
	const name = new TextDecoder().decode(await system.pathRead('name.txt', 100));
	const missing = await system.pathStat('missing').catch((error) => error instanceof OsError && error.code);
	const words = [shout(name), start.program, ...start.arguments, missing, rights.read];
	await system.streamWrite(start.standardOutput, new TextEncoder().encode(words.join(' ')));
	return 3;
}
`;

/** Names of what is there although it should not be; and the origin. */
const lookAround = `#!/bin/js
const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts', 'Worker',
	'SharedWorker', 'BroadcastChannel', 'indexedDB', 'caches', 'cookieStore', 'navigator', 'location', 'RTCPeerConnection'];
export default async function (system, start) {
	const found = names.filter((name) => name in globalThis);
	for (const url of ['data:text/javascript,0', 'http://127.0.0.1:9/x.js', 'https://example.org/x.js'])
		await import(url).then(() => found.push(url), () => {});
	const words = JSON.stringify([globalThis.origin, found]);
	await system.streamWrite(start.standardOutput, new TextEncoder().encode(words));
	return 0;
}
`;

/** Runs in a Worker from a data: address with nothing taken out of it; tells what it could open. */
const openEverything = `(async () => {
	const tries = {
		storage: () => navigator.storage.getDirectory(),
		caches: () => caches.open('x'),
		database: () => new Promise((resolve, reject) => {
			const request = indexedDB.open('x');
			request.onsuccess = resolve;
			request.onerror = reject;
		}),
		locks: () => navigator.locks.request('x', () => 1),
		foreign: () => fetch('http://127.0.0.1:9/', { mode: 'no-cors' }),
	};
	const opened = [];
	for (const [name, open] of Object.entries(tries)) {
		try { await open(); opened.push(name); } catch {}
	}
	postMessage([origin, opened]);
})()`;

async function fromDataAddress(code: string): Promise<unknown> {
	const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`);
	try {
		return await new Promise((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message));
		});
	} finally {
		worker.terminate();
	}
}

export const scriptCases: ContractCase[] = [
	inPage('a program in JavaScript has the system calls, its arguments and modules beside it', async (machine) => {
		await machine.system.pathMakeDirectory(`${machine.folder}/library`);
		await write(machine, {
			'greet.mjs': greeting,
			'name.txt': 'ada',
			'library/shout.mjs': 'export const shout = (word) => word.toUpperCase();',
		});
		const path = `${machine.folder}/greet.mjs`;
		const { output, code, reason } = await run(machine, path, { arguments: ['one'] });
		equal([output, code, reason], [`ADA ${path} one ENOENT 1`, 3, 'exited'], 'outcome');
	}),
	inPage('a program in JavaScript reaches no network, no storage of the site and no other Worker', async (machine) => {
		await write(machine, { 'look.mjs': lookAround });
		const { output } = await run(machine, `${machine.folder}/look.mjs`);
		equal(JSON.parse(output), ['null', []], 'its origin, and what it has found');
		equal(await fromDataAddress(openEverything), ['null', []], 'what such a Worker could open by itself');
	}),
	inPage('a program in JavaScript imports nothing that its process may not read', async (machine) => {
		const { system, folder } = machine;
		await system.pathMakeDirectory(`${folder}/inside`);
		await write(machine, {
			'secret.mjs': 'export default 1;',
			'inside/escape.mjs': `#!/bin/js\nimport '../secret.mjs';\nexport default async () => 0;`,
			'inside/absolute.mjs': `#!/bin/js\nimport '${folder}/secret.mjs';\nexport default async () => 0;`,
		});
		const directory = await system.directoryOpen(`${folder}/inside`, directoryRights);
		const namespace = { mounts: [{ path: '/', directory, readOnly: false }] };
		for (const name of ['escape', 'absolute']) {
			const given = { arguments: [`/${name}.mjs`], workingDirectory: '/', namespace };
			const { code, error } = await run(machine, 'js', given);
			equal(code, 2, `exit code of ${name}`);
			ensure(error.includes(`js: /${name}.mjs: `), `words on standard error, not ${error}`);
		}
		await system.handleClose(directory);
	}),
	inPage('a program in JavaScript that is wrong says so and crashes alone', async (machine) => {
		await write(machine, {
			'syntax.mjs': 'export default function (',
			'circle.mjs': `import './circle.mjs'; export default async () => 0;`,
			'package.mjs': `import fs from 'fs'; export default async () => 0;`,
			'throws.mjs': `export default async () => { throw new RangeError('too far'); };`,
			'nothing.mjs': 'export const a = 1;',
		});
		const outcomes: unknown[] = [];
		for (const name of ['syntax', 'circle', 'package', 'throws'] as const)
			outcomes.push((await run(machine, 'js', { arguments: [`${name}.mjs`] })).reason.startsWith('crashed: '));
		equal(outcomes, [true, true, true, true], 'crashes');
		equal((await run(machine, 'js', { arguments: ['nothing.mjs'] })).code, 2, 'exit code without a default export');
		equal((await run(machine, 'js', { arguments: ['no such.mjs'] })).code, 2, 'exit code without a file');
	}),
	inPage('a program in JavaScript that never ends is killed', async (machine) => {
		await write(machine, { 'spin.mjs': 'export default () => { for (;;); };' });
		const options = { arguments: ['spin.mjs'], environment: [], workingDirectory: machine.folder };
		const pid = await machine.system.processSpawn('js', options);
		await machine.system.processKill(pid, 'kill');
		equal((await machine.system.processWait(pid)).code, 137, 'code');
	}),
];
