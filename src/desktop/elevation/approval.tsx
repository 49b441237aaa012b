/** Where the person is no administrator: one who is agrees by their password, at this screen. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AccountInfo, ElevationEvent } from '#abi/structures.generated.ts';
import { describeCredentialFailure, passwordCredential } from '#runtime/credentials.ts';
import { AccountPicture } from '#ui/controls/account-picture.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { useDesktop } from '../desktop-context.ts';

export interface ApprovalProps {
	readonly question: ElevationEvent;
	readonly settled: boolean;
	onRefuse(): void;
}

export function Approval({ question, settled, onRefuse }: ApprovalProps) {
	const { elevation } = useDesktop();
	const [approvers, setApprovers] = useState<readonly AccountInfo[]>([]);
	const [chosen, setChosen] = useState('');
	const [password, setPassword] = useState('');
	const [state, setState] = useState({ busy: false, problem: '' });
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		void elevation.approversOf(question).then((found) => {
			setApprovers(found);
			setChosen(found[0]?.sid ?? '');
		});
		field.current?.focus();
	}, [elevation, question]);
	const agree = async (event: FormEvent) => {
		event.preventDefault();
		// A script of the page must not agree.
		if (!event.nativeEvent.isTrusted || !settled) return;
		const credential = passwordCredential(password);
		setState({ busy: true, problem: '' });
		try {
			await elevation.approve(question, chosen, credential);
		} catch (error) {
			setPassword('');
			setState({ busy: false, problem: describeCredentialFailure(error, credential.kind) });
			field.current?.focus();
		}
	};
	return (
		<form className="secure-desktop-approval" onSubmit={(event) => void agree(event)}>
			<p>An administrator of this computer must agree.</p>
			<div className="secure-desktop-approvers" role="radiogroup" aria-label="Administrator">
				{approvers.map(({ sid, name, picture }) => (
					<label key={sid} className="secure-desktop-approver">
						<input type="radio" name="approver" checked={sid === chosen} onChange={() => setChosen(sid)} />
						<AccountPicture name={name} picture={picture} size={32} />
						{name}
					</label>
				))}
			</div>
			<PasswordField
				{...{ label: 'Password of the administrator', value: password, inputRef: field, disabled: state.busy }}
				error={state.problem === '' ? undefined : state.problem}
				onChange={setPassword}
			/>
			<div className="secure-desktop-actions">
				<button type="submit" className="shell-button" disabled={!settled || state.busy}>
					Yes
				</button>
				<button type="button" className="shell-button shell-button-primary" onClick={onRefuse}>
					No
				</button>
			</div>
		</form>
	);
}
