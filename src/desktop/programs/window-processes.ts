/**
 * Programs with a window: starts them through the kernel, opens a window for each process that the kernel gives the
 * page, and takes the window away when the process has ended, however that was.
 *
 * Rules of use:
 * - A start may carry where the window shall stand; it finds its process by a token in the environment.
 * - Closing the window ends the process; a program that fails ends as crashed and leaves a window that says so.
 */
import { createElement } from 'react';
import { OsError } from '#abi/errors.ts';
import type { HostedProcess } from '#runtime/hosted-process.ts';
import type { ProgramDescriptor, WindowProgram } from '#runtime/window-program.ts';
import type { IconName } from '#ui/icon.tsx';
import type { DesktopModel } from '../desktop-model.ts';
import type { WindowHandle, WindowOptions } from '../windows/window-state.ts';
import { CrashCard } from './crash-card.tsx';
import { ProgramHost } from './program-host.tsx';

/** Where a window shall stand, as the session had it. */
export type WindowWish = Pick<WindowOptions, 'bounds' | 'placement' | 'minimized'>;

interface StartWish extends WindowWish {
	opened(windowId: string | undefined): void;
}

interface RunningWindow {
	readonly process: HostedProcess;
	readonly handle: WindowHandle;
	restartArguments: readonly string[];
	crashed: boolean;
}

const tokenName = 'VITRINE_WINDOW';

export class WindowProcesses {
	readonly #desktop: DesktopModel;
	readonly #wishes = new Map<string, StartWish>();
	readonly #running = new Map<number, RunningWindow>();
	#tokens = 0;

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
	}

	/** Starts a program; resolves to its process identifier. */
	async start(name: string, programArguments: readonly string[]): Promise<number> {
		const system = await this.#desktop.ready;
		return system.processSpawn(name, {
			arguments: [...programArguments],
			environment: [],
			workingDirectory: this.#home,
		});
	}

	/** Starts a program with its window at a certain place; resolves to the window's id once it is open. */
	async startAt(name: string, programArguments: readonly string[], wish: WindowWish): Promise<string | undefined> {
		const system = await this.#desktop.ready;
		const token = String(++this.#tokens);
		const opened = new Promise<string | undefined>((resolve) => {
			this.#wishes.set(token, { ...wish, opened: resolve });
		});
		await system.processSpawn(name, {
			arguments: [...programArguments],
			environment: [`${tokenName}=${token}`],
			workingDirectory: this.#home,
		});
		return opened;
	}

	/** Where programs work at first. */
	get #home(): string {
		return this.#desktop.folders?.home ?? '/';
	}

	/** What the program of this window is started with to come back as it is now. */
	restartArguments(processId: number): readonly string[] {
		return this.#running.get(processId)?.restartArguments ?? [];
	}

	/** Opens the window of a process that the kernel has started. */
	host(process: HostedProcess): void {
		const wish = this.#takeWish(process);
		if (this.#desktop.appliance !== undefined && wish === undefined) {
			// Only what it has started itself has a window.
			process.system.processExit(0).catch(ignoreEnd);
			return;
		}
		this.#open(process, wish).then(
			(windowId) => wish?.opened(windowId),
			(error: unknown) => {
				wish?.opened(undefined);
				this.#desktop.host.reportCrash(process.start.pid, String(error));
				this.#tellFailure(process.start.program, error);
			},
		);
	}

	/** The component of a program has thrown: its process ends, its window says what happened. */
	crash(processId: number, error: unknown): void {
		const running = this.#running.get(processId);
		if (running === undefined || running.crashed) return;
		running.crashed = true;
		const reason = error instanceof Error ? error.message : String(error);
		const { program, arguments: programArguments } = running.process.start;
		const title = this.#desktop.programs.find(program)?.title ?? program;
		running.handle.setCloseGuard(undefined);
		running.handle.setProgress(undefined);
		if (this.#desktop.appliance !== undefined) {
			this.#desktop.appliance.noteCrash(reason);
			this.#desktop.host.reportCrash(processId, reason);
			running.handle.close();
			return;
		}
		running.handle.setContent(
			createElement(CrashCard, {
				title,
				reason,
				onRestart: () => {
					running.handle.close();
					void this.start(program, programArguments);
				},
				onClose: () => running.handle.close(),
			}),
		);
		this.#desktop.host.reportCrash(processId, reason);
	}

	#takeWish(process: HostedProcess): StartWish | undefined {
		const prefix = `${tokenName}=`;
		const token = process.start.environment.find((entry) => entry.startsWith(prefix))?.slice(prefix.length);
		if (token === undefined) return undefined;
		const wish = this.#wishes.get(token);
		this.#wishes.delete(token);
		return wish;
	}

	async #open(process: HostedProcess, wish: WindowWish | undefined): Promise<string | undefined> {
		let ended = false;
		const early = process.onEnded(() => {
			ended = true;
		});
		const descriptor = this.#desktop.programs.find(process.start.program);
		if (descriptor?.load === undefined) throw new OsError('ENOENT', process.start.program);
		const { default: program } = await descriptor.load();
		early.dispose();
		return ended ? undefined : this.#openWindow(process, descriptor, program, wish);
	}

	#openWindow(
		process: HostedProcess,
		descriptor: ProgramDescriptor,
		program: WindowProgram,
		wish: WindowWish | undefined,
	): string {
		const { pid } = process.start;
		const handle = this.#desktop.windows.open({
			title: descriptor.title,
			icon: descriptor.icon as IconName,
			content: null,
			size: program.size,
			minimumSize: program.minimumSize,
			resizable: program.resizable,
			processId: pid,
			programName: descriptor.name,
			...(wish === undefined ? {} : { bounds: wish.bounds, placement: wish.placement, minimized: wish.minimized }),
		});
		const running: RunningWindow = {
			process,
			handle,
			restartArguments: process.start.arguments,
			crashed: false,
		};
		this.#running.set(pid, running);
		process.onEnded(() => {
			if (!running.crashed) handle.close();
		});
		handle.onClosed(() => {
			this.#running.delete(pid);
			if (!running.crashed) process.system.processExit(0).catch(ignoreEnd);
		});
		process.system.onSignal(() => void handle.requestClose());
		handle.setContent(
			createElement(ProgramHost, {
				desktop: this.#desktop,
				process,
				handle,
				program,
				setRestartArguments: (programArguments) => {
					running.restartArguments = [...programArguments];
					this.#desktop.session.touch();
				},
			}),
		);
		return handle.id;
	}

	#tellFailure(name: string, error: unknown): void {
		this.#desktop.notifications.notify({
			kind: 'error',
			title: `${this.#desktop.programs.find(name)?.title ?? name} could not be started`,
			text: error instanceof Error ? error.message : String(error),
		});
	}
}

/** The process may have ended already, or ends before it can answer. */
function ignoreEnd(error: unknown): void {
	if (!(error instanceof OsError)) throw error;
}
