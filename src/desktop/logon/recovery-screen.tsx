/** After a set-up with a password: the code that lets its person in when the password is lost. It may wait. */
import { useEffect, useState } from 'react';
import { describeCredentialFailure } from '#runtime/credentials.ts';
import { RecoveryCode } from '#ui/controls/recovery-code.tsx';
import { useModel } from '../desktop-context.ts';
import { useSeat } from '../seat/seat-context.ts';
import type { Newcomer } from '../seat/seat-model.ts';
import { Panel } from './logon-screen.tsx';

export function RecoveryScreen() {
	const seat = useSeat();
	const newcomer = useModel(seat, () => seat.newcomer);
	return (
		<Panel>
			<h1 className="logon-title">Your way back in</h1>
			<p className="logon-lead">
				Nobody can read your password, so nobody can tell it to you. This code lets you in when you have lost it. Print
				it or write it down, and type it back to show that you have it.
			</p>
			{newcomer === undefined ? null : <CodeForm newcomer={newcomer} onDone={() => seat.finishSetUp()} />}
			<p className="logon-note">
				Without a way back Vitrine encrypts no files. You can have a code at any time in Settings, under Your account.
			</p>
		</Panel>
	);
}

function CodeForm({ newcomer, onDone }: { newcomer: Newcomer; onDone(): void }) {
	const { name, system, credential } = newcomer;
	const [code, setCode] = useState('');
	const [typed, setTyped] = useState('');
	const [problem, setProblem] = useState('');
	useEffect(() => {
		system.accountMakeRecovery(credential).then(setCode, (error: unknown) => setProblem(describe(error)));
	}, [system, credential]);
	const confirm = async () => {
		try {
			await system.accountConfirmRecovery(new TextEncoder().encode(typed.trim()));
			onDone();
		} catch (error) {
			setProblem(describe(error));
		}
	};
	const type = (text: string) => {
		setTyped(text);
		setProblem('');
	};
	return (
		<form
			className="logon-form logon-recovery"
			onSubmit={(event) => {
				event.preventDefault();
				void confirm();
			}}
		>
			{code === '' ? (
				<p className="logon-lead" role="status">
					{problem === '' ? 'The code is being made…' : problem}
				</p>
			) : (
				<RecoveryCode {...{ code, person: name, typed, problem, onType: type }} />
			)}
			<div className="logon-actions">
				<button type="button" className="shell-button" onClick={onDone}>
					Later
				</button>
				<button type="submit" className="shell-button shell-button-primary" disabled={typed.trim() === ''}>
					Done
				</button>
			</div>
		</form>
	);
}

const describe = (error: unknown): string => describeCredentialFailure(error, 'recovery');
