/** `/proc`: what the system tells of its processes, in the form that programs for Unix read. */
import { executeAccess, readAccess } from '#abi/access.ts';
import type { Clock } from '#base/ports.ts';
import { SyntheticFileSystem, type SyntheticNode } from '#fs/synthetic-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { type Sid, sids } from '#security/sid.ts';
import type { Process } from './process.ts';

export interface ProcessFilesParts {
	readonly clock: Clock;
	processes(): readonly Process[];
	/** Pid of the process whose call is being answered. */
	caller(): number;
}

export function createProcessFiles({ clock, processes, caller }: ProcessFilesParts): SyntheticFileSystem {
	const started = clock.monotonic();
	const root = (): ReadonlyMap<string, SyntheticNode> =>
		new Map<string, SyntheticNode>([
			...processes().map((process) => [String(process.pid), directoryOf(process)] as const),
			['self', { kind: 'link', target: () => String(caller()) }],
			['uptime', { kind: 'file', text: () => `${((clock.monotonic() - started) / 1000).toFixed(2)}\n` }],
		]);
	return new SyntheticFileSystem({ kind: 'directory', entries: root }, clock, readableBy(sids.everyone));
}

function directoryOf(process: Process): SyntheticNode {
	const { start, limits } = process;
	// What a program was told and does is for the person it works for, and for those who administer this computer.
	const descriptor = readableBy(process.token.user);
	const terminated = (texts: readonly string[]): string => texts.map((text) => `${text}\0`).join('');
	const entries = new Map<string, SyntheticNode>([
		['cmdline', { kind: 'file', text: () => terminated([start.program, ...start.arguments]) }],
		['comm', { kind: 'file', text: () => `${process.title}\n` }],
		['cwd', { kind: 'link', target: () => start.workingDirectory }],
		['limits', { kind: 'file', text: () => table(limits) }],
		[
			'status',
			{
				kind: 'file',
				text: () => table(statusOf(process)),
			},
		],
	]);
	for (const [name, node] of entries) entries.set(name, { ...node, descriptor });
	return { kind: 'directory', entries: () => entries, descriptor };
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
