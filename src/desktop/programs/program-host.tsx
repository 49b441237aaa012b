/** Mounts a program's component in its window, and catches it when it throws. */
import { Component, type ReactNode, useEffect, useMemo } from 'react';
import type { HostedProcess } from '#runtime/hosted-process.ts';
import type { ProgramWindow, WindowProgram } from '#runtime/window-program.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { WindowShell } from '../shell/window-shell.ts';
import type { WindowHandle } from '../windows/window-state.ts';

export interface ProgramHostProps {
	readonly desktop: DesktopModel;
	readonly process: HostedProcess;
	readonly handle: WindowHandle;
	readonly program: WindowProgram;
	setRestartArguments(programArguments: readonly string[]): void;
}

/** Brings a failure of the program to the desktop; shows nothing meanwhile. */
class FailureBoundary extends Component<{ onFailure(error: unknown): void; children: ReactNode }> {
	override state = { failed: false };

	static getDerivedStateFromError() {
		return { failed: true };
	}

	override componentDidCatch(error: unknown) {
		this.props.onFailure(error);
	}

	override render() {
		return this.state.failed ? null : this.props.children;
	}
}

function programWindow(props: ProgramHostProps): ProgramWindow {
	const { desktop, handle, process } = props;
	return {
		setTitle: (title) => {
			handle.setTitle(title);
			// A title that comes too late for its process is of no use to anybody.
			process.system.processSetTitle(title).catch(() => undefined);
		},
		setProgress: (fraction) => handle.setProgress(fraction),
		setCloseGuard: (guard) => handle.setCloseGuard(guard),
		resizeContent: (width, height) => handle.resizeContent({ width, height }),
		// What an appliance shows fills the screen already.
		setFullScreen: async (on) => {
			if (desktop.appliance === undefined) await setFullScreen(handle, on);
		},
		setRestartArguments: props.setRestartArguments,
		requestAttention: () => handle.requestAttention(),
		close: () => handle.close(),
	};
}

/** The window covers the page; where the browser allows, the page covers the screen as well. */
async function setFullScreen(handle: WindowHandle, on: boolean): Promise<void> {
	handle.setFullScreen(on);
	try {
		if (on && document.fullscreenElement === null) await document.documentElement.requestFullscreen();
		else if (!on && document.fullscreenElement !== null) await document.exitFullscreen();
	} catch (error) {
		// Without a recent press of the person the browser refuses; covering the page is what is left.
		if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
	}
}

export function ProgramHost(props: ProgramHostProps) {
	const { desktop, process, handle, program, setRestartArguments } = props;
	const window = useMemo(
		() => programWindow({ desktop, process, handle, program, setRestartArguments }),
		[desktop, process, handle, program, setRestartArguments],
	);
	const shell = useMemo(() => new WindowShell(desktop, handle), [desktop, handle]);
	useEffect(() => leaveFullScreenWithPage(handle), [handle]);
	const { Component: Program } = program;
	return (
		<FailureBoundary onFailure={(error) => desktop.processes.crash(process.start.pid, error)}>
			<Program system={process.system} start={process.start} window={window} shell={shell} />
		</FailureBoundary>
	);
}

/** When the person leaves the browser's full screen (Escape), the window leaves it too. */
function leaveFullScreenWithPage(handle: WindowHandle): () => void {
	const onChange = () => {
		if (document.fullscreenElement === null) handle.setFullScreen(false);
	};
	document.addEventListener('fullscreenchange', onChange);
	return () => document.removeEventListener('fullscreenchange', onChange);
}
