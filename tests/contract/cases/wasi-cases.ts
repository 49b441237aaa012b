/**
 * Hostile programs for WASI, named after the threat. Each is a real process in its own Worker: a puppet that calls the functions
 * of preview 1 as the case says.
 */
import { directoryRights } from '#abi/rights.ts';
import { errno, openingFlags, wasiRights } from '#wasi/wasi-numbers.ts';
import { Puppet, resultAt, scratch } from '../../wasi/puppet/puppet.ts';
import { initialPages } from '../../wasi/puppet/puppet-module.ts';
import { bytes, ensure, equal, seededRandom } from './assertions.ts';
import { type GuestCall, guestCalls, signatures } from './guest-module.ts';
import type { ContractCase, Machine } from './machine.ts';

/** The first directory that a program is given. */
const given = 3;
const outside = [-errno.perm, -errno.notcapable, -errno.noent];

/** A puppet that is given `/jail` of the case's folder as its root; beside it lies what it must not see. */
async function jail(machine: Machine): Promise<Puppet> {
	const { system, folder } = machine;
	await system.pathMakeDirectory(`${folder}/jail`);
	await system.pathMakeDirectory(`${folder}/jail/deep`);
	await system.pathWrite(`${folder}/secret`, bytes('secret'), 'create-new');
	await system.pathWrite(`${folder}/jail/own`, bytes('own'), 'create-new');
	const directory = await system.directoryOpen(`${folder}/jail`, directoryRights);
	const puppet = await Puppet.start(system, `${folder}/puppet.wasm`, {
		namespace: { mounts: [{ path: '/', directory, readOnly: false }] },
	});
	await system.handleClose(directory);
	return puppet;
}

async function isRefused(puppet: Puppet, path: string, from = given): Promise<void> {
	for (const follow of [true, false]) {
		const opened = await puppet.open(from, path, { follow, base: wasiRights.fdRead });
		ensure(outside.includes(opened) || opened === -errno.loop, `no way out by ${path}, not ${opened}`);
	}
}

async function endWell(puppet: Puppet): Promise<void> {
	const { code, reason } = await puppet.close();
	equal(`${reason} ${code}`, 'exited 0', 'the end of the puppet');
}

async function escapeByPath(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	for (const path of [
		'../secret',
		'..',
		'/../secret',
		'deep/../../secret',
		'./deep/./../..//secret',
		`${machine.folder}/secret`,
	])
		await isRefused(puppet, path);
	equal(await puppet.callPath('path_create_directory', given, '../made'), errno.perm, 'a directory outside');
	equal(await puppet.callPath('path_unlink_file', given, '../secret'), errno.perm, 'removing outside');
	await endWell(puppet);
}

async function escapeByLink(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	for (const target of ['/secret', `${machine.folder}/secret`, '../secret', 'deep/../../secret']) {
		// It may be refused now or when it is followed.
		if ((await puppet.makeLink(given, 'out', target)) !== 0) continue;
		const opened = await puppet.open(given, 'out', { base: wasiRights.fdRead });
		ensure(outside.includes(opened), `no way out by a link to ${target}, not ${opened}`);
		equal(await puppet.callPath('path_unlink_file', given, 'out'), 0, 'removing the link');
	}
	// Good where it was made, and leading out where it is then.
	equal(await puppet.makeLink(given, 'deep/link', '../own'), 0, 'a link inside');
	const from = { descriptor: given, path: 'deep/link' };
	const moved = await puppet.callTwoPaths('path_rename', from, { descriptor: given, path: 'link' });
	if (moved === 0) await isRefused(puppet, 'link');
	await endWell(puppet);
}

async function escapeByHardLink(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const to = { descriptor: given, path: 'mine' };
	for (const path of ['../secret', `${machine.folder}/secret`, 'deep/../../secret']) {
		const linked = await puppet.callTwoPaths('path_link', { descriptor: given, path }, to);
		ensure(outside.includes(-linked), `no name for ${path}, not ${linked}`);
	}
	equal(
		await puppet.callTwoPaths('path_link', { descriptor: given, path: 'own' }, { descriptor: given, path: '../own' }),
		errno.perm,
	);
	const directory = await puppet.callTwoPaths('path_link', { descriptor: given, path: 'deep' }, to);
	ensure(directory !== 0, 'no second name for a directory');
	await endWell(puppet);
}

async function escapeByMovedDirectory(machine: Machine): Promise<void> {
	const { system, folder } = machine;
	const puppet = await jail(machine);
	equal(await puppet.callPath('path_create_directory', given, 'deep/deeper'), 0);
	const deeper = await puppet.open(given, 'deep/deeper', { flags: openingFlags.directory });
	ensure(deeper > 0, `the directory is open, not ${deeper}`);
	await system.pathRename(`${folder}/jail/deep/deeper`, `${folder}/moved`, false);
	// It may be used on, where it is now; what is above it may not.
	await system.pathWrite(`${folder}/moved/inside`, bytes('inside'), 'create-new');
	const inside = await puppet.open(deeper, 'inside', { base: wasiRights.fdRead });
	equal(await puppet.read(inside, 100), 'inside', 'what is in the directory');
	await isRefused(puppet, '../secret', deeper);
	await isRefused(puppet, 'deep/deeper/../secret');
	await endWell(puppet);
}

/** One process walks while the other moves what it walks through. */
async function escapeInMidWalk(machine: Machine): Promise<void> {
	const { system, folder } = machine;
	const puppet = await jail(machine);
	equal(await puppet.callPath('path_create_directory', given, 'deep/walk'), 0);
	let moving = true;
	const mover = (async () => {
		while (moving) {
			await system.pathRename(`${folder}/jail/deep/walk`, `${folder}/walk`, false);
			await system.pathRename(`${folder}/walk`, `${folder}/jail/deep/walk`, false);
		}
	})();
	for (let round = 0; round < 60; round++) {
		const opened = await puppet.open(given, 'deep/walk/../../secret', { base: wasiRights.fdRead });
		ensure(outside.includes(opened), `no way out in mid-walk, not ${opened}`);
	}
	moving = false;
	await mover;
	await endWell(puppet);
}

async function danglingDescriptor(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const first = await puppet.open(given, 'own', { base: wasiRights.fdRead });
	equal(await puppet.call('fd_close', first), 0);
	const names = guestCalls.filter((name) => name.startsWith('fd_') && name !== 'fd_renumber');
	for (const name of names) {
		const zeros = [...signatures[name]].slice(1).map(() => 0);
		equal(await puppet.call(name, first, ...zeros), errno.badf, `${name} of a closed descriptor`);
	}
	equal(await puppet.open(given, 'deep', { flags: openingFlags.directory }), first, 'the smallest free number');
	equal(await puppet.read(first, 10), -errno.isdir, 'it is the new one, and nothing else');
	await endWell(puppet);
}

async function rightsGrow(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const all = 0x1fff_ffffn;
	const read = wasiRights.fdRead | wasiRights.fdSeek | wasiRights.fdTell;
	const file = await puppet.open(given, 'own', { base: read, inheriting: 0n });
	equal(await puppet.call('fd_write', file, 0, 0, resultAt), errno.notcapable, 'writing without the right');
	equal(await puppet.call('fd_fdstat_set_rights', file, all, 0n), errno.notcapable, 'taking rights back');
	equal(await puppet.call('fd_renumber', given, file), 0, 'the directory takes the number of the file');
	equal(await puppet.read(file, 10), -errno.isdir, 'it is the directory now');
	equal(await puppet.call('fd_renumber', file, 99), errno.badf, 'a number that was never open');
	const few = wasiRights.pathOpen | wasiRights.pathFilestatGet;
	equal(await puppet.call('fd_fdstat_set_rights', file, few, read), 0, 'giving rights up');
	equal(await puppet.call('fd_fdstat_set_rights', file, few, read | wasiRights.fdWrite), errno.notcapable);
	const child = await puppet.open(file, 'own', { base: all });
	equal(await puppet.call('fd_write', child, 0, 0, resultAt), errno.notcapable, 'a child with more than its parent');
	equal(await puppet.open(file, 'new', { flags: openingFlags.create, base: read }), -errno.notcapable, 'making a file');
	await endWell(puppet);
}

/** They end the puppet, as they should. */
const unasked: readonly GuestCall[] = ['proc_exit', 'proc_raise'];
const descriptorChoices = [2, 3, 4, 5, 99, 4096, -1, 2 ** 31];

async function garbagePointers(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const random = seededRandom(46);
	const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
	const memoryEnd = initialPages * 65_536;
	const pointers = [
		0,
		1,
		memoryEnd - 4,
		memoryEnd - 1,
		memoryEnd,
		memoryEnd + 1,
		2 ** 31,
		-1,
		-4,
		-8,
		-24,
		scratch + 1,
	];
	const lengths = [0, 1, 3, 4096, memoryEnd, 2 ** 31, -1, -2, 2 ** 16 + 1];
	for (const name of guestCalls.filter((each) => !unasked.includes(each))) {
		for (let round = 0; round < 24; round++) {
			const values = [...signatures[name]].map((letter, place) => {
				const isDescriptor = place === 0 && /^(fd|path|sock)_/.test(name) && name !== 'path_symlink';
				if (isDescriptor || (name === 'fd_renumber' && place === 1)) return pick(descriptorChoices);
				if (letter === 'I') return pick([0n, 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 53n]);
				return pick(random() < 0.6 ? pointers : lengths);
			});
			const result = await puppet.call(name, ...values);
			ensure(result >= 0 && result <= errno.notcapable, `an errno of ${name}(${values.join(', ')}), not ${result}`);
		}
	}
	await endWell(puppet);
}

async function hostileVectors(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const file = await puppet.open(given, 'own');
	const vectorsAt = scratch + 32_768;
	const putVectors = (...values: number[]): Promise<void> =>
		puppet.poke(vectorsAt, new Uint8Array(Int32Array.from(values).buffer));
	for (const count of [2 ** 31, -1, 2 ** 29, 2 ** 28]) {
		const written = await puppet.call('fd_write', file, vectorsAt, count, resultAt);
		ensure(written === errno.fault || written === errno.inval, `no ${count} vectors, not ${written}`);
	}
	await putVectors(scratch, -1, scratch, 2);
	equal(await puppet.call('fd_write', file, vectorsAt, 2, resultAt), errno.fault, 'a length beyond the memory');
	await putVectors(-4, 8);
	equal(await puppet.call('fd_write', file, vectorsAt, 1, resultAt), errno.fault, 'an end beyond 2^32');
	// The same bytes twice, one of them not on a boundary of four.
	await puppet.poke(scratch, bytes('abcdef'));
	await putVectors(scratch, 4, scratch + 1, 3);
	equal(await puppet.call('fd_pwrite', file, vectorsAt, 2, 0n, resultAt), 0, 'vectors that overlap');
	equal(await puppet.read(file, 7), 'abcdbcd');
	// The result lies in the vectors themselves.
	await putVectors(scratch, 4);
	equal(await puppet.call('fd_pread', file, vectorsAt, 1, 0n, vectorsAt), 0, 'a result over its vectors');
	equal(await puppet.u32(vectorsAt), 4);
	await endWell(puppet);
}

async function memoryGrows(machine: Machine): Promise<void> {
	const puppet = await jail(machine);
	const before = initialPages * 65_536;
	equal(await puppet.call('random_get', before, 8), errno.fault, 'beyond the memory');
	equal(await puppet.grow(1), initialPages, 'pages before');
	equal(await puppet.call('random_get', before, 8), 0, 'in the new page');
	equal(await puppet.call('random_get', before + 65_536 - 4, 8), errno.fault, 'over its end');
	equal(await puppet.grow(2 ** 20), -1, 'more than an address reaches');
	await endWell(puppet);
}

async function openWithoutEnd(machine: Machine): Promise<void> {
	const { system, folder } = machine;
	await system.pathWrite(`${folder}/own`, bytes('own'), 'create-new');
	const directory = await system.directoryOpen(folder, directoryRights);
	const puppet = await Puppet.start(system, `${folder}/puppet.wasm`, {
		namespace: { mounts: [{ path: '/', directory, readOnly: false }] },
		limits: { handles: 32 },
	});
	await system.handleClose(directory);
	const options = { base: wasiRights.fdRead };
	for (let round = 0; round < 3; round++) {
		const opened: number[] = [];
		let last = await puppet.open(given, 'own', options);
		for (; last > 0; last = await puppet.open(given, 'own', options)) opened.push(last);
		equal(last, -errno.mfile, 'one file too many');
		ensure(opened.length > 20 && opened.length < 32, `as many as its limit, not ${opened.length}`);
		for (const descriptor of opened) equal(await puppet.call('fd_close', descriptor), 0);
	}
	const { handles } = (await system.processList()).find(({ pid }) => pid === puppet.pid) ?? { handles: 0 };
	ensure(handles < 8, `nothing left of it, not ${handles} handles`);
	await endWell(puppet);
}

async function readerDies(machine: Machine): Promise<void> {
	const { system, folder } = machine;
	const errors = await system.pipeCreate();
	const puppet = await Puppet.start(system, `${folder}/puppet.wasm`, { standardError: errors.write });
	await system.handleClose(errors.write);
	const vector = new Uint8Array(Int32Array.of(scratch, 3).buffer);
	await puppet.poke(resultAt, vector);
	equal(await puppet.call('fd_write', 2, resultAt, 1, scratch), 0, 'while somebody may read');
	await system.handleClose(errors.read);
	equal(await puppet.call('fd_write', 2, resultAt, 1, scratch), errno.pipe, 'when nobody can');
	await endWell(puppet);
}

export const wasiCases: ContractCase[] = [
	{ title: 'a program escapes its directory by no path', run: escapeByPath },
	{ title: 'a program escapes its directory by no symbolic link', run: escapeByLink },
	{ title: 'a program escapes its directory by no hard link', run: escapeByHardLink },
	{ title: 'a program escapes its directory by no directory that is moved away', run: escapeByMovedDirectory },
	{ title: 'a program escapes its directory by no directory that is renamed in mid-walk', run: escapeInMidWalk },
	{ title: 'a dangling descriptor of a program reaches nothing', run: danglingDescriptor },
	{ title: 'the rights of a descriptor never grow, whatever is renumbered', run: rightsGrow },
	{ title: 'garbage in every argument of every function of WASI ends in an errno', run: garbagePointers },
	{ title: 'vectors of a program that are huge, overlap or wrap do no harm', run: hostileVectors },
	{
		title: 'a program that opens files without end is refused, and goes on when it has closed some',
		run: openWithoutEnd,
	},
	{ title: 'a program that writes to a pipe whose reader has gone is told', run: readerDies },
	{ title: 'memory of a program that grows is used, and no byte beyond it', run: memoryGrows },
];
