/** Notepad: edits text files in the encodings and with the line ends that old programs expect. Argument 0 is the file. */
import { openSearchPanel } from '@codemirror/search';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { carriesFiles, readDraggedPaths } from '#runtime/dragged-files.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { MenuBar } from '#ui/controls/menu-bar.tsx';
import { focusInOwnWindow } from '#ui/focus.ts';
import { Editor } from './editor.ts';
import { FindBar } from './find-bar.tsx';
import { createMenus, type NotepadActions, timeAndDate } from './menus.ts';
import { Notepad, type NotepadView } from './notepad.ts';
import { GoToLineDialog, NoticeBar, StatusBar } from './parts.tsx';
import { editableBytes, textOfBytes } from './text-file.ts';
import './notepad.css';

const zoomSteps = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/** Makes editor and model in the element that is returned, for the life of the process. */
function useNotepad(props: ProgramProps) {
	const element = useRef<HTMLDivElement>(null);
	const started = useRef(props);
	const [notepad, setNotepad] = useState<Notepad>();
	const [findPanel, setFindPanel] = useState<HTMLElement>();
	useEffect(() => {
		if (element.current === null) return;
		const { system, shell, window, start } = started.current;
		let model: Notepad | undefined;
		const editor = new Editor(element.current, {
			onUpdate: (changed) => model?.editorChanged(changed),
			onFindPanel: setFindPanel,
		});
		model = new Notepad({ system, shell, window, editor });
		setNotepad(model);
		const { view } = editor;
		// The browser then asks whether the page may be left.
		const onLeave = (event: BeforeUnloadEvent) => {
			if (model.view.changed) event.preventDefault();
		};
		addEventListener('beforeunload', onLeave);
		const [path] = start.arguments;
		if (path !== undefined) void model.open(path);
		focusInOwnWindow(view.contentDOM);
		return () => {
			removeEventListener('beforeunload', onLeave);
			model.dispose();
			editor.dispose();
		};
	}, []);
	return { element, notepad, findPanel };
}

function createActions(
	notepad: Notepad,
	{ shell, window }: ProgramProps,
	parts: {
		setWrap(on: boolean): void;
		setZoom(change: (zoom: number) => number): void;
		setGoing(on: boolean): void;
		setReplacing(on: boolean): void;
	},
): NotepadActions {
	const { editor } = notepad;
	const copy = async () => {
		const { main } = editor.view.state.selection;
		await navigator.clipboard.writeText(editor.view.state.sliceDoc(main.from, main.to));
	};
	const refused = () =>
		shell.notify({ title: 'Notepad', text: 'The browser refused the clipboard; use the keys.', kind: 'warning' });
	return {
		newWindow: () => void shell.startProgram('notepad', []),
		close: async () => {
			if (await notepad.confirmLoss()) window.close();
		},
		findAndReplace: () => {
			parts.setReplacing(true);
			openSearchPanel(editor.view);
		},
		goToLine: () => parts.setGoing(true),
		cut: () => void copy().then(() => editor.insert(''), refused),
		copy: () => void copy().catch(refused),
		paste: () => void navigator.clipboard.readText().then((text) => editor.insert(text), refused),
		setWrap: (on) => {
			editor.setWrap(on);
			parts.setWrap(on);
		},
		zoom: (step) => parts.setZoom((zoom) => (step === 0 ? 100 : (zoomSteps[zoomSteps.indexOf(zoom) + step] ?? zoom))),
	};
}

/** The keys of the window; those of the text are CodeMirror's. Answers whether it took the key. */
function handleKey(event: KeyboardEvent, notepad: Notepad, actions: NotepadActions, wraps: boolean): boolean {
	const control = (event.ctrlKey || event.metaKey) && !event.altKey;
	const key = event.key.toLowerCase();
	if (event.altKey && key === 'z') actions.setWrap(!wraps);
	else if (event.key === 'F5' && !control) {
		if (!notepad.view.readOnly) notepad.editor.insert(timeAndDate());
	} else if (!control) return false;
	else if (key === 's') void (event.shiftKey ? notepad.saveAs() : notepad.save());
	else if (key === 'o') void notepad.chooseAndOpen();
	else if (key === 'n') void notepad.create();
	else if (key === 'f') openSearchPanel(notepad.editor.view);
	else if (key === 'h') actions.findAndReplace();
	else if (key === 'g') actions.goToLine();
	else if (key === '+' || key === '=') actions.zoom(1);
	else if (key === '-') actions.zoom(-1);
	else if (key === '0') actions.zoom(0);
	else return false;
	return true;
}

async function openDropped(transfer: DataTransfer, notepad: Notepad, shell: ProgramProps['shell']): Promise<void> {
	const [path] = readDraggedPaths(transfer);
	if (path !== undefined) return notepad.open(path);
	const file = transfer.files[0];
	if (file === undefined) return;
	if (file.size > editableBytes) {
		const text = 'It is larger than 32 MB. Copy it to a folder first, then open it from there to look at it.';
		shell.notify({ title: file.name, text, kind: 'warning' });
		return;
	}
	const bytes = new Uint8Array(await file.arrayBuffer());
	await notepad.openText(file.name, textOfBytes(bytes, file.name));
}

function allowDrop(event: DragEvent): void {
	if (!carriesFiles(event.dataTransfer)) return;
	event.preventDefault();
	event.stopPropagation();
	event.dataTransfer.dropEffect = 'copy';
}

function NotepadWindow(props: ProgramProps) {
	const { element, notepad, findPanel } = useNotepad(props);
	const [wraps, setWrap] = useState(true);
	const [zoom, setZoom] = useState(100);
	const [going, setGoing] = useState(false);
	const [replacing, setReplacing] = useState(false);
	const view = useSyncExternalStore<NotepadView | undefined>(
		(listener) => notepad?.subscribe(listener) ?? (() => undefined),
		() => notepad?.view,
	);
	useEffect(() => {
		if (findPanel === undefined) setReplacing(false);
	}, [findPanel]);
	const ready = notepad !== undefined && view !== undefined;
	const actions = ready ? createActions(notepad, props, { setWrap, setZoom, setGoing, setReplacing }) : undefined;
	const onKeyDown = (event: KeyboardEvent) => {
		if (actions === undefined || notepad === undefined || event.defaultPrevented) return;
		if (!handleKey(event, notepad, actions, wraps)) return;
		event.preventDefault();
		event.stopPropagation();
	};
	const onDrop = (event: DragEvent) => {
		if (notepad === undefined || !carriesFiles(event.dataTransfer)) return;
		event.preventDefault();
		event.stopPropagation();
		void openDropped(event.dataTransfer, notepad, props.shell);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the whole window; each has a menu item too
		<div className="notepad" onKeyDown={onKeyDown} onDragOverCapture={allowDrop} onDropCapture={onDrop}>
			{ready && actions !== undefined ? (
				<>
					<MenuBar menus={createMenus({ notepad, view, actions, wraps })} />
					<NoticeBar notepad={notepad} view={view} />
				</>
			) : null}
			<div ref={element} className="notepad-text" style={{ fontSize: `${(zoom * 15) / 100}px` }} />
			{ready ? <StatusBar notepad={notepad} view={view} zoom={zoom} /> : null}
			{ready && going ? <GoToLineDialog notepad={notepad} onClose={() => setGoing(false)} /> : null}
			{ready && findPanel !== undefined
				? createPortal(
						<FindBar view={notepad.editor.view} withReplace={replacing} readOnly={view.readOnly} revision={view} />,
						findPanel,
					)
				: null}
		</div>
	);
}

const program: WindowProgram = {
	Component: NotepadWindow,
	size: { width: 720, height: 500 },
	minimumSize: { width: 340, height: 240 },
};

export default program;
