/** What stands on the Security tab when there is nothing to edit yet: permissions that the person may not see, or several. */
import { useState } from 'react';
import { baseName } from '#base/path.ts';
import { Button } from '#ui/controls/button.tsx';
import { changePermissions } from '../../files/change-permissions.ts';
import { explainError } from '../../files/failure-words.ts';
import { Notice } from '../notice.tsx';
import type { PropertiesPageProps } from '../properties-page.ts';
import type { People } from './people.ts';

interface ClosedProps extends PropertiesPageProps {
	/** Why they are not shown, as the kernel said it. */
	readonly reason: string;
	readonly people: People;
}

export function ClosedPermissions({ subject, reason, people, onChanged }: ClosedProps) {
	const [failure, setFailure] = useState<string>();
	const takeOver = async () => {
		setFailure(undefined);
		try {
			for (const path of subject.paths) await changePermissions(subject.files.system, path, { owner: people.me.sid });
			onChanged();
		} catch (error) {
			setFailure(explainError(error));
		}
	};
	const takeOverButton = (
		<Button icon="shield-check" onPress={() => void takeOver()}>
			Become its owner…
		</Button>
	);
	return (
		<div className="properties-body">
			<Notice kind="information" actions={takeOverButton}>
				<p>
					<strong>You may not see who may do what here.</strong>
				</p>
				<p>The reason: {reason}.</p>
				<p>An administrator can make you its owner; then you can let yourself in.</p>
			</Notice>
			{failure === undefined ? null : <Notice kind="warning">{failure}</Notice>}
		</div>
	);
}

export function MixedPermissions({ first, onChoose }: { readonly first: string; onChoose(): void }) {
	return (
		<div className="properties-body">
			<Notice
				kind="information"
				actions={<Button onPress={onChoose}>Give all of them the permissions of “{baseName(first)}”…</Button>}
			>
				<p>
					<strong>These have different permissions.</strong>
				</p>
				<p>Choose files that have the same, or give all of them the same. Nothing changes before you press OK.</p>
			</Notice>
		</div>
	);
}
