/** Pictures: looks at pictures and at those beside them in the folder. Argument 0 is the file. */
import { type KeyboardEvent, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { baseName, directoryName } from '#base/path.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Gallery, type GalleryView } from './gallery.ts';
import { type Picture, toPng } from './load-picture.ts';
import { type PictureActions as Actions, Bar, EmptyState, Information, type Viewing } from './parts.tsx';
import { pictureExtensions } from './picture-types.ts';
import { PictureView } from './picture-view.tsx';
import { stepZoom, type Zoom } from './zoom.ts';
import './pictures.css';

const slideMs = 4000;

function useGallery({ system, start, window }: ProgramProps): { gallery: Gallery; view: GalleryView } {
	const [gallery] = useState(() => new Gallery(system));
	const view = useSyncExternalStore(gallery.subscribe, () => gallery.view);
	const [path] = start.arguments;
	useEffect(() => {
		if (path !== undefined) void gallery.open(path);
		return () => gallery.dispose();
	}, [gallery, path]);
	const shownPath = view.state === 'shown' ? view.picture.path : undefined;
	useEffect(() => {
		if (shownPath !== undefined) window.setRestartArguments([shownPath]);
	}, [shownPath, window]);
	const name = view.state === 'shown' ? view.picture.name : view.state === 'failed' ? baseName(view.path) : undefined;
	useEffect(() => window.setTitle(name === undefined ? 'Pictures' : `${name} – Pictures`), [name, window]);
	return { gallery, view };
}

async function copyPicture(picture: Picture, quarterTurns: number, shell: ProgramProps['shell']): Promise<void> {
	try {
		const content = toPng(picture, quarterTurns);
		await navigator.clipboard.write([new ClipboardItem({ 'image/png': content })]);
		shell.notify({ title: 'Pictures', text: 'The picture is on the clipboard.', kind: 'information' });
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		shell.notify({ title: 'The picture was not copied', text, kind: 'warning' });
	}
}

function useViewing(props: ProgramProps, gallery: Gallery, view: GalleryView) {
	const { shell, window } = props;
	const [viewing, setViewing] = useState<Viewing>({
		...{ zoom: 'fit', quarterTurns: 0, information: false, slideshow: false },
	});
	const scale = useRef(1);
	const change = useCallback((parts: Partial<Viewing>) => setViewing((before) => ({ ...before, ...parts })), []);
	const step = useCallback(
		(by: number) => {
			change({ zoom: 'fit', quarterTurns: 0 });
			void gallery.step(by);
		},
		[gallery, change],
	);
	useEffect(() => {
		if (!viewing.slideshow) return;
		const timer = setInterval(() => step(1), slideMs);
		return () => clearInterval(timer);
	}, [viewing.slideshow, step]);
	useEffect(() => {
		// The browser's own Escape ends full screen, and with it the show.
		const onChange = () => {
			if (document.fullscreenElement === null) change({ slideshow: false });
		};
		document.addEventListener('fullscreenchange', onChange);
		return () => document.removeEventListener('fullscreenchange', onChange);
	}, [change]);
	const pick = async () => {
		const directory = gallery.path === undefined ? shell.folders.pictures : directoryName(gallery.path);
		const path = await shell.pickFile({ title: 'Open a picture', directory, extensions: pictureExtensions });
		if (path === undefined) return;
		change({ zoom: 'fit', quarterTurns: 0 });
		await gallery.open(path);
	};
	const actions: Actions = {
		open: () => void pick(),
		step,
		zoom: (zoom) => change({ zoom }),
		zoomStep: (direction) => change({ zoom: stepZoom(scale.current, direction) }),
		turn: (by) => change({ quarterTurns: (viewing.quarterTurns + by) % 4 }),
		copy: () => {
			if (view.state === 'shown') void copyPicture(view.picture, viewing.quarterTurns, shell);
		},
		setInformation: (information) => change({ information }),
		setSlideshow: (slideshow) => {
			change({ slideshow });
			void window.setFullScreen(slideshow);
		},
	};
	return { viewing, actions, scale };
}

/** The keys of the window by what they are called; with Ctrl where the name says so. */
function createKeys(actions: Actions, gallery: Gallery, viewing: Viewing): Readonly<Record<string, () => void>> {
	const next = () => actions.step(1);
	const previous = () => actions.step(-1);
	return {
		'ctrl+o': actions.open,
		'ctrl+c': actions.copy,
		'+': () => actions.zoomStep(1),
		'=': () => actions.zoomStep(1),
		'-': () => actions.zoomStep(-1),
		0: () => actions.zoom('fit'),
		1: () => actions.zoom(1),
		f5: () => actions.setSlideshow(!viewing.slideshow),
		...(viewing.slideshow ? { escape: () => actions.setSlideshow(false) } : {}),
		arrowright: next,
		pagedown: next,
		arrowleft: previous,
		pageup: previous,
		home: () => void gallery.goToEnd('first'),
		end: () => void gallery.goToEnd('last'),
		r: () => actions.turn(1),
		'shift+r': () => actions.turn(3),
		i: () => actions.setInformation(!viewing.information),
	};
}

function keyName(event: KeyboardEvent): string {
	const key = event.key.toLowerCase();
	if (event.ctrlKey || event.metaKey) return `ctrl+${key}`;
	if (event.altKey) return `alt+${key}`;
	return event.shiftKey && key === 'r' ? `shift+${key}` : key;
}

function PicturesWindow(props: ProgramProps) {
	const { gallery, view } = useGallery(props);
	const { viewing, actions, scale } = useViewing(props, gallery, view);
	const [percent, setPercent] = useState(100);
	const root = useRef<HTMLDivElement>(null);
	useEffect(() => root.current?.focus(), []);
	const onScale = useCallback(
		(now: number) => {
			scale.current = now;
			setPercent(Math.round(now * 100));
		},
		[scale],
	);
	const onZoom = useCallback((zoom: Zoom) => actions.zoom(zoom), [actions.zoom]);
	const onKeyDown = (event: KeyboardEvent) => {
		const action = event.defaultPrevented ? undefined : createKeys(actions, gallery, viewing)[keyName(event)];
		if (action === undefined) return;
		action();
		event.preventDefault();
		event.stopPropagation();
	};
	const { quarterTurns, zoom, information, slideshow } = viewing;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: the window's content takes the focus, so that arrows turn the pages
		<section ref={root} tabIndex={0} aria-label="Picture viewer" className="pictures" onKeyDown={onKeyDown}>
			{slideshow ? null : <Bar actions={actions} viewing={viewing} view={view} />}
			<div className="picture-main">
				{view.state === 'shown' ? (
					<PictureView {...{ picture: view.picture, zoom, quarterTurns, onZoom, onScale }} />
				) : (
					<EmptyState view={view} onOpen={actions.open} />
				)}
				{information && view.state === 'shown' && !slideshow ? <Information picture={view.picture} /> : null}
			</div>
			{slideshow || !('count' in view) ? null : (
				<div className="picture-status" role="status">
					<span>
						{view.index + 1} of {view.count}
					</span>
					{view.state === 'shown' ? (
						<>
							<span>
								{view.picture.width} × {view.picture.height}
							</span>
							<span>{percent} %</span>
						</>
					) : null}
				</div>
			)}
		</section>
	);
}

const program: WindowProgram = {
	Component: PicturesWindow,
	size: { width: 800, height: 580 },
	minimumSize: { width: 420, height: 280 },
};

export default program;
