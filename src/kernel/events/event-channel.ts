/**
 * One log on the volume: files of lines in a folder, `/System/Events/CHANNEL/FIRST-TIME.jsonl`, where FIRST is the number of
 * the first event in it and TIME when the file was begun, in milliseconds.
 *
 * Rules of use:
 * - `append` and `removeAll` make their changes in the caller's group and answer what to do when the group is stored: only
 *   then do the new events belong to what is read here.
 * - Reading goes file by file, forwards or backwards; the few files read last are kept.
 *
 * Invariants:
 * - Numbers rise from file to file and from line to line.
 * - A file that cannot be read, or a line that is none, costs the events in it and is told in `damage`. Nothing is written
 *   behind a line that was cut off: a new file is begun.
 */
import { OsError } from '#abi/errors.ts';
import type { LogChannel, LogEvent } from '#abi/structures.generated.ts';
import { type FileSystem, toMilliseconds } from '#fs/file-system.ts';
import { eventsPath, type MakeChange, SystemFiles } from '../system-files.ts';
import { formatEvent, parseEvent } from './event-line.ts';

export const segmentBytes = 256 * 1024;
const segmentMs = 86_400_000;
const keptSegments = 6;
/** The last lines of a file stand in this, as a rule. */
const tailBytes = 32 * 1024;
const namePattern = /^(\d{12,16})-(\d{1,16})\.jsonl$/;

interface Segment {
	readonly name: string;
	readonly first: number;
	readonly startedTime: number;
	/** When it was last written. */
	readonly endedTime: number;
	readonly bytes: number;
	/** Something may be written behind what is there. */
	readonly isWhole: boolean;
}

export interface Retention {
	readonly keptBytes: number;
	/** Files whose last event is older go. */
	readonly oldestTime: number;
}

export class EventChannel {
	readonly channel: LogChannel;
	/** What could not be read, in words. */
	readonly damage = new Set<string>();
	readonly #files: SystemFiles;
	readonly #path: string;
	readonly #descriptor: string | undefined;
	#segments: Segment[] = [];
	readonly #read = new Map<string, LogEvent[]>();

	constructor(fileSystem: FileSystem, channel: LogChannel, descriptor?: string) {
		this.channel = channel;
		this.#files = new SystemFiles(fileSystem);
		this.#path = `${eventsPath}/${channel}`;
		this.#descriptor = descriptor;
	}

	get storedBytes(): number {
		return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
	}

	/** Looks what is stored; returns the number of the last event, 0 when there is none. */
	open(): number {
		try {
			this.#segments = this.#files.list(this.#path).flatMap((name) => this.#segmentOf(name));
			this.#segments.sort((one, other) => one.first - other.first);
			return this.#openTail();
		} catch (error) {
			this.#noteDamage('the folder', error);
			return this.#segments.at(-1)?.first ?? 0;
		}
	}

	/** Stores events behind the others, and lets the oldest go. */
	append(events: readonly LogEvent[], retention: Retention, make: MakeChange): () => void {
		const { fileSystem } = this.#files;
		const directory = this.#files.ensureDirectory(this.#path, make, this.#descriptor);
		const [first] = events as readonly [LogEvent, ...LogEvent[]];
		const bytes = new TextEncoder().encode(events.map(formatEvent).join(''));
		const last = this.#segments.at(-1);
		const goesOn = last !== undefined && mayGrow(last, first.time);
		const base = goesOn ? last : newSegment(first);
		const inode = goesOn
			? fileSystem.find(directory, base.name)
			: make(() => fileSystem.create(directory, base.name, 'file'));
		if (inode === undefined) throw new OsError('ENOENT', `${this.#path}/${base.name}`);
		make(() => fileSystem.write(inode, base.bytes, bytes));
		const grown = { ...base, bytes: base.bytes + bytes.length, endedTime: events.at(-1)?.time ?? first.time };
		const kept = [...this.#segments.slice(0, goesOn ? -1 : undefined), grown];
		const gone = countOutdated(kept, retention);
		for (const { name } of kept.slice(0, gone)) make(() => fileSystem.unlink(directory, name));
		return () => {
			this.#segments = kept.slice(gone);
			this.#read.get(base.name)?.push(...events);
		};
	}

	removeAll(make: MakeChange): () => void {
		const directory = this.#files.find(this.#path);
		const { fileSystem } = this.#files;
		if (directory !== undefined) for (const { name } of this.#segments) make(() => fileSystem.unlink(directory, name));
		return () => {
			this.#segments = [];
			this.#read.clear();
			this.damage.clear();
		};
	}

	/** Events before `before`, newest first. */
	*backwards(before: number): Generator<LogEvent> {
		for (const segment of this.#segments.toReversed()) {
			if (segment.first >= before) continue;
			const events = this.#eventsOf(segment);
			for (let index = events.length - 1; index >= 0; index--) {
				const event = events[index] as LogEvent;
				if (event.sequence < before) yield event;
			}
		}
	}

	/** Events after `after`, oldest first. */
	*forwards(after: number): Generator<LogEvent> {
		for (const [index, segment] of this.#segments.entries()) {
			const next = this.#segments[index + 1];
			if (next !== undefined && next.first <= after + 1) continue;
			for (const event of this.#eventsOf(segment)) if (event.sequence > after) yield event;
		}
	}

	#eventsOf(segment: Segment): LogEvent[] {
		const known = this.#read.get(segment.name);
		if (known !== undefined) return known;
		const events = this.#load(segment);
		this.#read.set(segment.name, events);
		const oldest = this.#read.keys().next().value;
		if (this.#read.size > keptSegments && oldest !== undefined) this.#read.delete(oldest);
		return events;
	}

	#load({ name }: Segment): LogEvent[] {
		try {
			const inode = this.#files.find(`${this.#path}/${name}`);
			return inode === undefined ? [] : this.#parse(name, this.#files.read(inode));
		} catch (error) {
			this.#noteDamage(name, error);
			return [];
		}
	}

	#parse(name: string, bytes: Uint8Array<ArrayBuffer>): LogEvent[] {
		const lines = new TextDecoder().decode(bytes).split('\n');
		if (lines.at(-1) === '') lines.pop();
		let newest = 0;
		const events = lines.flatMap((line) => {
			const event = parseEvent(line, this.channel);
			if (event === undefined || event.sequence <= newest) return [];
			newest = event.sequence;
			return [event];
		});
		if (events.length < lines.length) this.damage.add(`${name}: ${lines.length - events.length} lines are no events`);
		return events;
	}

	#openTail(): number {
		const last = this.#segments.at(-1);
		if (last === undefined) return 0;
		const inode = this.#files.find(`${this.#path}/${last.name}`);
		const tail = inode === undefined ? new Uint8Array() : this.#files.read(inode, Math.max(0, last.bytes - tailBytes));
		const isWhole = tail.at(-1) === 0x0a;
		this.#segments[this.#segments.length - 1] = { ...last, isWhole };
		const lines = new TextDecoder().decode(tail).split('\n');
		for (const line of lines.reverse()) {
			const event = parseEvent(line, this.channel);
			if (event !== undefined) return event.sequence;
		}
		return this.#eventsOf(last).at(-1)?.sequence ?? last.first;
	}

	#segmentOf(name: string): Segment[] {
		const [, first, time] = namePattern.exec(name) ?? [];
		const inode = this.#files.find(`${this.#path}/${name}`);
		if (first === undefined || inode === undefined) return [];
		const { size, modifiedTime } = this.#files.fileSystem.stat(inode);
		const times = { startedTime: Number(time), endedTime: toMilliseconds(modifiedTime) };
		return [{ name, first: Number(first), ...times, bytes: size, isWhole: false }];
	}

	#noteDamage(what: string, error: unknown): void {
		if (!(error instanceof OsError)) throw error;
		this.damage.add(`${this.channel}: ${what}: ${error.message}`);
	}
}

function newSegment({ sequence, time }: LogEvent): Segment {
	const startedTime = Math.max(0, Math.floor(time));
	const name = `${String(sequence).padStart(12, '0')}-${startedTime}.jsonl`;
	return { name, first: sequence, startedTime, endedTime: time, bytes: 0, isWhole: true };
}

/** A file takes a day, or as much as is read at once. */
function mayGrow({ isWhole, bytes, startedTime }: Segment, now: number): boolean {
	return isWhole && bytes < segmentBytes && now >= startedTime && now - startedTime < segmentMs;
}

/** How many of the oldest files are to go. The last one stays. */
function countOutdated(segments: readonly Segment[], { keptBytes, oldestTime }: Retention): number {
	let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
	let gone = 0;
	for (const segment of segments.slice(0, -1)) {
		if (bytes <= keptBytes && segment.endedTime >= oldestTime) break;
		bytes -= segment.bytes;
		gone++;
	}
	return gone;
}
