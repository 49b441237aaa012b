/**
 * Asking the person to let a program administer this computer.
 *
 * Rules of use:
 * - A program asks by `request`; its reply waits until the person has answered on the secure desktop of its session, the
 *   one process there with the privilege `secureDesktop`: it hears of requests by `next` and tells the answer by `answer`.
 *
 * Invariants:
 * - Nothing but a yes of the secure desktop hands out an elevated token, and that to one program, which was shown: for an
 *   administrator its own, for anybody else that of the administrator who has given a password for it.
 * - What was shown is what starts: a program whose file has changed meanwhile does not, and nothing that the asking program
 *   can choose unseen (its sight of the files, its environment) reaches the elevated one.
 * - A program that ended, or no longer waits, asks no more, and the secure desktop hears of it.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { ElevationEvent, SpawnOptions } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import type { Sid } from '#security/sid.ts';
import { administratorToken, isAdministrator, type Token } from '#security/token.ts';
import type { Answer } from './caller.ts';
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';
import type { LogonSession } from './sessions/logon-session.ts';
import { type Wait, WaitQueue } from './wait.ts';

export interface ElevationWish {
	readonly program: string;
	readonly options: SpawnOptions;
	readonly reason: string;
}

interface Request extends ElevationWish {
	readonly number: number;
	readonly process: Process;
	readonly wait: Wait<number>;
	/** What the file of the program was when it was asked about; empty for a program of the system. */
	readonly version: string;
}

/** What the secure desktop of a session hears. */
interface Desk {
	readonly events: ElevationEvent[];
	readonly listeners: WaitQueue<ElevationEvent>;
}

const maximumRequests = 8;
const longestReason = 200;
/** A process that was refused this often in a row asks no more. */
const maximumRefusals = 5;
/** What describes the terminal and the language. Anything else could change what the program does. */
const keptVariables = new Set(['TERM', 'COLORTERM', 'COLUMNS', 'LINES', 'LANG', 'LC_ALL', 'TZ', 'HOME', 'USER', 'PWD']);

export class Elevation {
	readonly #kernel: Kernel;
	readonly #requests = new Map<number, Request>();
	/** Each session has a secure desktop of its own. */
	readonly #desks = new WeakMap<LogonSession, Desk>();
	/** Of what belongs to no session. */
	readonly #systemDesk: Desk = { events: [], listeners: new WaitQueue() };
	/** By process, for as long as it lives. */
	readonly #refusals = new WeakMap<Process, number>();
	#next = 1;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
	}

	/** The pid of the program when the person agrees. */
	request(process: Process, wish: ElevationWish): Answer<number> {
		const elevated = this.#requireMayAsk(process, wish.options);
		const program = wish.program.includes('/')
			? resolvePath(process.start.workingDirectory, wish.program)
			: wish.program;
		const version = this.#versionOf(process, program);
		// Who administers already need not ask.
		if (elevated === process.token) return this.#kernel.spawn(process, program, wish.options).pid;
		if ((this.#refusals.get(process) ?? 0) >= maximumRefusals)
			throw new OsError('EPERM', 'the person has said no to this program too often');
		if (!this.#kernel.processes.all.some((other) => isSecureDesktop(other) && other.logon === process.logon))
			throw new OsError('ENOTSUP', 'there is no secure desktop to ask the person on');
		if (
			[...this.#requests.values()].some((request) => request.process === process) ||
			this.#requests.size >= maximumRequests
		)
			throw new OsError('EAGAIN', 'the person is being asked already');
		const wait = process.wait<number>();
		const request = { ...wish, program, number: this.#next++, process, wait, version };
		this.#requests.set(request.number, request);
		wait.whenOver(() => this.#withdraw(request));
		this.#tell(request, 'asked');
		return wait;
	}

	/** For the secure desktop: what happens next. */
	next(process: Process): Answer<ElevationEvent> {
		requireSecureDesktop(process);
		const { events, listeners } = this.#deskOf(process);
		const event = events.shift();
		if (event !== undefined) return event;
		if (listeners.first() !== undefined) throw new OsError('EAGAIN', 'somebody waits already');
		return listeners.add(process.wait<ElevationEvent>());
	}

	/** For the secure desktop: what the person said. */
	answer(process: Process, number: number, granted: boolean): void {
		const request = this.requireAnswerable(process, number);
		const elevated = elevatedOf(request.process.token);
		if (granted && elevated === undefined) throw new OsError('EPERM', 'an administrator has to agree with a password');
		this.#requests.delete(number);
		this.#note(request, granted ? `allowed by ${this.#kernel.access.nameOf(request.process.token.user)}` : 'refused');
		if (granted && elevated !== undefined) this.#grant(request, elevated);
		else this.#refuse(request);
	}

	/** For the secure desktop: an administrator, who has proved it, agreed that somebody else's program acts for them. */
	approve(process: Process, number: number, administrator: Sid): void {
		const request = this.requireAnswerable(process, number);
		this.#requests.delete(number);
		this.#note(request, `allowed by ${this.#kernel.access.nameOf(administrator)}, who gave a password`);
		this.#grant(request, administratorToken(administrator).elevated);
	}

	/** ESRCH when nothing of the session asks under this number, EPERM for all but its secure desktop. */
	requireAnswerable(process: Process, number: number): Request {
		requireSecureDesktop(process);
		const request = this.#requests.get(number);
		if (request === undefined || request.process.logon !== process.logon)
			throw new OsError('ESRCH', 'the program asks no longer');
		return request;
	}

	/** What the program would get; `undefined`: that of an administrator who must be asked. */
	#requireMayAsk({ token, namespace }: Process, options: SpawnOptions): Token | undefined {
		if (options.namespace !== undefined || options.restriction !== undefined)
			throw new OsError('EINVAL', 'a namespace or a restriction');
		const elevated = elevatedOf(token);
		if (elevated === undefined && token.asksAdministrator !== true)
			throw new OsError('EPERM', 'this program acts for nobody who may administer this computer');
		if (namespace !== this.#kernel.namespace)
			throw new OsError('EPERM', 'a program that sees only a part of the files cannot ask');
		return elevated;
	}

	/** What tells whether the file of a program is still the same. EACCES unless the process may run it. */
	#versionOf(process: Process, program: string): string {
		if (!program.includes('/')) return '';
		const place = this.#kernel.find({ process }, program);
		this.#kernel.access.require(process, place, accessRights.execute);
		const { size, modifiedTime, changedTime } = place.fileSystem.stat(place.inode);
		return `${place.inode} ${size} ${modifiedTime} ${changedTime}`;
	}

	#grant(request: Request, token: Token): void {
		const { process, program, options, wait, version } = request;
		try {
			if (this.#versionOf(process, program) !== version)
				throw new OsError('EACCES', `${program} was changed after the person was asked`);
			const environment = options.environment.filter((variable) => keptVariables.has(variable.split('=', 1)[0] ?? ''));
			this.#requireMayAsk(process, options);
			this.#refusals.delete(process);
			wait.resolve(this.#kernel.spawn(process, program, { ...options, environment }, token).pid);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			wait.reject(error);
		}
	}

	#refuse({ process, wait }: Request): void {
		this.#refusals.set(process, (this.#refusals.get(process) ?? 0) + 1);
		wait.reject(new OsError('EPERM', 'the person has said no'));
	}

	#withdraw(request: Request): void {
		if (this.#requests.delete(request.number)) this.#tell(request, 'withdrawn');
	}

	#tell(request: Request, kind: ElevationEvent['kind']): void {
		const { number, process, program, options, reason } = request;
		const event = {
			request: number,
			kind,
			pid: process.pid,
			requester: process.start.program,
			program,
			arguments: options.arguments,
			account: this.#kernel.access.nameOf(process.token.user),
			approvers: elevatedOf(process.token) === undefined ? this.#administrators() : [],
			reason: reason.slice(0, longestReason),
		};
		const { events, listeners } = this.#deskOf(process);
		const listener = listeners.first();
		if (listener === undefined) events.push(event);
		else listener.resolve(event);
	}

	#administrators(): Sid[] {
		const { all } = this.#kernel.accounts.book;
		return all.filter(({ kind, enabled }) => kind === 'administrator' && enabled).map(({ sid }) => sid);
	}

	#deskOf({ logon }: Process): Desk {
		if (logon === undefined) return this.#systemDesk;
		let desk = this.#desks.get(logon);
		if (desk === undefined) {
			desk = { events: [], listeners: new WaitQueue() };
			this.#desks.set(logon, desk);
		}
		return desk;
	}

	#note({ process, program, options }: Request, answer: string): void {
		const command = [program, ...options.arguments].join(' ');
		const who = this.#kernel.access.nameOf(process.token.user);
		const what = `${process.label} asked to run “${command}” as an administrator, for ${who}`;
		this.#kernel.access.note(answer === 'refused' ? 'warning' : 'information', `${what}: ${answer}`);
	}
}

/** What the account may become when its person agrees; `undefined` for one that administers nothing. */
function elevatedOf(token: Token): Token | undefined {
	return isAdministrator(token) ? token : token.elevated;
}

function isSecureDesktop({ token }: Process): boolean {
	return token.privileges.has('secureDesktop');
}

function requireSecureDesktop(process: Process): void {
	if (!isSecureDesktop(process)) throw new OsError('EPERM', 'only the secure desktop asks the person');
}
