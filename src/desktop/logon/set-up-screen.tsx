/** The first start: a name, and a password if one is wanted. Enter alone leads to the desktop. */
import { useEffect, useId, useRef, useState } from 'react';
import { firstAccountName } from '#base/known-folders.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import { type ChosenPassword, NewPasswordFields, useNewPassword } from '#ui/controls/new-password-fields.tsx';
import { useSeat } from '../seat/seat-context.ts';
import { Panel } from './logon-screen.tsx';

export function SetUpScreen({ typed }: { typed: string }) {
	const seat = useSeat();
	const id = useId();
	const field = useRef<HTMLInputElement>(null);
	const chosen = useNewPassword(true);
	const [name, setName] = useState(typed === '' ? firstAccountName : typed);
	const [state, setState] = useState({ busy: false, problem: '' });
	useEffect(() => {
		field.current?.focus();
		if (typed === '') field.current?.select();
	}, [typed]);
	const finish = async ({ password, hint }: ChosenPassword) => {
		setState({ busy: true, problem: '' });
		try {
			await seat.setUp({ name: name.trim(), hint }, password);
		} catch (error) {
			setState({ busy: false, problem: describeAccountFailure(error) });
		}
	};
	return (
		<Panel>
			<h1 className="logon-title">Welcome to Vitrine</h1>
			<p className="logon-lead">
				Everything stays on this computer. Your name is all that is needed; press Enter to begin.
			</p>
			<form
				className="logon-form"
				onSubmit={(event) => {
					event.preventDefault();
					const password = chosen.check();
					if (password !== undefined) void finish(password);
				}}
			>
				<div className="field">
					<label className="field-label" htmlFor={id}>
						Your name
					</label>
					<input
						ref={field}
						id={id}
						className="field-input"
						autoComplete="off"
						spellCheck={false}
						maxLength={64}
						required
						disabled={state.busy}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				</div>
				<NewPasswordFields {...{ chosen, disabled: state.busy }} />
				<div className="logon-actions">
					<button type="submit" className="shell-button shell-button-primary" disabled={state.busy}>
						Begin
					</button>
				</div>
			</form>
			<p className="logon-problem" role="alert">
				{state.problem}
			</p>
			<p className="logon-note">
				Without a password whoever sits here is you, and encrypting protects nothing. You can set one at any time in
				Settings.
			</p>
		</Panel>
	);
}
