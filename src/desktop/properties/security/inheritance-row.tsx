/** Whether it takes what the folder above hands down; and how it stops to. */
import { useState } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { explainError } from '../../files/failure-words.ts';
import { Notice } from '../notice.tsx';
import { type EditorProps, folderOf, type ShownEntry } from './editor-props.ts';
import { nameFolder } from './effective-access.ts';
import { isStale, protect, unprotect } from './permissions-draft.ts';

export function InheritanceRow(props: EditorProps & { readonly inherited: readonly ShownEntry[] }) {
	const { subject, permissions, drafting, inherited } = props;
	const { draft, change } = drafting;
	const [isAsking, setAsking] = useState(false);
	if (subject.paths.includes('/')) return null;
	const folder = nameFolder(folderOf(subject));
	const stop = (kept: readonly ShownEntry[]) => {
		change(protect(draft, kept));
		setAsking(false);
	};
	return (
		<div className="security-inheritance">
			<Checkbox
				checked={!draft.isProtected}
				onChange={(isTaken) => {
					if (isTaken) change(unprotect(draft));
					else if (inherited.length === 0) stop([]);
					else setAsking(true);
				}}
			>
				Takes what the folder {folder} hands down
			</Checkbox>
			{isStale(permissions.place) ? <StaleNotice {...props} /> : null}
			{isAsking ? (
				<Dialog
					title={`Take nothing from ${folder}`}
					width={440}
					onClose={() => setAsking(false)}
					actions={
						<>
							<Button kind="primary" autoFocus onPress={() => stop(inherited)}>
								Keep them as its own
							</Button>
							<Button onPress={() => stop([])}>Remove them</Button>
							<Button onPress={() => setAsking(false)}>Cancel</Button>
						</>
					}
				>
					<p>What happens to the permissions that came from above?</p>
					<p className="security-hint">From then on changes in the folder above no longer reach it.</p>
				</Dialog>
			) : null}
		</div>
	);
}

/** It was moved here, say: what stands here is not what the folder hands down today. */
function StaleNotice({ subject, onChanged }: EditorProps) {
	const [failure, setFailure] = useState<string>();
	const folder = nameFolder(folderOf(subject));
	const takeAnew = async () => {
		try {
			for (const path of subject.paths) await subject.files.system.securityInherit(path);
			onChanged();
		} catch (error) {
			setFailure(explainError(error));
		}
	};
	const button = (
		<Button size="small" onPress={() => void takeAnew()}>
			Take them from {folder}
		</Button>
	);
	return (
		<Notice kind="information" actions={button}>
			{failure ?? `It still has what another folder handed down, as after a move. ${folder} hands down something else.`}
		</Notice>
	);
}
