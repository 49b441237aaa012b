/**
 * Security: who may do what, where that comes from, and what somebody may do in the end.
 *
 * Invariants:
 * - What is edited is a draft; OK stores it in one step for each file, and undo in Explorer takes it back.
 * - Who would lock themselves out is told while they edit, and asked before it is done.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SecurityChange } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { changePermissions } from '../../files/change-permissions.ts';
import { Notice } from '../notice.tsx';
import type { PropertiesPageProps } from '../properties-page.ts';
import { ClosedPermissions, MixedPermissions } from './closed-permissions.tsx';
import { changeOf, inverseOf, isChanged, type PermissionsDraft, wholeChangeOf } from './permissions-draft.ts';
import { PermissionsEditor } from './permissions-editor.tsx';
import { type Permissions, usePermissions } from './use-permissions.ts';
import { usePermissionsDraft } from './use-permissions-draft.ts';
import './security.css';

export default function SecurityPage(props: PropertiesPageProps) {
	const state = usePermissions(props.subject);
	switch (state.kind) {
		case 'loading':
			return (
				<div className="properties-body">
					<Spinner label="Reading the permissions" />
				</div>
			);
		case 'failed':
			return (
				<div className="properties-body">
					<Notice kind="warning">{state.reason}</Notice>
				</div>
			);
		case 'closed':
			return <ClosedPermissions {...props} reason={state.reason} people={state.people} />;
		case 'known':
			return <KnownPermissions {...props} permissions={state.permissions} />;
	}
}

interface KnownProps extends PropertiesPageProps {
	readonly permissions: Permissions;
}

function KnownPermissions(props: KnownProps) {
	const { permissions, subject } = props;
	const [isForAll, setForAll] = useState(permissions.areSame);
	if (!isForAll) return <MixedPermissions first={subject.paths[0] ?? '/'} onChoose={() => setForAll(true)} />;
	return <EditablePermissions {...props} />;
}

function EditablePermissions({ subject, permissions, onPending, onChanged }: KnownProps) {
	const drafting = usePermissionsDraft(permissions);
	const { draft, warning } = drafting;
	const question = useQuestion();
	const needsStoring = isChanged(draft, permissions.place.stored) || !permissions.areSame;
	const { ask } = question;
	const apply = useCallback(async () => {
		if (warning !== undefined && !(await ask())) return false;
		await storeDraft(subject, permissions, draft);
		return true;
	}, [subject, permissions, draft, warning, ask]);
	const pending = useMemo(() => (needsStoring ? { apply } : undefined), [needsStoring, apply]);
	useEffect(() => onPending(pending), [onPending, pending]);
	return (
		<>
			<PermissionsEditor {...{ subject, permissions, drafting, onChanged }} />
			{question.isOpen && warning !== undefined ? (
				<Dialog
					title="You would lock yourself out"
					onClose={() => question.answer(false)}
					actions={
						<>
							<Button onPress={() => question.answer(true)}>Change anyway</Button>
							<Button kind="primary" autoFocus onPress={() => question.answer(false)}>
								Go back
							</Button>
						</>
					}
				>
					<p>{warning}</p>
				</Dialog>
			) : null}
		</>
	);
}

/** Stores what the draft changes, for each path; what was done can be undone, also when a later one fails. */
async function storeDraft(
	{ files, paths }: PropertiesPageProps['subject'],
	{ stored, areSame }: Permissions,
	draft: PermissionsDraft,
): Promise<void> {
	const steps: { kind: 'permissions-set'; path: string; before: SecurityChange; after: SecurityChange }[] = [];
	try {
		for (const [index, path] of paths.entries()) {
			const before = stored[index];
			if (before === undefined) continue;
			const change = areSame ? changeOf(draft, before) : wholeChangeOf(draft, before);
			if (Object.keys(change).length === 0) continue;
			await changePermissions(files.system, path, change);
			steps.push({ kind: 'permissions-set', path, before: inverseOf(change, before), after: change });
		}
	} finally {
		files.operations.recordPermissions(steps);
	}
}

/** One question with yes or no, as a promise. */
function useQuestion() {
	const [isOpen, setOpen] = useState(false);
	const resolve = useRef<(answer: boolean) => void>(undefined);
	const ask = useCallback(
		() =>
			new Promise<boolean>((settle) => {
				resolve.current = settle;
				setOpen(true);
			}),
		[],
	);
	const answer = (value: boolean) => {
		setOpen(false);
		resolve.current?.(value);
	};
	return { isOpen, ask, answer };
}
