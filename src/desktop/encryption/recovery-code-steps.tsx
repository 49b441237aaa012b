/** A recovery code as the way back: the password where there is one, the code, and typing it back. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { Credential } from '#abi/structures.generated.ts';
import { describeCredentialFailure, noCredential, passwordCredential } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';
import { Button } from '#ui/controls/button.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { RecoveryCode } from '#ui/controls/recovery-code.tsx';
import { explainError } from '../files/failure-words.ts';

export interface WayBackSteps {
	readonly system: System;
	onProved(): void;
	onBack(): void;
}

interface Account {
	readonly name: string;
	readonly hasPassword: boolean;
}

export function RecoveryCodeSteps({ system, onProved, onBack }: WayBackSteps) {
	const [account, setAccount] = useState<Account>();
	const [code, setCode] = useState('');
	const [problem, setProblem] = useState('');
	const make = useCallback(
		async (proof: Credential) => {
			setProblem('');
			try {
				setCode(await system.accountMakeRecovery(proof));
			} catch (error) {
				setProblem(describeCredentialFailure(error, proof.kind));
			}
		},
		[system],
	);
	useEffect(() => {
		let isShown = true;
		findAccount(system).then(
			(found) => {
				if (!isShown) return;
				setAccount(found);
				if (!found.hasPassword) void make(noCredential);
			},
			(error: unknown) => isShown && setProblem(explainError(error)),
		);
		return () => {
			isShown = false;
		};
	}, [system, make]);
	return (
		<div className="key-backup-body">
			<h2 className="key-backup-title">Your recovery code</h2>
			{code === '' && account?.hasPassword === true ? (
				<PasswordForm
					problem={problem}
					onBack={onBack}
					onPassword={(password) => void make(passwordCredential(password))}
				/>
			) : null}
			{code === '' && account?.hasPassword !== true ? (
				<p role="status">{problem === '' ? 'The code is being made…' : problem}</p>
			) : null}
			{code === '' || account === undefined ? null : (
				<TypedBack {...{ system, code, onProved, onBack }} person={account.name} />
			)}
		</div>
	);
}

function TypedBack({ system, code, person, onProved, onBack }: WayBackSteps & { code: string; person: string }) {
	const [typed, setTyped] = useState('');
	const [problem, setProblem] = useState('');
	const confirm = async () => {
		setProblem('');
		try {
			await system.accountConfirmRecovery(new TextEncoder().encode(typed.trim()));
			onProved();
		} catch (error) {
			const isWrong = error instanceof OsError && (error.code === 'EACCES' || error.code === 'EINVAL');
			setProblem(isWrong ? 'This is not the code. Compare it group by group.' : explainError(error));
		}
	};
	return (
		<form
			className="key-backup-form"
			onSubmit={(event) => {
				event.preventDefault();
				void confirm();
			}}
		>
			<p>Print it, save it or write it down. Then type it back, which shows that you have it.</p>
			<RecoveryCode {...{ code, person, typed, problem }} onType={setTyped} />
			<div className="key-backup-buttons">
				<Button onPress={onBack}>Back</Button>
				<Button kind="primary" type="submit">
					Done
				</Button>
			</div>
		</form>
	);
}

interface PasswordFormProps {
	readonly problem: string;
	onPassword(password: string): void;
	onBack(): void;
}

function PasswordForm({ problem, onPassword, onBack }: PasswordFormProps) {
	const [password, setPassword] = useState('');
	const inputRef = useRef<HTMLInputElement>(null);
	useEffect(() => inputRef.current?.focus(), []);
	return (
		<form
			className="key-backup-form"
			onSubmit={(event) => {
				event.preventDefault();
				onPassword(password);
			}}
		>
			<PasswordField
				{...{ label: 'Your password, so that nobody else makes a code for you', value: password, inputRef }}
				onChange={setPassword}
				error={problem === '' ? undefined : problem}
			/>
			<div className="key-backup-buttons">
				<Button onPress={onBack}>Back</Button>
				<Button kind="primary" type="submit">
					Make the code
				</Button>
			</div>
		</form>
	);
}

async function findAccount(system: System): Promise<Account> {
	const [{ user, userName }, accounts] = await Promise.all([system.tokenRead(0), system.accountList()]);
	const credentials = accounts.find(({ sid }) => sid === user)?.credentials ?? [];
	return { name: userName, hasPassword: credentials.includes('password') };
}
