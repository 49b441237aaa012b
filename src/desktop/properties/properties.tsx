/**
 * Content of a properties window: tabs, and OK, Cancel and Apply for what they would change.
 *
 * Rules of use: a tab that was looked at stays, with what was changed in it, until the window closes.
 */
import { type KeyboardEvent, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Stat } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { Tabs } from '#ui/controls/tabs.tsx';
import { Icon } from '#ui/icon.tsx';
import type { DesktopFiles } from '../files/desktop-files.ts';
import { explainError } from '../files/failure-words.ts';
import { propertiesPages } from './pages.ts';
import type { PendingChange, PropertiesPage, PropertiesPageId, PropertiesSubject } from './properties-page.ts';
import { readStat } from './read-stat.ts';
import './properties.css';

export interface PropertiesProps {
	readonly files: DesktopFiles;
	readonly paths: readonly string[];
	/** The tab to begin with; General when absent, or when it has nothing to say. */
	readonly page?: PropertiesPageId | undefined;
	open(path: string): void;
	startProgram(name: string, programArguments: readonly string[]): void;
	onClose(): void;
}

export default function Properties(props: PropertiesProps) {
	const { subject, failure, reload } = useSubject(props);
	const changes = usePendingChanges();
	const [problem, setProblem] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const apply = async (andClose: boolean) => {
		setProblem(undefined);
		setBusy(true);
		try {
			const isDone = await changes.apply();
			if (isDone && andClose) props.onClose();
			else if (isDone) reload();
		} catch (error) {
			setProblem(explainError(error));
		} finally {
			setBusy(false);
		}
	};
	const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
		if (event.defaultPrevented || isInDialog(event.target)) return;
		if (event.key === 'Escape') props.onClose();
		else if (event.key === 'Enter' && !takesEnter(event.target)) void apply(true);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole window, whatever in it has the focus
		<div className="properties" onKeyDown={onKeyDown}>
			<div className="properties-pages">
				{failure === undefined ? null : <Problem text={failure} />}
				{subject === undefined ? null : (
					<Pages subject={subject} first={props.page} changes={changes} onChanged={reload} />
				)}
			</div>
			{problem === undefined ? null : <Problem text={problem} />}
			<div className="properties-actions">
				{isBusy ? <Spinner label="Applying" size={16} /> : null}
				<Button kind="primary" autoFocus disabled={isBusy} onPress={() => void apply(true)}>
					OK
				</Button>
				<Button onPress={props.onClose}>Cancel</Button>
				<Button disabled={isBusy || !changes.any} onPress={() => void apply(false)}>
					Apply
				</Button>
			</div>
		</div>
	);
}

function Problem({ text }: { text: string }) {
	return (
		<p className="properties-problem" role="alert">
			<Icon name="warning" size={18} />
			<span>{text}</span>
		</p>
	);
}

interface PagesProps {
	readonly subject: PropertiesSubject;
	readonly first: PropertiesPageId | undefined;
	readonly changes: PendingChanges;
	onChanged(): void;
}

function Pages({ subject, first, changes, onChanged }: PagesProps) {
	const pages = propertiesPages.filter((page) => page.isFor(subject));
	const [chosen, setChosen] = useState<string>(first ?? 'general');
	const selected = pages.some(({ id }) => id === chosen) ? chosen : 'general';
	const [seen, setSeen] = useState<ReadonlySet<string>>(new Set([selected]));
	const choose = (id: string) => {
		setChosen(id);
		setSeen(new Set([...seen, id]));
	};
	const contentOf = (page: PropertiesPage) => (
		<Suspense fallback={<Spinner label="Loading" />}>
			<page.Content subject={subject} onPending={changes.setterOf(page.id)} onChanged={onChanged} />
		</Suspense>
	);
	return (
		<Tabs
			label="Properties"
			keepMounted
			selected={selected}
			onChange={choose}
			pages={pages.map((page) => ({
				id: page.id,
				label: page.label,
				content: seen.has(page.id) ? contentOf(page) : null,
			}))}
		/>
	);
}

interface PendingChanges {
	readonly any: boolean;
	setterOf(id: PropertiesPageId): (change: PendingChange | undefined) => void;
	/** Does them one after the other, until one is not wanted after all. */
	apply(): Promise<boolean>;
}

function usePendingChanges(): PendingChanges {
	const [pending, setPending] = useState<ReadonlyMap<PropertiesPageId, PendingChange>>(new Map());
	const setters = useRef(new Map<PropertiesPageId, (change: PendingChange | undefined) => void>());
	const setterOf = useCallback((id: PropertiesPageId) => {
		const known = setters.current.get(id);
		if (known !== undefined) return known;
		const setter = (change: PendingChange | undefined) =>
			setPending((before) => {
				if (before.get(id) === change) return before;
				const after = new Map(before);
				if (change === undefined) after.delete(id);
				else after.set(id, change);
				return after;
			});
		setters.current.set(id, setter);
		return setter;
	}, []);
	const apply = async () => {
		for (const { id } of propertiesPages) {
			const change = pending.get(id);
			if (change === undefined) continue;
			if (!(await change.apply())) return false;
			setterOf(id)(undefined);
		}
		return true;
	};
	return { any: pending.size > 0, setterOf, apply };
}

function useSubject({ files, paths, open, startProgram }: PropertiesProps) {
	const [state, setState] = useState<{ stats?: readonly Stat[]; failure?: string }>({});
	const [look, setLook] = useState(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: `look` asks for another look
	useEffect(() => {
		let isShown = true;
		Promise.all(paths.map((path) => readStat(files.system, path))).then(
			(stats) => isShown && setState({ stats }),
			(error: unknown) => isShown && setState({ failure: explainError(error) }),
		);
		return () => {
			isShown = false;
		};
	}, [files, paths, look]);
	const { stats, failure } = state;
	const subject = useMemo<PropertiesSubject | undefined>(
		() => (stats === undefined ? undefined : { files, paths, stats, open, startProgram }),
		[files, paths, stats, open, startProgram],
	);
	const reload = useCallback(() => setLook((before) => before + 1), []);
	return { subject, failure, reload };
}

function isInDialog(target: EventTarget): boolean {
	return target instanceof Element && target.closest('.dialog, .menu-popover') !== null;
}

/** What does something of its own on Enter. */
function takesEnter(target: EventTarget): boolean {
	return target instanceof Element && target.closest('button, textarea, summary, a, [role="listbox"]') !== null;
}
