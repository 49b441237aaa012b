/** The chosen entry: whether it allows or denies, a level in plain words, and the exact rights behind “Advanced”. */
import { accessRights, aceFlags } from '#abi/access.ts';
import {
	type AccessLevel,
	type AppliesTo,
	applyAt,
	findLevel,
	levelRights,
	whereApplies,
} from '#runtime/permission-words.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Select, type SelectOption } from '#ui/controls/select.tsx';
import { appliesToWords, levelWords, rightWords, type Subject, wordsOfRight } from './access-words.ts';
import type { EditorProps, ShownEntry } from './editor-props.ts';
import { nameFolder } from './effective-access.ts';
import { changeEntry } from './permissions-draft.ts';

export const kindOptions: readonly SelectOption<'allow' | 'deny'>[] = [
	{ value: 'allow', label: 'May' },
	{ value: 'deny', label: 'May not' },
];

export const levelOptions: readonly SelectOption<AccessLevel>[] = (Object.keys(levelWords) as AccessLevel[]).map(
	(value) => ({ value, label: levelWords[value] }),
);

const appliesToOptions = (Object.keys(appliesToWords) as AppliesTo[]).map((value) => ({
	value,
	label: appliesToWords[value],
}));

export function EntryEditor(props: EditorProps & { readonly entry: ShownEntry }) {
	const { entry, subject } = props;
	if (!entry.isInherited) return <OwnEntry {...props} />;
	const { source } = entry;
	return (
		<div className="security-entry-editor">
			<p className="security-hint">
				{source === undefined
					? 'This was handed down and cannot be changed here.'
					: `This comes from the folder ${nameFolder(source)}: change it there, or add another entry here.`}
			</p>
			{source === undefined ? null : (
				<Button size="small" onPress={() => subject.files.propertiesWanted.fire({ paths: [source], page: 'security' })}>
					Permissions of {nameFolder(source)}
				</Button>
			)}
		</div>
	);
}

function OwnEntry({ entry, permissions, drafting }: EditorProps & { readonly entry: ShownEntry }) {
	const { subject } = permissions.place;
	const { draft, change } = drafting;
	const level = findLevel(entry.rights);
	const options =
		level === undefined ? [...levelOptions, { value: 'special' as const, label: 'A choice of rights' }] : levelOptions;
	return (
		<div className="security-entry-editor">
			<div className="security-choices">
				<Select<'allow' | 'deny'>
					label={entry.who}
					value={entry.kind === 'deny' ? 'deny' : 'allow'}
					options={kindOptions}
					onChange={(kind) => change(changeEntry(draft, entry.key, { kind }))}
				/>
				<Select<AccessLevel | 'special'>
					label="Do what"
					value={level ?? 'special'}
					options={options}
					onChange={(chosen) =>
						chosen === 'special' ? undefined : change(changeEntry(draft, entry.key, { rights: levelRights[chosen] }))
					}
				/>
			</div>
			{subject === 'directory' ? (
				<Select<AppliesTo>
					label="Where it applies"
					value={whereApplies(entry.flags)}
					options={appliesToOptions}
					onChange={(where) => change(changeEntry(draft, entry.key, { flags: applyAt(entry.flags, where) }))}
				/>
			) : null}
			<details className="security-advanced">
				<summary>Advanced: each right of its own</summary>
				<ExactRights
					subject={subject}
					rights={entry.rights}
					onChange={(rights) => change(changeEntry(draft, entry.key, { rights }))}
				/>
				{subject === 'directory' ? (
					<Checkbox
						checked={(entry.flags & aceFlags.noPropagate) !== 0}
						onChange={(isOnce) => {
							const flags = isOnce ? entry.flags | aceFlags.noPropagate : entry.flags & ~aceFlags.noPropagate;
							change(changeEntry(draft, entry.key, { flags }));
						}}
					>
						One level down only
					</Checkbox>
				) : null}
				<p className="security-hint">{entry.sid}</p>
			</details>
		</div>
	);
}

interface ExactRightsProps {
	readonly subject: Subject;
	readonly rights: number;
	onChange(rights: number): void;
}

function ExactRights({ subject, rights, onChange }: ExactRightsProps) {
	return (
		<fieldset className="security-bits">
			<legend className="visually-hidden">Rights</legend>
			{rightWords
				.filter(([right]) => subject === 'directory' || right !== 'deleteChild')
				.map((words) => {
					const bit = accessRights[words[0]];
					return (
						<Checkbox
							key={words[0]}
							checked={(rights & bit) !== 0}
							onChange={(isOn) => onChange(isOn ? rights | bit : rights & ~bit)}
						>
							{wordsOfRight(words, subject)}
						</Checkbox>
					);
				})}
		</fieldset>
	);
}
