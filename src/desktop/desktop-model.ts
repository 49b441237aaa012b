/**
 * The desktop without its looks: windows, programs, appearance, session, notifications, and the connection to the
 * system. It is an ordinary client of system calls: all that it keeps goes through `System`.
 *
 * Rules of use:
 * - The host makes one at once, so that the page can paint; `connect` gives it the system when the kernel is there.
 * - What needs the system before that waits for it (`ready`).
 */
import type { SessionInfo } from '#abi/structures.generated.ts';
import { DisposableStore } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { foldersOf, type KnownFolders } from '#base/known-folders.ts';
import { baseName, joinPath } from '#base/path.ts';
import type { Clock } from '#base/ports.ts';
import type { HostedProcess } from '#runtime/hosted-process.ts';
import type { System } from '#runtime/system.ts';
import type { AppearanceSettings, ProgramDescriptor } from '#runtime/window-program.ts';
import { type AppearanceModel, defaultAppearance, parseAppearance } from './appearance/appearance-model.ts';
import { type ApplianceHost, ApplianceModel } from './appliance/appliance-model.ts';
import { DrivesModel } from './drives/drives-model.ts';
import { ElevationModel } from './elevation/elevation-model.ts';
import { DesktopFiles } from './files/desktop-files.ts';
import { Notifications } from './notifications/notifications.ts';
import { Power } from './power/power.ts';
import { ProgramRegistry } from './programs/program-registry.ts';
import { WindowProcesses } from './programs/window-processes.ts';
import { recordSession, restoreSession } from './session/session-recorder.ts';
import { SessionStore } from './session/session-store.ts';
import { SettingsFile } from './settings/settings-file.ts';
import { FileOpener, type RecogniseFile } from './shell/file-opener.ts';
import { ShellMenu } from './shell/shell-menu.ts';
import { SwitcherModel } from './switcher/switcher-model.ts';
import { ShellPopups } from './taskbar/shell-popups.ts';
import { SoundModel } from './taskbar/sound-model.ts';
import { TaskbarModel } from './taskbar/taskbar-model.ts';
import type { Rectangle, Size } from './windows/geometry.ts';
import { SnapPreview } from './windows/snap-preview.ts';
import { WindowManager } from './windows/window-manager.ts';

export interface SettingsHit {
	/** Argument with which Settings opens there. */
	readonly page: string;
	readonly title: string;
	/** Where in Settings it stands. */
	readonly place: string;
}

/** What the desktop needs from the page that it stands in. */
export interface DesktopHost {
	readonly programs: readonly ProgramDescriptor[];
	readonly clock: Clock;
	readonly recognise: RecogniseFile;
	/** Settings whose names fit what a person typed, best first. */
	searchSettings(query: string): readonly SettingsHit[];
	/** Ends the process of a window program that has failed. */
	reportCrash(processId: number, reason: string): void;
	/** Covers the desktop until its person is back; `people`: so that somebody else can log on. */
	lock(shown: 'person' | 'people'): void;
	/** Names of the people who are logged on beside the one whose desktop is shown. */
	othersLoggedOn(): readonly string[];
	/** Whether the PC is Vitrine's own: then it is the PC that is restarted and shut down, and there is no tab. */
	readonly hasWholePc: boolean;
	/** What the screen shows now, as a PNG; absent where a page cannot know it. Rejects with what went wrong. */
	readonly takePicture?: (() => Promise<Blob>) | undefined;
	/** What the PC does by itself; absent when it is an ordinary one. */
	readonly appliance?: ApplianceHost | undefined;
	/** Starts the page anew, or the PC. */
	restart(): Promise<void>;
	/** Ends all processes and closes the volume; resolves when the page may be closed, or the PC is about to go off. */
	shutDown(): Promise<void>;
}

export const taskbarHeight = 48;

export function workAreaOf(screen: Size): Rectangle {
	return { x: 0, y: 0, width: screen.width, height: Math.max(200, screen.height - taskbarHeight) };
}

export class DesktopModel {
	readonly host: DesktopHost;
	readonly appearance: AppearanceModel;
	readonly notifications: Notifications;
	readonly programs: ProgramRegistry;
	readonly session: SessionStore;
	readonly windows: WindowManager;
	readonly snapPreview = new SnapPreview();
	readonly menu = new ShellMenu();
	readonly popups = new ShellPopups();
	readonly sound: SoundModel;
	readonly processes: WindowProcesses;
	readonly opener: FileOpener;
	readonly taskbar: TaskbarModel;
	readonly switcher: SwitcherModel;
	readonly power: Power;
	readonly elevation: ElevationModel;
	/** Of a PC that does one thing alone. */
	readonly appliance: ApplianceModel | undefined;
	/** What is plugged into the PC. */
	readonly drives: DrivesModel;
	/** The desktop's own process. */
	readonly ready: Promise<System>;
	readonly #appearanceFile: SettingsFile<AppearanceSettings>;
	readonly #connection = Promise.withResolvers<System>();
	readonly #owned = new DisposableStore();
	readonly #changes = new Emitter<void>();
	#files: DesktopFiles | undefined;
	#person: SessionInfo | undefined;

	constructor(host: DesktopHost, appearance: AppearanceModel, screen: Size) {
		this.host = host;
		this.appearance = appearance;
		this.notifications = new Notifications(host.clock);
		this.programs = new ProgramRegistry(host.programs);
		const onFailed = (error: unknown) => this.#settingsFailed(error);
		this.session = new SessionStore(host.clock, onFailed);
		this.windows = new WindowManager(screen, this.#workAreaOf(screen), this.session);
		this.sound = new SoundModel(this.session);
		this.ready = this.#connection.promise;
		this.processes = new WindowProcesses(this);
		this.opener = new FileOpener(this);
		this.taskbar = new TaskbarModel(this);
		this.switcher = new SwitcherModel(this.windows);
		this.power = new Power(this);
		this.elevation = new ElevationModel((error) => this.#elevationFailed(error));
		const { clock } = host;
		const openPath = (path: string) => this.openPath(path);
		this.appliance = host.appliance && this.#owned.add(new ApplianceModel(this, host.appliance));
		this.drives = this.#owned.add(new DrivesModel({ clock, notifications: this.notifications, openPath }));
		this.#appearanceFile = new SettingsFile<AppearanceSettings>({
			defaults: defaultAppearance,
			parse: parseAppearance,
			clock: host.clock,
			onFailed,
		});
		this.#owned.add(appearance.onChosen((settings) => this.#appearanceFile.set(settings)));
	}

	/** Whose desktop it is, once somebody has logged on. */
	get person(): SessionInfo | undefined {
		return this.#person;
	}

	/** The person's folders, once somebody has logged on. */
	get folders(): KnownFolders | undefined {
		return this.#files?.folders;
	}

	/** What the windows share about files, once the system is there. */
	get files(): DesktopFiles | undefined {
		return this.#files;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** Reads the settings, shows the desktop's files and brings back the windows of the last time. */
	async connect(system: System, session: SessionInfo): Promise<void> {
		const folders = foldersOf(session.home);
		const files = new DesktopFiles(system, folders, { hasWholePc: this.host.hasWholePc });
		const [appearance] = await Promise.all([
			this.#appearanceFile.load(system, joinPath(folders.settings, 'appearance.json')),
			this.session.load(system, folders),
			files.open(),
			system.processSetTitle('Desktop'),
		]);
		this.appearance.load(appearance);
		this.#files = files;
		this.#person = session;
		this.#connection.resolve(system);
		this.elevation.connect(system);
		if (this.host.hasWholePc && this.appliance === undefined)
			void this.drives.connect(system).catch((error: unknown) => this.#drivesFailed(error));
		this.#changes.fire();
		if (this.appliance !== undefined) return this.appliance.begin();
		await restoreSession(this);
		this.#owned.add(recordSession(this));
	}

	/** Starts a program and tells the person when that fails. */
	readonly launch = (programName: string, programArguments: readonly string[]): void => {
		this.#tellFailure(programName, this.processes.start(programName, programArguments));
	};

	/** Opens a file in a certain program. */
	readonly launchFile = (programName: string, path: string): void => {
		this.#tellFailure(programName, this.opener.openWith(programName, path));
	};

	/** What a double-click does. */
	readonly openPath = (path: string): void => {
		this.#tellFailure(baseName(path), this.opener.open(path));
	};

	/** Opens one of the person's folders, as soon as it is known who that is. */
	readonly openFolder = (folder: keyof KnownFolders): void => {
		const opened = this.ready.then(() => this.opener.open(this.folders?.[folder] ?? '/'));
		this.#tellFailure('The folder', opened);
	};

	hostProcess(process: HostedProcess): void {
		this.processes.host(process);
	}

	setScreen(screen: Size): void {
		this.windows.setScreen(screen, this.#workAreaOf(screen));
	}

	/** An appliance has no taskbar. */
	#workAreaOf(screen: Size): Rectangle {
		return this.host.appliance === undefined ? workAreaOf(screen) : { x: 0, y: 0, ...screen };
	}

	/** Resolves when everything the desktop keeps is on the volume. */
	async flush(): Promise<void> {
		await Promise.all([this.#appearanceFile.flush(), this.session.flush()]);
	}

	/** From here on what happens to the windows is no longer the session's. */
	stopRecording(): void {
		this.#owned.dispose();
	}

	/** Its session has ended. */
	dispose(): void {
		this.#owned.dispose();
		this.#files?.dispose();
	}

	#tellFailure(what: string, started: Promise<unknown>): void {
		started.catch((error: unknown) => {
			this.notifications.notify({
				kind: 'error',
				title: `${this.programs.find(what)?.title ?? what} could not be opened`,
				text: error instanceof Error ? error.message : String(error),
			});
		});
	}

	#elevationFailed(error: unknown): void {
		this.notifications.notify({
			kind: 'error',
			title: 'Programs cannot ask to administer this computer',
			text: error instanceof Error ? error.message : String(error),
		});
	}

	#drivesFailed(error: unknown): void {
		const text = error instanceof Error ? error.message : String(error);
		this.notifications.notify({ kind: 'warning', title: 'Sticks and discs cannot be listed', text });
	}

	#settingsFailed(error: unknown): void {
		this.notifications.notify({
			kind: 'warning',
			title: 'Settings could not be saved',
			text: error instanceof Error ? error.message : String(error),
		});
	}
}
