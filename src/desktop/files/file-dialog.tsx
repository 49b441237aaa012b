/**
 * The dialog in which programs let a person choose a file to open, or a place and a name to save.
 *
 * Keys: the list is a listbox (arrows, Enter opens, Backspace goes up, letters jump); Enter in the name field
 * takes the name; Escape closes.
 */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import { baseName, directoryName, extensionName, joinPath, resolvePath } from '#base/path.ts';
import type { FileDialogOptions } from '#runtime/window-program.ts';
import { Button, IconButton } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Icon } from '#ui/icon.tsx';
import type { DesktopFiles } from './desktop-files.ts';
import { DirectoryModel } from './directory-model.ts';
import { explainError, explainNameProblem } from './failure-words.ts';
import { FileList } from './file-list.tsx';
import { useEvent } from './use-event.ts';
import './file-dialog.css';

export interface FileDialogProps {
	readonly mode: 'open' | 'save';
	readonly options: FileDialogOptions;
	readonly files: DesktopFiles;
	/** The path chosen, or nothing when the person gave up. */
	onDone(path: string | undefined): void;
}

export default function FileDialog(props: FileDialogProps) {
	const { mode, options, files, onDone } = props;
	const dialog = useFileDialog(props);
	const { directory, setDirectory, name, setName, entries } = dialog;
	const nameField = useRef<HTMLInputElement>(null);
	useEffect(() => {
		if (mode === 'save') nameField.current?.select();
	}, [mode]);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== 'Escape' || event.defaultPrevented) return;
		event.preventDefault();
		onDone(undefined);
	};
	return (
		<form
			className="file-dialog"
			onKeyDown={onKeyDown}
			onSubmit={(event) => {
				event.preventDefault();
				void dialog.take(name);
			}}
		>
			<div className="file-dialog-top">
				<IconButton
					icon="arrow-up"
					label="Up"
					disabled={directory === '/'}
					onPress={() => setDirectory(directoryName(directory))}
				/>
				<span className="file-dialog-path">{directory === '/' ? 'Computer' : directory}</span>
				{mode === 'save' ? (
					<IconButton icon="folder-plus" label="New folder" onPress={() => void dialog.makeFolder()} />
				) : null}
			</div>
			<div className="file-dialog-middle">
				<Places files={files} directory={directory} onGo={setDirectory} />
				<FileList
					label={baseName(directory) || 'Computer'}
					entries={entries}
					autoFocus={mode === 'open'}
					empty={dialog.emptyWords}
					onChoose={(entry) => entry.kind === 'file' && setName(entry.name)}
					onOpen={(entry) => void dialog.take(entry.name)}
					onUp={() => setDirectory(directoryName(directory))}
				/>
			</div>
			<div className="file-dialog-bottom">
				<TextField
					label="Name"
					className="file-dialog-name"
					value={name}
					error={dialog.problem}
					inputRef={nameField}
					autoFocus={mode === 'save'}
					onChange={setName}
				/>
				{(options.extensions ?? []).length === 0 ? null : (
					<Select
						label="Show"
						value={dialog.showAll ? 'all' : 'known'}
						options={[
							{ value: 'known', label: kindsWords(options.extensions ?? []) },
							{ value: 'all', label: 'All files' },
						]}
						onChange={(value) => dialog.setShowAll(value === 'all')}
					/>
				)}
			</div>
			<div className="file-dialog-actions">
				{dialog.replacing ? <p role="alert">There is already a file of this name. Save again to replace it.</p> : null}
				<Button kind="primary" type="submit" disabled={name === ''}>
					{mode === 'open' ? 'Open' : dialog.replacing ? 'Replace' : 'Save'}
				</Button>
				<Button onPress={() => onDone(undefined)}>Cancel</Button>
			</div>
		</form>
	);
}

/** A few extensions are named; many would be no help. */
function kindsWords(extensions: readonly string[]): string {
	return extensions.length > 4 ? 'Files it can open' : extensions.join(', ');
}

interface PlacesProps {
	readonly files: DesktopFiles;
	readonly directory: string;
	onGo(path: string): void;
}

function Places({ files: { folders }, directory, onGo }: PlacesProps) {
	const places = [
		{ path: folders.desktop, icon: 'folder-desktop' },
		{ path: folders.documents, icon: 'folder-documents' },
		{ path: folders.pictures, icon: 'folder-pictures' },
		{ path: folders.downloads, icon: 'folder-downloads' },
		{ path: '/', icon: 'computer' },
	] as const;
	return (
		<nav aria-label="Places" className="file-dialog-places">
			{places.map(({ path, icon }) => (
				<button
					key={path}
					type="button"
					aria-current={path === directory ? 'location' : undefined}
					onClick={() => onGo(path)}
				>
					<Icon name={icon} size={20} />
					{baseName(path) || 'Computer'}
				</button>
			))}
		</nav>
	);
}

/** The state of the dialog and what it does. */
function useFileDialog({ mode, options, files, onDone }: FileDialogProps) {
	const [directory, goTo] = useState(options.directory ?? files.folders.documents);
	const [name, changeName] = useState(options.name ?? '');
	const [problem, setProblem] = useState<string | undefined>();
	const [replacing, setReplacing] = useState(false);
	const [showAll, setShowAll] = useState(false);
	const snapshot = useDirectory(files, directory);
	const extensions = options.extensions ?? [];
	const isOffered = (entryName: string) =>
		showAll || extensions.length === 0 || extensions.includes(extensionName(entryName));
	const entries = snapshot.entries.filter((entry) => entry.kind === 'directory' || isOffered(entry.name));
	const setDirectory = (path: string) => {
		setProblem(undefined);
		setReplacing(false);
		goTo(path);
	};
	const setName = (value: string) => {
		setProblem(undefined);
		setReplacing(false);
		changeName(value);
	};
	/** Acts on a name that was typed or opened: goes into folders, takes files. */
	const take = async (typed: string): Promise<void> => {
		const verdict = await judge(files, resolvePath(directory, typed), mode);
		if (verdict.kind === 'folder') {
			setDirectory(verdict.path);
			return changeName(mode === 'save' ? name : '');
		}
		if (verdict.kind === 'problem') return setProblem(verdict.words);
		const path = verdict.exists ? verdict.path : withExtension(verdict.path, extensions);
		if (mode === 'save' && !replacing && (await exists(files, path))) {
			changeName(baseName(path));
			return setReplacing(true);
		}
		onDone(path);
	};
	const makeFolder = async (): Promise<void> => {
		try {
			setDirectory(await files.operations.makeFolder(directory));
		} catch (error) {
			setProblem(explainError(error));
		}
	};
	const emptyWords = wordsFor(snapshot.state, snapshot.error, extensions.length > 0 && !showAll);
	return {
		directory,
		setDirectory,
		name,
		setName,
		problem,
		replacing,
		showAll,
		setShowAll,
		entries,
		take,
		makeFolder,
		emptyWords,
	};
}

function wordsFor(state: string, error: unknown, isFiltered: boolean): string {
	if (state === 'loading') return 'Reading the folder…';
	if (state === 'failed') return explainError(error);
	return isFiltered ? 'Nothing of this kind here.' : 'This folder is empty.';
}

function useDirectory(files: DesktopFiles, directory: string) {
	const model = useMemo(
		() =>
			new DirectoryModel(files.system, directory, { order: { column: 'name', descending: false }, showHidden: false }),
		[files, directory],
	);
	useEffect(() => {
		void model.open();
		return () => model.dispose();
	}, [model]);
	return useEvent(model.onChange, () => model.snapshot);
}

type Verdict =
	| { readonly kind: 'folder' | 'file'; readonly path: string; readonly exists: boolean }
	| { readonly kind: 'problem'; readonly words: string };

/** What stands, or may be made, at a path. */
async function judge(files: DesktopFiles, path: string, mode: 'open' | 'save'): Promise<Verdict> {
	const words = explainNameProblem(baseName(path));
	if (words !== undefined && path !== '/') return { kind: 'problem', words };
	try {
		const { kind } = await files.system.pathStat(path);
		return { kind: kind === 'directory' ? 'folder' : 'file', path, exists: true };
	} catch (error) {
		const isMissing = error instanceof OsError && error.code === 'ENOENT';
		if (!isMissing) return { kind: 'problem', words: explainError(error) };
		if (mode === 'open') return { kind: 'problem', words: `There is no “${baseName(path)}” here.` };
		return { kind: 'file', path, exists: false };
	}
}

async function exists(files: DesktopFiles, path: string): Promise<boolean> {
	return (await judge(files, path, 'open')).kind !== 'problem';
}

/** A name without an extension gets the first that is offered. */
function withExtension(path: string, extensions: readonly string[]): string {
	const [first] = extensions;
	return first === undefined || extensionName(path) !== ''
		? path
		: joinPath(directoryName(path), baseName(path) + first);
}
