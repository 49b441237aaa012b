/** Who owns it. An owner may always change its permissions. */
import { useState } from 'react';
import { sids } from '#abi/well-known-sids.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { EditorProps } from './editor-props.ts';
import { nameSomebody } from './people.ts';

export function OwnerRow({ permissions, drafting }: EditorProps) {
	const { people, place } = permissions;
	const { draft, change } = drafting;
	const [isChoosing, setChoosing] = useState(false);
	const storedName = draft.owner === place.stored.owner ? place.stored.ownerName : undefined;
	return (
		<div className="security-row">
			<span>
				<span className="security-label">Owner</span> {nameSomebody(draft.owner, storedName, people)}
			</span>
			<Button size="small" onPress={() => setChoosing(true)}>
				Change owner…
			</Button>
			{isChoosing ? (
				<OwnerDialog
					owner={draft.owner}
					{...{ people }}
					onClose={() => setChoosing(false)}
					onChoose={(owner) => {
						if (owner !== draft.owner) change({ ...draft, owner });
						setChoosing(false);
					}}
				/>
			) : null}
		</div>
	);
}

interface OwnerDialogProps {
	readonly owner: string;
	readonly people: EditorProps['permissions']['people'];
	onChoose(owner: string): void;
	onClose(): void;
}

function OwnerDialog({ owner, people, onChoose, onClose }: OwnerDialogProps) {
	const administrators = people.groups.filter(({ sid }) => sid === sids.administrators);
	const choices = [...people.people, ...administrators];
	const [sid, setSid] = useState(choices.some((each) => each.sid === owner) ? owner : people.me.sid);
	return (
		<Dialog
			title="Change the owner"
			width={360}
			onClose={onClose}
			onSubmit={() => onChoose(sid)}
			actions={
				<>
					<Button kind="primary" type="submit">
						Choose
					</Button>
					<Button onPress={onClose}>Cancel</Button>
				</>
			}
		>
			<Select
				label="New owner"
				value={sid}
				options={choices.map((each) => ({ value: each.sid, label: nameSomebody(each.sid, each.name, people) }))}
				onChange={setSid}
			/>
			<p className="security-hint">
				Its owner may always see and change who may do what with it. To make somebody else the owner takes an
				administrator.
			</p>
		</Dialog>
	);
}
