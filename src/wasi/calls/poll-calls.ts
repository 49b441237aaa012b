/** Waiting for several things at once: `poll_oneoff`. */
import { NullStream } from '../descriptors.ts';
import type { Guest } from '../guest.ts';
import { clockId, errno, eventType, subscriptionAbsolute, WasiError } from '../wasi-numbers.ts';

const subscriptionSize = 48;
const eventSize = 32;

interface ClockSubscription {
	readonly kind: 'clock';
	readonly userdata: bigint;
	/** Nanoseconds from now. */
	readonly delay: bigint;
}

interface StreamSubscription {
	readonly kind: 'stream';
	readonly userdata: bigint;
	readonly type: number;
	readonly fd: number;
}

interface PollEvent {
	readonly userdata: bigint;
	readonly type: number;
	readonly error?: number;
	readonly available?: number;
}

export function createPollCalls(guest: Guest) {
	const { memory } = guest;
	return {
		poll_oneoff(from: number, to: number, count: number, result: number) {
			if (count === 0) throw new WasiError(errno.inval);
			const subscriptions = Array.from({ length: count >>> 0 }, (_, index) =>
				readSubscription(guest, (from >>> 0) + index * subscriptionSize),
			);
			const events = wait(guest, subscriptions);
			for (const [index, event] of events.entries()) putEvent(guest, (to >>> 0) + index * eventSize, event);
			memory.setU32(result, events.length);
		},
	};
}

function readSubscription({ memory, host }: Guest, place: number): ClockSubscription | StreamSubscription {
	const bytes = memory.bytes(place, subscriptionSize);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const userdata = view.getBigUint64(0, true);
	const type = view.getUint8(8);
	if (type === eventType.fdRead || type === eventType.fdWrite)
		return { kind: 'stream', userdata, type, fd: view.getUint32(16, true) };
	if (type !== eventType.clock) throw new WasiError(errno.inval);
	const clock = view.getUint32(16, true);
	const timeout = view.getBigUint64(24, true);
	if (clock !== clockId.realtime && clock !== clockId.monotonic) throw new WasiError(errno.inval);
	const isAbsolute = (view.getUint16(40, true) & subscriptionAbsolute) !== 0;
	const now = clock === clockId.realtime ? host.realtime() : host.monotonic();
	const delay = isAbsolute ? timeout - now : timeout;
	return { kind: 'clock', userdata, delay: delay < 0n ? 0n : delay };
}

function wait(guest: Guest, subscriptions: readonly (ClockSubscription | StreamSubscription)[]): PollEvent[] {
	const { system, host } = guest;
	const clocks = subscriptions.filter((subscription) => subscription.kind === 'clock');
	const streams = subscriptions.filter((subscription) => subscription.kind === 'stream');
	const { events, readers, writers } = sortStreams(guest, streams);
	const first = clocks.map(({ delay }) => delay).sort((a, b) => Number(a - b))[0];
	if (events.length > 0) return events;
	const end = host.monotonic() + (first ?? 0n);
	if (readers.length + writers.length > 0) {
		const handles = (all: readonly Waiting[]): number[] => all.map(({ handle }) => handle);
		const timeoutMs = first === undefined ? -1 : Number(first) / 1e6;
		const ready = system.streamPoll(handles(readers), handles(writers), timeoutMs);
		const waiting = [...readers, ...writers];
		if (ready.length > 0) return ready.map((place) => (waiting[place] as Waiting).event);
	} else if (first !== undefined) host.sleep(Number(first) / 1e6);
	// The clock of the guest decides, not the one that woke it.
	while (host.monotonic() < end) host.sleep(Number(end - host.monotonic()) / 1e6);
	return clocks.filter(({ delay }) => delay === first).map(({ userdata }) => ({ userdata, type: eventType.clock }));
}

interface Waiting {
	readonly handle: number;
	readonly event: PollEvent;
}

/** Files are ready at once; the rest waits in the kernel. A descriptor that is none is an event with an error. */
function sortStreams({ system, descriptors }: Guest, streams: readonly StreamSubscription[]) {
	const events: PollEvent[] = [];
	const readers: Waiting[] = [];
	const writers: Waiting[] = [];
	for (const { userdata, type, fd } of streams) {
		try {
			const descriptor = descriptors.get(fd);
			const event: PollEvent = { userdata, type };
			if (descriptor.kind === 'file' && type === eventType.fdRead) {
				const { size } = system.handleStatus(descriptor.handle);
				events.push({ ...event, available: Math.max(0, size - descriptor.position) });
			} else if (descriptor.kind === 'file' || descriptor.kind === 'directory' || descriptor instanceof NullStream)
				events.push(event);
			else (type === eventType.fdRead ? readers : writers).push({ handle: descriptor.handle, event });
		} catch (error) {
			if (!(error instanceof WasiError)) throw error;
			events.push({ userdata, type, error: error.errno });
		}
	}
	return { events, readers, writers };
}

function putEvent({ memory }: Guest, place: number, event: PollEvent): void {
	const bytes = memory.bytes(place, eventSize).fill(0);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	view.setBigUint64(0, event.userdata, true);
	view.setUint16(8, event.error ?? 0, true);
	view.setUint8(10, event.type);
	view.setBigUint64(16, BigInt(event.available ?? 0), true);
}
