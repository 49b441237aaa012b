/**
 * The kernel's Worker: becomes the leader of the volume, opens it, makes the kernel, and serves the page that
 * started it.
 *
 * Order of the start: when the page says so, the volume's engine is fetched and compiled while this Worker becomes the
 * leader and opens the files; the process of the logon screen is attached as soon as the folders stand, and then the desktop
 * of each session when its person has logged on; samples come last.
 *
 * Invariant: the volume is touched only while this Worker leads. When another tab takes over, every process is ended,
 * what they had changed is made durable, and the volume is closed before the lock is given away.
 */

import { OsError } from '#abi/errors.ts';
import { AccountBook } from '#accounts/account-book.ts';
import { type AccountRecord, hasPassword } from '#accounts/account-record.ts';
import { foldersOf } from '#base/known-folders.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import { AccountFiles } from '#kernel/sessions/account-files.ts';
import { ensureFirstAccount } from '#kernel/sessions/first-account.ts';
import type { LogonSession } from '#kernel/sessions/logon-session.ts';
import { desktopToken, logonToken } from '#security/token.ts';
import type { KeyVault } from '#vault/key-vault.ts';
import type { ApplianceVolume } from '../common/appliance-volume.ts';
import { ArrivalQueue } from '../common/arrival-queue.ts';
import { assembleKernel } from '../common/assemble-kernel.ts';
import { hostClock } from '../common/host-clock.ts';
import type { AppliancePlan } from '../common/machine-contract.ts';
import { makeCallTurns } from '../common/make-call-turns.ts';
import { portOf } from '../common/message-port.ts';
import type { BootStatus, KernelMessage, PageMessage, SetUp } from './control-messages.ts';
import { DoorPcHost } from './door-pc-host.ts';
import { fetchSamples } from './fetch-samples.ts';
import { VolumeLeadership } from './leadership.ts';
import { makeVault } from './make-vault.ts';
import { openWebAppliance, openWebVolume, startEngine } from './open-web-volume.ts';
import { WebProgramLauncher } from './program-launcher.ts';

/** Background work begins after this when the page does not say that it is ready. */
const settlePatienceMs = 5000;

const tellPage = (message: KernelMessage, transfer: Transferable[] = []): void => postMessage(message, { transfer });
const tellStatus = (status: BootStatus): void => tellPage({ type: 'status', status });

const leadership = new VolumeLeadership();
const takeOverAsked = Promise.withResolvers<'take-over'>();
const settled = Promise.withResolvers<void>();
let launcher: WebProgramLauncher | undefined;
let running: { readonly kernel: Kernel; readonly vault: KeyVault; readonly kept: SystemVolume | undefined } | undefined;

async function lead(): Promise<void> {
	if (await leadership.acquire()) return;
	tellStatus({ state: 'open-elsewhere' });
	const waiting = new AbortController();
	const freed = leadership.wait(waiting.signal);
	if ((await Promise.race([freed, takeOverAsked.promise])) === 'take-over') {
		waiting.abort();
		if (!(await freed)) await leadership.takeOver();
	}
	tellStatus({ state: 'opening' });
}

interface BootWish {
	readonly windowPrograms: readonly string[];
	readonly setUp: SetUp;
	readonly machineKey?: string | undefined;
	readonly appliance?: AppliancePlan | undefined;
}

async function boot({ windowPrograms, setUp, machineKey, appliance }: BootWish): Promise<void> {
	const engine = startEngine();
	tellStatus({ state: 'opening' });
	await lead();
	const pc = machineKey === undefined ? undefined : new DoorPcHost(machineKey);
	const settle = pc && (() => pc.ask('data.settle', {}));
	const started = settle && appliance && (await openAppliance({ engine, settle, plan: appliance }));
	const volume = started?.session ?? (await openWebVolume(engine, settle));
	const turns = makeCallTurns(new ArrivalQueue().defer);
	const programs = new WebProgramLauncher({ windowPrograms: new Set(windowPrograms), turns, tellPage });
	launcher = programs;
	const vault = makeVault();
	const kept = started && { volume: started.kept, paths: started.plan.keptFolders };
	const kernel = assembleKernel({
		volume,
		vault,
		launcher: programs,
		host: 'web',
		afterArrived: turns.defer,
		pc,
		kept,
	});
	running = { kernel, vault, kept: started?.kept };
	leadership.onAsked(() => stop({ type: 'status', status: { state: 'taken-over' } }));
	const firstSession = await admitPeople(kernel, setUp, started?.plan.account);
	tellStatus({ state: 'ready' });
	hostClock.after(settlePatienceMs, settled.resolve);
	await settled.promise;
	if (running?.kernel !== kernel) return;
	kernel.services.startAll();
	const { home } = await firstSession.first;
	// An appliance has what it was given.
	if (started === undefined) await fetchSamples(kernel, foldersOf(home).desktop);
}

interface ApplianceWish {
	readonly engine: ReturnType<typeof startEngine>;
	readonly settle: () => Promise<unknown>;
	readonly plan: AppliancePlan;
}

type StartedAppliance = ApplianceVolume & { readonly plan: AppliancePlan };

/** `undefined` when the PC cannot do what it is to do: then it is an ordinary one, and the page is told why. */
async function openAppliance({ engine, settle, plan }: ApplianceWish): Promise<StartedAppliance | undefined> {
	const refuse = (reason: string) => tellPage({ type: 'no-appliance', reason });
	try {
		const volume = await openWebAppliance(engine, plan.keptFolders, settle);
		const problem = findAccountProblem(volume.session, plan.account);
		if (problem === undefined) return { ...volume, plan };
		volume.closeSession();
		volume.kept.close();
		refuse(problem);
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		refuse(error.message);
	}
	return undefined;
}

/** It has to log on by itself. */
function findAccountProblem(volume: SystemVolume, sid: string): string | undefined {
	const machine = sid.slice(0, sid.lastIndexOf('-'));
	const record = new AccountBook(machine, new AccountFiles(volume)).find(sid);
	if (record === undefined || !record.enabled) return 'Its account is not there any more, or is turned off.';
	return hasPassword(record) ? `${record.name} has a password, and nobody is there to type it.` : undefined;
}

/** Opens the door: attaches the logon screen, and a desktop to each session. */
async function admitPeople(
	kernel: Kernel,
	setUp: SetUp,
	account: string | undefined,
): Promise<{ readonly first: Promise<LogonSession> }> {
	const first = Promise.withResolvers<LogonSession>();
	const { port1, port2 } = new MessageChannel();
	const terminate = (): void => undefined;
	kernel.attach('logon', logonToken, { connection: new PortConnection(portOf(port1)), terminate });
	tellPage({ type: 'logon', port: port2 }, [port2]);
	kernel.sessions.onStarted((session) => {
		attachDesktop(kernel, session);
		first.resolve(session);
	});
	kernel.sessions.onEnded(({ id }) => tellPage({ type: 'logged-off', session: id }));
	ensureFirstAccount(kernel, setUp);
	const only = account === undefined ? kernel.accounts.findAutomatic() : kernel.accounts.book.get(account);
	if (only !== undefined) await logOnAutomatically(kernel, only);
	return { first: first.promise };
}

/** Who has encrypted files without a password waits for their keys; nobody else starts the vault. */
async function logOnAutomatically(kernel: Kernel, record: AccountRecord): Promise<void> {
	const { credentials, sessions } = kernel;
	const proof =
		record.keys === undefined ? undefined : await credentials.prove(record, { kind: 'none', secret: new Uint8Array() });
	sessions.enter(record, proof?.ring);
}

/** The desktop does what its person may do every day; for more it asks them, as every program must. */
function attachDesktop(kernel: Kernel, session: LogonSession): void {
	const { port1, port2 } = new MessageChannel();
	const running = { connection: new PortConnection(portOf(port1)), terminate: (): void => undefined };
	kernel.attach('desktop', desktopToken(session.token), running, session);
	tellPage({ type: 'desktop', port: port2, session: kernel.sessions.describe(session) }, [port2]);
}

/** Ends every process, makes their changes durable, lets go of the volume, and says so. */
function stop(farewell: KernelMessage): void {
	try {
		running?.kernel.shutDown();
		running?.kernel.volume.close();
		running?.kept?.close();
		running?.vault.close();
	} finally {
		running = undefined;
		leadership.release();
		tellPage(farewell);
	}
}

function fail(error: unknown): void {
	tellStatus({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
}

/** A defect outside any call is logged, and the system goes on; before it runs, the page is told (`worker.onerror`). */
function logDefect(event: Event, error: unknown): void {
	if (running === undefined) return;
	event.preventDefault();
	running.kernel.log.write('error', 'kernel', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
addEventListener('error', (event) => logDefect(event, event.error ?? event.message));
addEventListener('unhandledrejection', (event) => logDefect(event, event.reason));

// The lock was taken away from a Worker that did not answer: it ends at once, with its file handles.
leadership.onLost(() => {
	tellStatus({ state: 'taken-over' });
	close();
});

addEventListener('message', ({ data: message }: MessageEvent<PageMessage>) => {
	if (message.type === 'boot') boot(message).catch(fail);
	else if (message.type === 'take-over') takeOverAsked.resolve('take-over');
	else if (message.type === 'settled') settled.resolve();
	else if (message.type === 'crashed') launcher?.reportCrash(message.pid, message.reason);
	else stop({ type: 'stopped' });
});
