/** A program that keeps its file in memory of its own and writes without a call: others see it, are told of it, lock it. */
import { directoryRights, rights } from '#abi/rights.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import {
	call,
	drop,
	type GuestParts,
	guestModule,
	i32,
	load,
	openFile,
	readFrom,
	scratch,
	writeTo,
} from './guest-module.ts';
import type { ContractCase, Machine } from './machine.ts';

const fileName = 2000;
const content = 2100;
const descriptor = 2200;
const written = 'written without a call';

/** Opens `kept` in its first directory, writes to it, says so on its output, and waits for input before it ends. */
const keeper: GuestParts = {
	body: [
		openFile(3, fileName, 4, descriptor),
		drop,
		writeTo(load(descriptor), content, written.length),
		drop,
		writeTo(i32(1), content, 1),
		drop,
		readFrom(0, scratch, 1),
		drop,
		call('fd_close', load(descriptor)),
		drop,
	],
	bytes: [
		[fileName, 'kept'],
		[content, written],
	],
};

interface Keeper {
	readonly pid: number;
	/** Lets it close its file and end. */
	goOn(): Promise<unknown>;
}

async function startKeeper({ system, folder }: Machine): Promise<Keeper> {
	await system.pathWrite(`${folder}/kept`, bytes(''), 'create-new');
	await system.pathWrite(`${folder}/keeper.wasm`, guestModule(keeper), 'create-new');
	const [input, output] = [await system.pipeCreate(), await system.pipeCreate()];
	const directory = await system.directoryOpen(folder, directoryRights);
	const pid = await system.processSpawn(`${folder}/keeper.wasm`, {
		arguments: [],
		environment: [],
		workingDirectory: '/',
		standardInput: input.read,
		standardOutput: output.write,
		namespace: { mounts: [{ path: '/', directory, readOnly: false }] },
	});
	equal((await system.streamRead(output.read, 10)).length, 1, 'the sign that it has written');
	return {
		pid,
		async goOn() {
			await system.streamWrite(input.write, bytes('x'));
			return system.processWait(pid);
		},
	};
}

export const keptFileCases: ContractCase[] = [
	{
		title: 'what a program writes to a file that it keeps is told to watches while it goes on',
		async run(machine) {
			const { system, folder } = machine;
			await system.pathMakeDirectory(`${folder}/in`);
			const inner = { ...machine, folder: `${folder}/in` };
			const watch = await system.watchOpen(inner.folder, false);
			const { pid } = await startKeeper(inner);
			const told: string[] = [];
			while (!told.includes('changed /kept'))
				for (const { kind, path } of await system.watchRead(watch))
					told.push(`${kind} ${path.slice(inner.folder.length)}`);
			ensure(
				(await system.processList()).some((process) => process.pid === pid),
				'the program still running',
			);
			equal(text(await system.pathRead(`${inner.folder}/kept`, 100)), written);
			await system.processKill(pid, 'kill');
			await system.processWait(pid);
		},
	},
	{
		title: 'who locks a file that another program keeps reads what that has written',
		async run(machine) {
			const { system, folder } = machine;
			const { goOn } = await startKeeper(machine);
			const handle = await system.fileOpen(`${folder}/kept`, 'open', rights.read | rights.write);
			await system.fileLock(handle, 'exclusive', 0, 0, 0);
			equal(text(await system.fileRead(handle, 0, 100)), written);
			equal((await system.fileFindData(handle, 0))[0]?.length, written.length, 'stored bytes');
			await goOn();
			await system.fileUnlock(handle, 0, 0);
		},
	},
	{
		title: 'a file that is kept can lose its name, be replaced and be killed for, and nothing of it is lost before',
		async run(machine) {
			const { system, folder } = machine;
			const { pid } = await startKeeper(machine);
			await system.pathRename(`${folder}/kept`, `${folder}/moved`, false);
			equal(text(await system.pathRead(`${folder}/moved`, 100)), written);
			await system.pathWrite(`${folder}/other`, bytes('other'), 'create-new');
			await system.pathRename(`${folder}/other`, `${folder}/moved`, true);
			await system.processKill(pid, 'kill');
			await system.processWait(pid);
			equal(text(await system.pathRead(`${folder}/moved`, 100)), 'other');
			await fails('ENOENT', system.pathStat(`${folder}/kept`));
		},
	},
];
