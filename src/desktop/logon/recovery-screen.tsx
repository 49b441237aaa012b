/** After a set-up with a password: the code that lets its person in when the password is lost. It may wait. */
import { useEffect, useState } from 'react';
import { RecoveryCode, RecoveryCodeWait } from '#ui/controls/recovery-code.tsx';
import { useModel } from '../desktop-context.ts';
import { useSeat } from '../seat/seat-context.ts';
import { Panel } from './logon-screen.tsx';

export function RecoveryScreen() {
	const seat = useSeat();
	const newcomer = useModel(seat, () => seat.newcomer);
	const [code, setCode] = useState('');
	const [problem, setProblem] = useState('');
	useEffect(() => {
		newcomer?.system
			.accountMakeRecovery(newcomer.credential)
			.then(setCode, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
	}, [newcomer]);
	if (newcomer === undefined) return null;
	const confirm = async (typed: string) => {
		await newcomer.system.accountConfirmRecovery(new TextEncoder().encode(typed));
		seat.finishSetUp();
	};
	const later = (
		<button type="button" className="shell-button" onClick={() => seat.finishSetUp()}>
			Later
		</button>
	);
	return (
		<Panel>
			<h1 className="logon-title">Your way back in</h1>
			<p className="logon-lead">
				Nobody can read your password, so nobody can tell it to you. This code lets you in when you have lost it. Print
				it or write it down, and type it back to show that you have it.
			</p>
			{code === '' ? (
				<>
					<RecoveryCodeWait>{problem === '' ? 'The code is being made…' : problem}</RecoveryCodeWait>
					<div className="logon-actions">{later}</div>
				</>
			) : (
				<RecoveryCode
					{...{ code, person: newcomer.name }}
					actions={
						<>
							{later}
							<button type="submit" className="shell-button shell-button-primary">
								Done
							</button>
						</>
					}
					onConfirm={confirm}
				/>
			)}
			<p className="logon-note">Without a way back Vitrine encrypts no files. You find it in Settings, Accounts.</p>
		</Panel>
	);
}
