/**
 * The gate: every system call passes here. It checks the call against the contract, runs its handler, and answers.
 *
 * Invariants:
 * - Every request with a valid id gets exactly one reply, unless its process ends first.
 * - A handler sees only arguments that fit the contract, and a first handle that carries the rights it needs.
 * - An error that is no `OsError` is a defect of ours: logged, undone with its group, answered with EIO.
 */
import { OsError } from '#abi/errors.ts';
import type { Log } from '#base/ports.ts';
import { type ChangeGroups, Changes } from './change-groups.ts';
import { type CallHandlers, type CallShape, callShapes } from './gate.generated.ts';
import { maximumWaits, type Process } from './process.ts';
import { Wait } from './wait.ts';

type Handler = (caller: { process: Process; changes: Changes }, ...values: readonly unknown[]) => unknown;

export class Gate {
	readonly #handlers: CallHandlers;
	readonly #groups: ChangeGroups;
	readonly #log: Log;

	constructor(parts: { handlers: CallHandlers; groups: ChangeGroups; log: Log }) {
		this.#handlers = parts.handlers;
		this.#groups = parts.groups;
		this.#log = parts.log;
	}

	/** Takes a message of a process as it came. */
	receive(process: Process, message: unknown): void {
		if (process.state === 'exited') return;
		if (!Array.isArray(message) || !Number.isSafeInteger(message[0]) || message[0] <= 0) {
			this.#log.write('warning', 'gate', `${process.label} sent a message that is no request`);
			return;
		}
		if (process.state === 'starting') process.state = 'running';
		process.calls++;
		const [id, number, ...values] = message as [number, unknown, ...unknown[]];
		const changes = new Changes();
		try {
			const shape = callShapes.get(number as number);
			if (shape === undefined) throw new OsError('ENOSYS', String(number));
			this.#run(process, id, { shape, values, changes });
		} catch (error) {
			this.#fail(process, id, changes, this.#translate(error, process));
		}
	}

	#run(process: Process, id: number, call: { shape: CallShape; values: unknown[]; changes: Changes }): void {
		const { shape, values, changes } = call;
		const bad = shape.findBadArgument(values);
		if (bad !== undefined) throw new OsError('EINVAL', bad);
		if (shape.rights !== 0) process.handles.requireRights(values[0] as number, shape.rights);
		const handler = this.#handlers[shape.name] as Handler;
		const answer = handler.call(this.#handlers, { process, changes }, ...values);
		const written = shape.mutates ? countBytes(values) : 0;
		changes.bytes = written;
		const succeed = (value: unknown): void => {
			process.bytesWritten += written;
			this.#reply(process, id, value);
		};
		if (answer instanceof Wait) this.#hold(process, id, answer, succeed);
		else if (answer instanceof Promise) this.#await(process, id, answer, succeed);
		else
			this.#groups.settle(changes, {
				succeed: () => succeed(answer),
				fail: (error) => this.#replyError(process, id, error),
			});
	}

	#hold(process: Process, id: number, wait: Wait<unknown>, succeed: (value: unknown) => void): void {
		if (process.heldCalls >= maximumWaits) {
			wait.abandon();
			throw new OsError('EAGAIN', 'too many calls wait');
		}
		process.heldCalls++;
		wait.whenOver((outcome) => {
			process.heldCalls--;
			if (outcome.kind === 'resolved') succeed(outcome.value);
			else if (outcome.kind === 'rejected') this.#replyError(process, id, outcome.error);
		});
	}

	#await(process: Process, id: number, promise: Promise<unknown>, succeed: (value: unknown) => void): void {
		promise.then(succeed, (error: unknown) => this.#replyError(process, id, this.#translate(error, process)));
	}

	#fail(process: Process, id: number, changes: Changes, error: OsError): void {
		this.#replyError(process, id, error);
		this.#groups.fail(changes, error);
	}

	#reply(process: Process, id: number, value: unknown): void {
		if (value instanceof Uint8Array) process.bytesRead += value.length;
		process.running?.connection.reply(id, 0, value, transferOf(value));
	}

	#replyError(process: Process, id: number, error: OsError): void {
		process.running?.connection.reply(id, error.number, error.detail, []);
	}

	#translate(error: unknown, process: Process): OsError {
		if (error instanceof OsError) return error;
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		this.#log.write('error', 'kernel', `a call of ${process.label} failed by a defect: ${text}`);
		return new OsError('EIO', '', { cause: error });
	}
}

function countBytes(values: readonly unknown[]): number {
	let bytes = 0;
	for (const value of values) if (value instanceof Uint8Array) bytes += value.length;
	return bytes;
}

/** The buffers that go over to the process instead of being copied. */
function transferOf(value: unknown): ArrayBufferLike[] {
	if (value instanceof Uint8Array) return [value.buffer];
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	return Object.values(value).flatMap((field) => (ArrayBuffer.isView(field) ? [field.buffer] : []));
}
