/** The Security tab: owner, the list, the chosen entry, what comes from above, and what somebody may do. */
import { useId, useState } from 'react';
import type { AccessEntry } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { Notice } from '../notice.tsx';
import { AddDialog } from './add-dialog.tsx';
import type { EditorProps, ShownEntry } from './editor-props.ts';
import type { AccessSituation } from './effective-access.ts';
import { EffectiveSection } from './effective-section.tsx';
import { EntryEditor } from './entry-editor.tsx';
import { EntryList } from './entry-list.tsx';
import { InheritanceRow } from './inheritance-row.tsx';
import { findSource } from './inheritance-source.ts';
import { OwnerRow } from './owner-row.tsx';
import { nameSomebody } from './people.ts';
import { addEntry, inheritedEntries, removeEntry } from './permissions-draft.ts';
import type { Permissions } from './use-permissions.ts';
import type { Drafting } from './use-permissions-draft.ts';

export function PermissionsEditor(props: EditorProps) {
	const { permissions, drafting, subject } = props;
	const { draft, change } = drafting;
	const [selected, setSelected] = useState<string>();
	const [isAdding, setAdding] = useState(false);
	const headingId = useId();
	const entries = shownEntries(permissions, drafting);
	const entry = entries.find(({ key }) => key === selected) ?? entries[0];
	return (
		<div className="properties-body security">
			<Situation drafting={drafting} />
			<OwnerRow {...props} />
			<section aria-labelledby={headingId} className="security-list">
				<h3 id={headingId}>Who may do what</h3>
				<EntryList labelledBy={headingId} {...{ entries, permissions }} selected={entry?.key} onSelect={setSelected} />
				<div className="security-buttons">
					<Button size="small" icon="plus" onPress={() => setAdding(true)}>
						Add…
					</Button>
					<Button
						size="small"
						icon="minus"
						disabled={entry === undefined || entry.isInherited}
						onPress={() => entry !== undefined && change(removeEntry(draft, entry.key))}
					>
						Remove
					</Button>
					<Button size="small" icon="arrow-u-up-left" disabled={!drafting.canUndo} onPress={drafting.undo}>
						Undo
					</Button>
				</div>
				{entry === undefined ? null : <EntryEditor {...props} entry={entry} />}
			</section>
			<InheritanceRow {...props} inherited={entries.filter(({ isInherited }) => isInherited)} />
			<EffectiveSection permissions={permissions} situation={situationOf(permissions, drafting)} />
			{isAdding ? (
				<AddDialog
					place={permissions.place}
					people={permissions.people}
					onClose={() => setAdding(false)}
					onAdd={(added) => {
						const [next, key] = addEntry(draft, added);
						change(next);
						setSelected(key);
						setAdding(false);
					}}
				/>
			) : null}
			{subject.paths.length > 1 ? <p className="security-hint">This is for all {subject.paths.length} items.</p> : null}
		</div>
	);
}

function Situation({ drafting: { warning, needsAdministrator } }: { drafting: Drafting }) {
	return (
		<>
			{needsAdministrator ? (
				<p className="security-hint security-shield">
					<Icon name="shield-check" size={18} />
					To change these permissions you will be asked for an administrator’s agreement.
				</p>
			) : null}
			{warning === undefined ? null : <Notice kind="warning">{warning}</Notice>}
		</>
	);
}

function shownEntries(permissions: Permissions, { draft, preview }: Drafting): ShownEntry[] {
	const { place, people, above } = permissions;
	const who = ({ sid, name }: AccessEntry) => nameSomebody(sid, name, people);
	const named = [...place.stored.access, ...(place.above?.access ?? [])];
	const inheritor = { subject: place.subject, owner: draft.owner, above };
	const inherited = inheritedEntries(preview, named).map((entry, index): ShownEntry => {
		const { kind, sid, rights, flags } = entry;
		const source = findSource({ type: kind, sid, mask: rights, flags }, inheritor);
		return { ...entry, key: `inherited-${index}`, who: who(entry), isInherited: true, source };
	});
	const own = draft.own.map(
		(entry): ShownEntry => ({ ...entry, who: who(entry), isInherited: false, source: undefined }),
	);
	return [...own, ...inherited];
}

function situationOf({ place, people, above }: Permissions, { draft, preview }: Drafting): AccessSituation {
	const names = [...place.stored.access, ...draft.own];
	return {
		subject: place.subject,
		descriptor: preview,
		above,
		nameOf: (sid) => nameSomebody(sid, names.find((entry) => entry.sid === sid)?.name, people),
		sourceOf: (entry) => findSource(entry, { subject: place.subject, owner: draft.owner, above }),
	};
}
