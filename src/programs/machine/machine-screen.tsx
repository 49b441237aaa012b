/** The guest's screen: a canvas that is sized to the window, takes the focus, and says in words what stands on it. */
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { focusInOwnWindow } from '#ui/focus.ts';
import type { MachineSession, SessionView } from './machine-session.ts';
import { type Area, fitScreen } from './screen-geometry.ts';
import { ScreenInput } from './screen-input.ts';

const textIntervalMs = 1000;

export interface ScreenHandle {
	focus(): void;
	capture(): Promise<void>;
}

export interface MachineScreenProps {
	readonly session: MachineSession;
	readonly view: SessionView;
	readonly handle: RefObject<ScreenHandle | null>;
	readonly fullScreen: boolean;
	onRelease(): void;
	onCapture(captured: boolean): void;
	onFocusChange(focused: boolean): void;
}

export function MachineScreen(props: MachineScreenProps) {
	const { view, handle, fullScreen } = props;
	const frame = useRef<HTMLDivElement>(null);
	const canvas = useRef<HTMLCanvasElement>(null);
	const input = useRef<ScreenInput>(undefined);
	const area = useArea(frame);
	useImperativeHandle(handle, () => ({
		focus: () => frame.current?.focus(),
		capture: async () => await input.current?.capture(),
	}));
	useMachine(props, frame, canvas, input);
	// Full screen is for filling it: whole dots would leave most of a small display empty.
	const scaling = fullScreen ? 'smooth' : view.settings.scaling;
	const alive = view.state.kind === 'running' || view.state.kind === 'starting';
	return (
		<div
			ref={frame}
			className={`machine-screen ${alive ? 'machine-screen-alive' : ''}`}
			role="application"
			aria-label={`Screen of ${view.name}. Control F10 leaves it.`}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: the guest inside takes every key, as role `application` says
			tabIndex={0}
			data-autofocus
			onFocus={() => props.onFocusChange(true)}
			onBlur={() => props.onFocusChange(false)}
		>
			<canvas
				key={`canvas ${view.run}`}
				ref={canvas}
				className={`machine-canvas machine-canvas-${scaling}`}
				style={canvasStyle(view, area, scaling)}
				width={640}
				height={400}
			/>
			<SpokenText key={`text ${view.run}`} lines={view.text} />
		</div>
	);
}

/** Gives the run's machine its canvas and its input. */
function useMachine(
	{ session, view, onRelease, onCapture }: MachineScreenProps,
	frame: RefObject<HTMLDivElement | null>,
	canvas: RefObject<HTMLCanvasElement | null>,
	input: RefObject<ScreenInput | undefined>,
): void {
	const { machine } = view;
	useEffect(() => {
		if (machine === undefined || frame.current === null || canvas.current === null) return;
		input.current = new ScreenInput({
			element: frame.current,
			canvas: canvas.current,
			machine,
			screenSize: () => session.view.screenSize,
			onUse: () => session.noteUse(),
			onRelease,
			onCapture,
		});
		focusInOwnWindow(frame.current);
		void session.attach(canvas.current);
		return () => input.current?.dispose();
	}, [session, machine, frame, canvas, input, onRelease, onCapture]);
}

function useArea(frame: RefObject<HTMLDivElement | null>): Area {
	const [area, setArea] = useState<Area>({ width: 0, height: 0 });
	useLayoutEffect(() => {
		const element = frame.current;
		if (element === null) return;
		const observer = new ResizeObserver(() => setArea({ width: element.clientWidth, height: element.clientHeight }));
		observer.observe(element);
		setArea({ width: element.clientWidth, height: element.clientHeight });
		return () => observer.disconnect();
	}, [frame]);
	return area;
}

function canvasStyle({ screenSize, settings, hasPicture }: SessionView, area: Area, scaling: 'crisp' | 'smooth') {
	if (screenSize === undefined || area.width === 0) return { visibility: 'hidden' } as const;
	const dots = window.devicePixelRatio;
	const { aspectCorrection } = settings;
	const whole = { width: area.width * dots, height: area.height * dots };
	const size = fitScreen(screenSize, whole, { scaling, aspectCorrection });
	return {
		width: size.width / dots,
		height: size.height / dots,
		// Shrunk dots are unreadable when whole ones are left out.
		...(size.width < screenSize.width ? { imageRendering: 'auto' as const } : {}),
		visibility: hasPicture ? 'visible' : 'hidden',
	} as const;
}

/** The screen's text for who cannot see it, at a pace that can be listened to. */
function SpokenText({ lines }: { lines: readonly string[] }) {
	const [spoken, setSpoken] = useState(lines);
	const newest = useRef(lines);
	newest.current = lines;
	useEffect(() => {
		// At its own pace: a program that never stops writing is spoken too.
		const timer = setInterval(() => setSpoken(newest.current), textIntervalMs);
		return () => clearInterval(timer);
	}, []);
	return (
		<pre className="visually-hidden" role="log" aria-label="Text on the screen">
			{spoken.join('\n')}
		</pre>
	);
}
