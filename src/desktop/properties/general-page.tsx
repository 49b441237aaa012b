/** General: what the files are, how much they hold, when they changed, their attributes. */
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { attributeBits } from '#abi/attributes.ts';
import type { Stat } from '#abi/structures.generated.ts';
import { baseName, directoryName } from '#base/path.ts';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { Icon } from '#ui/icon.tsx';
import type { DesktopFiles } from '../files/desktop-files.ts';
import { explainError } from '../files/failure-words.ts';
import { iconOfPath, typeName } from '../files/file-types.ts';
import { formatCount, formatExactSize, formatLongDate } from '../files/format.ts';
import type { PropertiesPageProps } from './properties-page.ts';
import { readStat } from './read-stat.ts';

type Attribute = 'readOnly' | 'hidden';
type AttributeChanges = Partial<Record<Attribute, boolean>>;

interface Sum {
	readonly files: number;
	readonly directories: number;
	readonly bytes: number;
	readonly isComplete: boolean;
}

export default function GeneralPage({ subject, onPending }: PropertiesPageProps) {
	const { files, paths, stats } = subject;
	const sum = useSum(files, paths);
	const [attributes, setAttributes] = useState<AttributeChanges>({});
	const [below, setBelow] = useState(true);
	const hasFolder = stats.some(({ kind }) => kind === 'directory');
	const isChanged = Object.keys(attributes).length > 0;
	const apply = useCallback(async () => {
		const change = { set: bitsOf(attributes, true), clear: bitsOf(attributes, false), below: below && hasFolder };
		await files.operations.setAttributes(paths, change).finished;
		setAttributes({});
		return true;
	}, [files, paths, attributes, below, hasFolder]);
	useEffect(() => onPending(isChanged ? { apply } : undefined), [onPending, isChanged, apply]);
	return (
		<div className="properties-body">
			<General files={files} paths={paths} stats={stats} sum={sum} />
			<fieldset className="properties-attributes">
				<legend>Attributes</legend>
				<AttributeBoxes stats={stats} changed={attributes} onChange={setAttributes} />
				{hasFolder && isChanged ? (
					<Checkbox checked={below} onChange={setBelow}>
						Also for everything inside
					</Checkbox>
				) : null}
			</fieldset>
		</div>
	);
}

interface GeneralProps {
	readonly files: DesktopFiles;
	readonly paths: readonly string[];
	readonly stats: readonly Stat[];
	readonly sum: Sum | undefined;
}

function General({ files, paths, stats, sum }: GeneralProps) {
	const [path, stat] = [paths[0] ?? '/', stats[0]];
	if (stat === undefined) return null;
	const only = stats.length === 1;
	const entry = { name: baseName(path), kind: stat.kind };
	const types = new Set(stats.map(({ kind }, index) => typeName({ name: baseName(paths[index] ?? ''), kind })));
	const places = new Set(paths.map(directoryName));
	return (
		<>
			<header className="properties-header">
				<Icon name={only ? iconOfPath(path, entry, files.folders) : 'files'} size={48} />
				<h2>{only ? entry.name || 'Computer' : formatCount(stats.length, 'item')}</h2>
			</header>
			<dl>
				<Row label="Type">{types.size === 1 ? [...types][0] : 'Several types'}</Row>
				<Row label="Location">{places.size === 1 ? [...places][0] : 'Several folders'}</Row>
				<Row label="Size">{sum === undefined ? '…' : formatExactSize(sum.bytes)}</Row>
				{only && stat.kind === 'link' ? <LinkTarget files={files} path={path} /> : null}
				{only && stat.kind !== 'directory' ? null : <Row label="Contains">{<Contents sum={sum} />}</Row>}
				{only ? <Row label="Created">{formatLongDate(stat.createdTime)}</Row> : null}
				{only ? <Row label="Modified">{formatLongDate(stat.modifiedTime)}</Row> : null}
			</dl>
		</>
	);
}

function LinkTarget({ files: { system }, path }: { files: DesktopFiles; path: string }) {
	const [target, setTarget] = useState('…');
	useEffect(() => {
		let isShown = true;
		system.pathReadLink(path).then(
			(found) => isShown && setTarget(found),
			(error: unknown) => isShown && setTarget(explainError(error)),
		);
		return () => {
			isShown = false;
		};
	}, [system, path]);
	return <Row label="Points to">{target}</Row>;
}

function Contents({ sum }: { sum: Sum | undefined }) {
	if (sum === undefined) return <Spinner label="Counting" size={16} />;
	return (
		<span className="properties-contents">
			{formatCount(sum.files, 'file')}, {formatCount(sum.directories, 'folder')}
			{sum.isComplete ? null : <Spinner label="Counting" size={16} />}
		</span>
	);
}

function Row({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="properties-row">
			<dt>{label}</dt>
			<dd className="selectable">{children}</dd>
		</div>
	);
}

const attributeLabels = { readOnly: 'Read-only', hidden: 'Hidden' } as const;

interface AttributeBoxesProps {
	readonly stats: readonly Stat[];
	readonly changed: AttributeChanges;
	onChange(changed: AttributeChanges): void;
}

function AttributeBoxes({ stats, changed, onChange }: AttributeBoxesProps) {
	return (['readOnly', 'hidden'] as const).map((attribute) => {
		const having = stats.filter(({ attributes }) => (attributes & attributeBits[attribute]) !== 0).length;
		const isMixed = changed[attribute] === undefined && having > 0 && having < stats.length;
		return (
			<Checkbox
				key={attribute}
				checked={changed[attribute] ?? having > 0}
				indeterminate={isMixed}
				onChange={(checked) => onChange({ ...changed, [attribute]: checked })}
			>
				{attributeLabels[attribute]}
			</Checkbox>
		);
	});
}

function bitsOf(attributes: AttributeChanges, value: boolean): number {
	return (['readOnly', 'hidden'] as const).reduce(
		(bits, attribute) => (attributes[attribute] === value ? bits | attributeBits[attribute] : bits),
		0,
	);
}

/** Adds up one path after the other, so that the figures grow while a large folder is counted. */
function useSum({ system }: DesktopFiles, paths: readonly string[]): Sum | undefined {
	const [sum, setSum] = useState<Sum | undefined>();
	useEffect(() => {
		let isShown = true;
		const count = async (): Promise<void> => {
			const total = { files: 0, directories: 0, bytes: 0 };
			for (const [index, path] of paths.entries()) {
				const { kind, size } = await readStat(system, path);
				const own = { files: 1, directories: 0, bytes: size };
				const usage = kind === 'directory' ? await system.pathUsage(path) : own;
				if (!isShown) return;
				total.files += usage.files;
				total.directories += usage.directories;
				total.bytes += usage.bytes;
				const isComplete = index === paths.length - 1;
				// A folder counts itself; a person counts what is in it.
				const itself = isComplete && paths.length === 1 ? 1 : 0;
				setSum({ ...total, directories: Math.max(0, total.directories - itself), isComplete });
			}
		};
		count().catch((error: unknown) => system.logWrite('warning', `Sizes were not counted: ${String(error)}`));
		return () => {
			isShown = false;
		};
	}, [system, paths]);
	return sum;
}
