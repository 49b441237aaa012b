/**
 * The kernel: what its parts are and how they hang together. It never blocks; a call that waits is a held reply.
 *
 * Rules of use:
 * - A host makes one, with a volume, a clock, a launcher and a way to defer work, and attaches the first process.
 * - Everything else happens by system calls, which the gate takes from the connections of processes.
 *
 * Where to look: `gate.ts` for the life of a call, `change-groups.ts` for when a change is durable, `calls/` for what
 * each call does.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { signalExitCode } from '#abi/signals.ts';
import type { ExitStatus, LogEvent, SettingDefinition, SpawnOptions, SystemInfo } from '#abi/structures.generated.ts';
import { AccountBook } from '#accounts/account-book.ts';
import { Accounts } from '#accounts/accounts.ts';
import { accountSettings } from '#accounts/password-policy.ts';
import type { Clock, Random } from '#base/ports.ts';
import type { FileEncryption } from '#efs/file-encryption.ts';
import type { FileSystem } from '#fs/file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { Sid } from '#security/sid.ts';
import type { Token } from '#security/token.ts';
import type { KeyVault } from '#vault/key-vault.ts';
import { AccessMonitor } from './access-monitor.ts';
import type { Caller } from './caller.ts';
import { createAccountCalls } from './calls/account-calls.ts';
import { createAttributeCalls } from './calls/attribute-calls.ts';
import { createCredentialCalls } from './calls/credential-calls.ts';
import { createDirectoryCalls } from './calls/directory-calls.ts';
import { createEncryptionCalls } from './calls/encryption-calls.ts';
import { createFileCalls } from './calls/file-calls.ts';
import { createHandleCalls } from './calls/handle-calls.ts';
import { createLockCalls } from './calls/lock-calls.ts';
import { createLogCalls } from './calls/log-calls.ts';
import { createLookCalls } from './calls/look-calls.ts';
import { createPathCalls } from './calls/path-calls.ts';
import { createPcApplianceCalls } from './calls/pc-appliance-calls.ts';
import { createPcCalls } from './calls/pc-calls.ts';
import { createPcDiskCalls } from './calls/pc-disk-calls.ts';
import { createPcDriveCalls } from './calls/pc-drive-calls.ts';
import { createPcImageCalls } from './calls/pc-image-calls.ts';
import { createPcUpdateCalls } from './calls/pc-update-calls.ts';
import { createProcessCalls } from './calls/process-calls.ts';
import { createSecurityCalls } from './calls/security-calls.ts';
import { createServiceCalls } from './calls/service-calls.ts';
import { createSettingCalls } from './calls/setting-calls.ts';
import { createStreamCalls } from './calls/stream-calls.ts';
import { createSystemInformationCalls } from './calls/system-calls.ts';
import { createTerminalCalls } from './calls/terminal-calls.ts';
import { createVersionCalls } from './calls/version-calls.ts';
import { createVolumeCalls } from './calls/volume-calls.ts';
import { createWatchCalls } from './calls/watch-calls.ts';
import { ChangeGroups } from './change-groups.ts';
import { createDeviceFiles } from './device-files.ts';
import { Elevation } from './elevation.ts';
import type { PersonKeys } from './encryption/person-keys.ts';
import { encryptionSettings } from './encryption/recovery-agents.ts';
import { EventLog } from './events/event-log.ts';
import { eventSettings } from './events/event-settings.ts';
import { FileLeases, LeaseMemory } from './file-leases.ts';
import { FileLocks } from './file-locks.ts';
import { Gate } from './gate.ts';
import { Namespace } from './namespace.ts';
import { OpenFile, OpenNodes } from './open-node.ts';
import { type Walked, walkPath } from './path-walk.ts';
import type { PcHost } from './pc/pc-host.ts';
import { RemovableDrives } from './pc/removable-drives.ts';
import type { Place, Slot } from './place.ts';
import type { Process } from './process.ts';
import { createProcessFiles } from './process-files.ts';
import { releaseStopped } from './process-signals.ts';
import { ProcessTable } from './process-table.ts';
import type { ProgramLauncher, RunningProgram } from './program-launcher.ts';
import { spawn } from './program-start.ts';
import type { ServiceDefinition } from './services/service-definition.ts';
import { serviceSettings } from './services/service-definition.ts';
import { createServices } from './services/service-processes.ts';
import type { ServiceTable } from './services/service-table.ts';
import { AccountFiles } from './sessions/account-files.ts';
import { createCredentials, createKeyParts } from './sessions/create-credentials.ts';
import type { Credentials } from './sessions/credentials.ts';
import type { LogonSession } from './sessions/logon-session.ts';
import type { SessionKeys } from './sessions/session-keys.ts';
import { Sessions } from './sessions/sessions.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { attachVersionFiles } from './version-files.ts';
import { VersionKeeping, versionSettings } from './version-keeping.ts';
import { WatchRegistry } from './watch.ts';

export interface KernelOptions {
	readonly volume: SystemVolume;
	readonly clock: Clock;
	readonly random: Random;
	readonly launcher: ProgramLauncher;
	readonly version: string;
	/** `web` or `node`. */
	readonly host: string;
	/** Calls back after the messages that have already arrived have been delivered. */
	readonly afterArrived: (callback: () => void) => void;
	/** What knows about the encrypted files of `volume`; nothing can be encrypted when absent. */
	readonly encryption?: FileEncryption;
	/** The keys of people; nothing can be encrypted when absent. */
	readonly personKeys?: PersonKeys;
	/** What holds the keys of people; nobody has a password when absent. */
	readonly vault?: KeyVault;
	/** Of what the SIDs of this computer's accounts are made. */
	readonly machine?: Sid;
	/** Permissions could not be stored on the volume: whoever works, works without them. */
	readonly isUnsecured?: boolean;
	/** What the system's own parts say of their settings; none when absent. */
	readonly settings?: readonly SettingDefinition[];
	/** Programs that the system starts and keeps running; none when absent. */
	readonly services?: readonly ServiceDefinition[];
	/** The PC that the system has for itself; absent in a tab and in Node. */
	readonly pc?: PcHost | undefined;
	/** Sees every event of the log as it is written. */
	readonly onLogEvent?: (event: LogEvent) => void;
}

/** Of a computer that has no accounts. */
const noMachine: Sid = 'S-1-5-21-0-0-0';

export class Kernel {
	readonly info: SystemInfo;
	readonly clock: Clock;
	readonly volume: SystemVolume;
	readonly encryption: FileEncryption | undefined;
	readonly personKeys: PersonKeys | undefined;
	readonly log: EventLog;
	/** Whom every handler asks. */
	readonly access: AccessMonitor;
	/** What the system itself sees: everything. */
	readonly namespace: Namespace;
	readonly watches = new WatchRegistry();
	readonly settings: SettingsStore;
	readonly services: ServiceTable;
	/** Asked before a file may be changed or lose its name. */
	readonly versions: VersionKeeping;
	readonly groups: ChangeGroups;
	readonly openNodes: OpenNodes;
	readonly leases: FileLeases;
	readonly locks = new FileLocks();
	readonly processes: ProcessTable;
	readonly elevation: Elevation;
	readonly accountFiles: AccountFiles;
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	/** The keys of people that are open now; absent without a vault. */
	readonly sessionKeys: SessionKeys | undefined;
	readonly credentials: Credentials;
	/** Permissions could not be stored on the volume. */
	readonly isUnsecured: boolean;
	/** The PC that the system has for itself; absent in a tab and in Node. */
	readonly pc: PcHost | undefined;
	/** What people plug into it. */
	readonly drives: RemovableDrives | undefined;
	readonly #launcher: ProgramLauncher;
	readonly #gate: Gate;
	readonly #devices: FileSystem;
	#callerPid = 0;
	readonly #fileSystemNumbers = new Map<FileSystem, number>();

	constructor(options: KernelOptions) {
		const { volume, clock, version, host, encryption } = options;
		this.info = { version, host, startedTime: clock.now() };
		this.clock = clock;
		this.isUnsecured = options.isUnsecured ?? false;
		this.volume = volume;
		this.encryption = encryption;
		this.personKeys = options.personKeys;
		this.pc = options.pc;
		this.log = new EventLog({ clock, fileSystem: volume, onEvent: options.onLogEvent });
		const encrypted = encryption === undefined ? undefined : { fileSystem: volume, encryption };
		this.access = new AccessMonitor(this.log, (sid) => this.accounts.book.find(sid)?.name, encrypted);
		this.settings = new SettingsStore({ fileSystem: volume, definitions: definitionsOf(options), log: this.log });
		this.versions = new VersionKeeping(volume, this.settings);
		this.namespace = Namespace.over(volume);
		this.#devices = createDeviceFiles(options.random, clock);
		this.namespace.attach('dev', this.#devices);
		this.namespace.attach(
			'proc',
			createProcessFiles({
				clock,
				version,
				processes: () => this.processes.all,
				caller: () => this.#callerPid,
				numberOf: (fileSystem) => this.numberOf(fileSystem),
			}),
		);
		attachVersionFiles(this, () => this.#callerPid);
		this.drives = this.#createDrives();
		this.groups = new ChangeGroups({
			afterArrived: options.afterArrived,
			publish: (changes) => this.watches.publish(changes),
			log: this.log,
		});
		this.log.storeBy({ groups: this.groups, settings: this.settings });
		this.leases = this.#createLeases();
		this.openNodes = new OpenNodes((node) => {
			if (node instanceof OpenFile) {
				this.leases.close(node);
				this.locks.release(node);
			}
			this.groups.release(node.fileSystem, node.inode);
		});
		this.processes = new ProcessTable(clock, this.log);
		this.elevation = new Elevation(this);
		this.accountFiles = new AccountFiles(volume);
		this.accounts = new Accounts(new AccountBook(options.machine ?? noMachine, this.accountFiles));
		this.sessions = new Sessions(this);
		const keys = createKeyParts(this, options);
		this.sessionKeys = keys?.keys;
		this.credentials = createCredentials(this, keys);
		this.#launcher = options.launcher;
		this.services = createServices(this, options.services ?? []);
		this.#gate = new Gate({ handlers: this.#createHandlers(), groups: this.groups, log: this.log });
	}

	#createDrives(): RemovableDrives | undefined {
		const { pc, namespace, clock, watches } = this;
		return pc && new RemovableDrives({ pc, namespace, clock, publish: (changes) => watches.publish(changes) });
	}

	/** Takes in a process that the host runs itself, such as the desktop of a session. */
	attach(program: string, token: Token, running: RunningProgram, logon?: LogonSession): Process {
		const namespace = logon?.namespace ?? this.namespace;
		const start = { program, arguments: [], environment: [], workingDirectory: '/', mounts: [...namespace.mountPaths] };
		const process = this.processes.add(start, { starter: undefined, token, namespace, limits: {}, logon });
		this.connect(process, running);
		return process;
	}

	/** Starts a program as a child of `parent`; with another token than its own only when the person has agreed. */
	spawn(parent: Process, program: string, options: SpawnOptions, token?: Token): Process {
		return spawn({ kernel: this, launcher: this.#launcher, token }, parent, program, options);
	}

	end(process: Process, status: ExitStatus): void {
		if (process.leaseMemory !== undefined) this.leases.drop(process.leaseMemory);
		const children = this.processes.childrenOf(process);
		this.processes.end(process, status);
		releaseStopped(this, children);
	}

	/** Ends all processes and makes durable what they had changed. The volume stays open. */
	shutDown(): void {
		this.services.close();
		for (const process of this.processes.all)
			this.end(process, { code: signalExitCode('terminate'), reason: 'signal' });
		this.log.close();
		this.groups.commitAll();
	}

	/** Walks a path of a caller, from its working directory in its namespace. */
	walk({ process }: Pick<Caller, 'process'>, path: string, followLast: boolean): Walked {
		const absolute = path.startsWith('/') ? path : `${process.start.workingDirectory}/${path}`;
		const admit = this.admitting(process);
		return walkPath(process.namespace, process.namespace.root, absolute, { beneath: false, followLast, admit });
	}

	/** Lets a walk of `process` pass only through directories that it may pass through. */
	admitting(process: Process): (directory: Place) => void {
		return (directory) => this.access.require(process, directory, accessRights.execute);
	}

	/** What stands at a path of a caller, links followed; ENOENT when nothing does. */
	find(caller: Pick<Caller, 'process'>, path: string): Place {
		const { place } = this.walk(caller, path, true);
		if (place === undefined) throw new OsError('ENOENT', path);
		return place;
	}

	/** The name at the end of a path of a caller, a link not followed. EBUSY for the root. */
	findSlot(caller: Pick<Caller, 'process'>, path: string): Slot {
		const { slot } = this.walk(caller, path, false);
		if (slot === undefined) throw new OsError('EBUSY', path);
		return slot;
	}

	/** Whether it is `/dev/tty`, which is another terminal for each process. */
	isTerminalDevice({ fileSystem, inode }: Place): boolean {
		return fileSystem === this.#devices && inode === fileSystem.find(fileSystem.root, 'tty');
	}

	/** A number for a file system that no other has while the system runs. */
	numberOf(fileSystem: FileSystem): number {
		let number = this.#fileSystemNumbers.get(fileSystem);
		if (number === undefined) {
			number = this.#fileSystemNumbers.size + 1;
			this.#fileSystemNumbers.set(fileSystem, number);
		}
		return number;
	}

	/** From now on the calls of the process are served. */
	connect(process: Process, running: RunningProgram): void {
		process.running = running;
		if (running.fileMemory !== undefined) process.leaseMemory = new LeaseMemory(running.fileMemory);
		running.connection.onRequest((request) => {
			this.#callerPid = process.pid;
			this.#gate.receive(process, request);
		});
	}

	#createLeases(): FileLeases {
		const { groups, clock, log } = this;
		return new FileLeases({ groups, clock, log, numberOf: (fileSystem) => this.numberOf(fileSystem) });
	}

	#createHandlers() {
		return {
			...createProcessCalls(this),
			...createHandleCalls(this),
			...createStreamCalls(this),
			...createDirectoryCalls(this),
			...createFileCalls(this),
			...createPathCalls(this),
			...createLookCalls(this),
			...createTerminalCalls(this),
			...createAttributeCalls(this),
			...createLockCalls(this),
			...createWatchCalls(this),
			...createSecurityCalls(this),
			...createEncryptionCalls(this),
			...createSystemInformationCalls(this),
			...createSettingCalls(this),
			...createLogCalls(this),
			...createServiceCalls(this),
			...createVolumeCalls(this),
			...createVersionCalls(this),
			...createAccountCalls(this),
			...createCredentialCalls(this),
			...createPcCalls(this),
			...createPcDiskCalls(this),
			...createPcImageCalls(this),
			...createPcUpdateCalls(this),
			...createPcDriveCalls(this),
			...createPcApplianceCalls(this),
		};
	}
}

function definitionsOf({ services, settings }: KernelOptions): SettingDefinition[] {
	return [
		...eventSettings,
		...versionSettings,
		...accountSettings,
		...encryptionSettings,
		...serviceSettings(services ?? []),
		...(settings ?? []),
	];
}
