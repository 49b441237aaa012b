/** `/proc`: what the system tells of its processes, in the form that programs for Unix read. */
import { executeAccess, readAccess } from '#abi/access.ts';
import type { Clock } from '#base/ports.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { SyntheticFileSystem, type SyntheticNode } from '#fs/synthetic-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { type Sid, sids } from '#security/sid.ts';
import type { KernelObject } from './kernel-object.ts';
import { kindOfObject } from './object-kind.ts';
import { OpenNode } from './open-node.ts';
import type { Process } from './process.ts';

export interface ProcessFilesParts {
	readonly clock: Clock;
	processes(): readonly Process[];
	/** Pid of the process whose call is being answered. */
	caller(): number;
	/** The number of a file system, for telling two of them apart. */
	numberOf(fileSystem: FileSystem): number;
	readonly version: string;
}

export function createProcessFiles(parts: ProcessFilesParts): SyntheticFileSystem {
	const { clock, processes, caller } = parts;
	const started = clock.monotonic();
	const own: ReadonlyMap<string, SyntheticNode> = new Map<string, SyntheticNode>([
		['self', { kind: 'link', target: () => String(caller()) }],
		['mounts', { kind: 'link', target: () => 'self/mounts' }],
		['uptime', { kind: 'file', text: () => `${((clock.monotonic() - started) / 1000).toFixed(2)}\n` }],
		['version', { kind: 'file', text: () => `Vitrine ${parts.version}\n` }],
	]);
	const find = (name: string): SyntheticNode | undefined => {
		const process = /^[1-9]\d*$/.test(name) ? processes().find(({ pid }) => pid === Number(name)) : undefined;
		return process === undefined ? own.get(name) : directoryOf(process, parts);
	};
	const entries = (): ReadonlyMap<string, SyntheticNode> =>
		new Map([...processes().map((process) => [String(process.pid), directoryOf(process, parts)] as const), ...own]);
	return new SyntheticFileSystem({ kind: 'directory', entries, find }, clock, readableBy(sids.everyone));
}

function directoryOf(process: Process, parts: ProcessFilesParts): SyntheticNode {
	// What a program was told and does is for the person it works for, and for those who administer this computer.
	const descriptor = readableBy(process.token.user);
	const entries = (): ReadonlyMap<string, SyntheticNode> => entriesOf(process, parts, descriptor);
	return { kind: 'directory', entries, descriptor };
}

function entriesOf(process: Process, parts: ProcessFilesParts, descriptor: string): Map<string, SyntheticNode> {
	const { start, limits } = process;
	const file = (text: () => string): SyntheticNode => ({ kind: 'file', text, descriptor });
	const terminated = (texts: readonly string[]): string => texts.map((text) => `${text}\0`).join('');
	return new Map<string, SyntheticNode>([
		['cmdline', file(() => terminated([start.program, ...start.arguments]))],
		['comm', file(() => `${process.title}\n`)],
		['cwd', { kind: 'link', target: () => start.workingDirectory, descriptor }],
		['environ', file(() => terminated(start.environment))],
		['fd', { kind: 'directory', entries: () => handlesOf(process, descriptor), descriptor }],
		['limits', file(() => table(limits))],
		['mounts', file(() => mountsOf(process, parts))],
		['status', file(() => table(statusOf(process)))],
	]);
}

/** A link for each open handle, to where a file stands now or to what else it is. */
function handlesOf({ handles }: Process, descriptor: string): Map<string, SyntheticNode> {
	const links = [...handles.all()].map(({ handle, object }): [string, SyntheticNode] => [
		String(handle),
		{ kind: 'link', target: () => describeObject(object), descriptor },
	]);
	return new Map(links);
}

function describeObject(object: KernelObject): string {
	if (object instanceof OpenNode) return object.path ?? 'a file without a name';
	return `a ${kindOfObject(object)}`;
}

/** One line for each: what is mounted, where, whether it can be changed. */
function mountsOf({ namespace }: Process, { numberOf }: ProcessFilesParts): string {
	const lines = namespace.mountPaths.map((path) => {
		const place = namespace.tryFind(path);
		if (place === undefined) return '';
		return `${numberOf(place.fileSystem)} ${path.replaceAll(' ', '\\040')} ${place.readOnly ? 'ro' : 'rw'}\n`;
	});
	return lines.join('');
}

function statusOf(process: Process): object {
	const info = process.info();
	return {
		...{ Name: info.title, State: info.state, Pid: info.pid, PPid: info.parent },
		...{ Group: info.group, Session: info.session, Handles: info.handles },
		...{ ProcessorTimeUs: info.processorTimeUs, MemoryBytes: info.memoryBytes },
		...{ Calls: info.calls, Crossings: info.crossings },
		...{ BytesRead: info.bytesRead, BytesWritten: info.bytesWritten },
	};
}

function readableBy(sid: Sid): string {
	const mask = readAccess | executeAccess;
	return formatDescriptor({
		owner: sids.system,
		group: sids.system,
		dacl: [sid, sids.system, sids.administrators].map((reader) => ({ type: 'allow', flags: 0, mask, sid: reader })),
		sacl: [],
		isProtected: true,
	});
}

function table(fields: object): string {
	return Object.entries(fields)
		.map(([name, value]) => `${name}:\t${value ?? 'none'}\n`)
		.join('');
}
