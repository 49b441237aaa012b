/** Asks whom a new entry is about, and what they may do. */
import { useState } from 'react';
import { aceFlags } from '#abi/access.ts';
import type { AccessEntry } from '#abi/structures.generated.ts';
import { type AccessLevel, levelRights } from '#runtime/permission-words.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Select } from '#ui/controls/select.tsx';
import { kindOptions, levelOptions } from './entry-editor.tsx';
import type { People } from './people.ts';
import type { PermissionsPlace } from './permissions-draft.ts';

interface AddDialogProps {
	readonly place: PermissionsPlace;
	readonly people: People;
	onAdd(entry: AccessEntry): void;
	onClose(): void;
}

export function AddDialog({ place, people, onAdd, onClose }: AddDialogProps) {
	const somebody = [...people.people, ...people.groups];
	const taken = new Set(place.stored.access.map(({ sid }) => sid));
	const first = somebody.find(({ sid }) => !taken.has(sid)) ?? somebody[0];
	const [sid, setSid] = useState(first?.sid ?? '');
	const [kind, setKind] = useState<'allow' | 'deny'>('allow');
	const [level, setLevel] = useState<AccessLevel>('run');
	const add = () => {
		const flags = place.subject === 'directory' ? aceFlags.objectInherit | aceFlags.containerInherit : 0;
		const name = somebody.find((each) => each.sid === sid)?.name;
		onAdd({ kind, sid, name, rights: levelRights[level], flags });
	};
	return (
		<Dialog
			title="Add to who may do what"
			width={360}
			onClose={onClose}
			onSubmit={add}
			actions={
				<>
					<Button kind="primary" type="submit">
						Add
					</Button>
					<Button onPress={onClose}>Cancel</Button>
				</>
			}
		>
			<Select
				label="Who"
				value={sid}
				options={somebody.map((each) => ({
					value: each.sid,
					label: each.sid === people.me.sid ? `${each.name} (you)` : each.name,
				}))}
				onChange={setSid}
			/>
			<div className="security-choices">
				<Select<'allow' | 'deny'> label="May or may not" value={kind} options={kindOptions} onChange={setKind} />
				<Select<AccessLevel> label="Do what" value={level} options={levelOptions} onChange={setLevel} />
			</div>
			{kind === 'deny' ? (
				<p className="security-hint">What is denied here counts before everything that is allowed.</p>
			) : null}
		</Dialog>
	);
}
