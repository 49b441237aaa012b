/** Who is to log on, and then the way in for the one who was chosen. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AccountInfo } from '#abi/structures.generated.ts';
import { noCredential, typedCredential } from '#runtime/credentials.ts';
import { AccountPicture } from '#ui/controls/account-picture.tsx';
import { NewPasswordFields, useNewPassword } from '#ui/controls/new-password-fields.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { moveRovingFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
import { useModel } from '../desktop-context.ts';
import type { Typed } from '../seat/first-picture.ts';
import { useSeat } from '../seat/seat-context.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import type { LogonModel } from './logon-model.ts';
import { formatWait } from './logon-words.ts';

const nothing: Typed = { text: '', isEntered: false };

/** `typed` is what was typed, and meant for the only person, into the page before it could do anything. */
export function LogonScreen({ typed }: { typed: Typed }) {
	const { logon } = useSeat();
	const { people, chosen, form } = useModel(logon, () => logon.view);
	if (chosen === undefined) return <People people={people} onChoose={(sid) => logon.choose(sid)} />;
	return (
		<Panel key={chosen.sid}>
			<PersonHead person={chosen} />
			{form === 'proof' ? <Proof logon={logon} person={chosen} typed={people.length === 1 ? typed : nothing} /> : null}
			{form === 'recovery' ? <Recovery logon={logon} person={chosen} /> : null}
			{form === 'new-password' ? <ChooseAnother logon={logon} /> : null}
			{people.length > 1 && form === 'proof' ? (
				<button type="button" className="logon-link" onClick={() => logon.back()}>
					<Icon name="user-switch" size={18} />
					Switch user
				</button>
			) : null}
		</Panel>
	);
}

export function Panel({ children }: { children: ReactNode }) {
	return (
		<main className="logon-panel glass">
			<GlassBackdrop />
			<div className="logon-content">{children}</div>
		</main>
	);
}

interface PeopleProps {
	readonly people: readonly AccountInfo[];
	onChoose(sid: string): void;
}

function People({ people, onChoose }: PeopleProps) {
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => list.current?.querySelector('button')?.focus(), []);
	// Before the system has told who there is, nothing stands there.
	if (people.length === 0) return null;
	return (
		<Panel>
			<h1 className="logon-title">Who is using this computer?</h1>
			<div
				ref={list}
				className="logon-people"
				role="toolbar"
				aria-label="People"
				onKeyDown={(event) => moveRovingFocus(event, [...event.currentTarget.querySelectorAll('button')])}
			>
				{people.map((person) => (
					<button key={person.sid} type="button" className="logon-person" onClick={() => onChoose(person.sid)}>
						<AccountPicture name={person.name} picture={person.picture} size={88} />
						<span className="logon-person-name">{person.name}</span>
						<span className="logon-person-state">{stateOf(person)}</span>
					</button>
				))}
			</div>
		</Panel>
	);
}

function stateOf({ session, kind }: AccountInfo): string {
	if (session !== undefined) return 'Logged on';
	return kind === 'guest' ? 'Leaves nothing behind' : '';
}

function PersonHead({ person }: { person: AccountInfo }) {
	return (
		<div className="logon-head">
			<AccountPicture name={person.name} picture={person.picture} size={104} />
			<h1 className="logon-name">{person.name}</h1>
			{person.session === undefined ? null : (
				<span className="logon-state">
					<Icon name="lock" size={16} />
					Locked
				</span>
			)}
		</div>
	);
}

const tickMs = 250;

/** How long no attempt is looked at; 0 when one is. */
function useWait(until: number | undefined): number {
	const [now, setNow] = useState(Date.now);
	const waits = until !== undefined && until > now;
	useEffect(() => {
		setNow(Date.now());
		if (until === undefined || until <= Date.now()) return undefined;
		const timer = setInterval(() => setNow(Date.now()), tickMs);
		return () => clearInterval(timer);
	}, [until]);
	return waits ? until - now : 0;
}

interface FormProps {
	readonly logon: LogonModel;
}

function Proof({ logon, person, typed }: FormProps & { person: AccountInfo; typed: Typed }) {
	const hasPassword = person.credentials.includes('password');
	return hasPassword ? (
		<PasswordForm {...{ logon, person, typed }} />
	) : (
		<form
			className="logon-form"
			onSubmit={(event) => {
				event.preventDefault();
				void logon.enter(noCredential);
			}}
		>
			<EnterButton logon={logon} label={person.session === undefined ? 'Log on' : 'Unlock'} />
			<Problem logon={logon} />
		</form>
	);
}

function EnterButton({ logon, label }: FormProps & { label: string }) {
	const button = useRef<HTMLButtonElement>(null);
	const busy = useModel(logon, () => logon.view.busy);
	useEffect(() => button.current?.focus(), []);
	return (
		<button ref={button} type="submit" className="shell-button shell-button-primary" disabled={busy}>
			{label}
		</button>
	);
}

function Problem({ logon, wait = 0 }: FormProps & { wait?: number }) {
	const problem = useModel(logon, () => logon.view.problem);
	return (
		<p className="logon-problem" role="alert">
			{wait > 0 ? `${problem} Try again in ${formatWait(wait)}.` : problem}
		</p>
	);
}

/** The text of a field that is emptied, and has the keyboard again, after each attempt that was wrong. */
function useSecret(logon: LogonModel, initially: string, waits: boolean) {
	const input = useRef<HTMLInputElement>(null);
	const [text, setText] = useState(initially);
	const failures = useModel(logon, () => logon.view.failures);
	const busy = useModel(logon, () => logon.view.busy);
	useEffect(() => {
		if (failures > 0) setText('');
	}, [failures]);
	useEffect(() => {
		if (!busy && !waits) input.current?.focus();
	}, [busy, waits]);
	return { input, text, setText, failures, busy };
}

function PasswordForm({ logon, person, typed }: FormProps & { person: AccountInfo; typed: Typed }) {
	const wait = useWait(person.lockedUntilTime);
	const { input, text, setText, failures, busy } = useSecret(logon, typed.text, wait > 0);
	useEffect(() => {
		// Of somebody who comes back to this form it has been looked at.
		if (typed.isEntered && logon.view.failures === 0) void logon.enter(typedCredential('password', typed.text));
	}, [logon, typed]);
	return (
		<form
			className="logon-form"
			// Tried anew, it moves anew.
			key={failures}
			data-wrong={failures > 0 || undefined}
			onSubmit={(event) => {
				event.preventDefault();
				if (text !== '') void logon.enter(typedCredential('password', text));
			}}
		>
			<KeptName name={person.name} />
			<PasswordField
				{...{ label: 'Password', hideLabel: true, value: text, inputRef: input, onChange: setText }}
				disabled={busy || wait > 0}
			>
				<button type="submit" className="logon-go" aria-label="Log on" disabled={busy || wait > 0 || text === ''}>
					<Icon name="arrow-right" size={18} />
				</button>
			</PasswordField>
			<Problem logon={logon} wait={wait} />
			{person.hint !== '' && failures > 0 ? <p className="logon-hint">Hint: {person.hint}</p> : null}
			<OtherWays logon={logon} person={person} />
		</form>
	);
}

/** Tells the browser's own store of passwords whose it is; nobody sees it. */
function KeptName({ name }: { name: string }) {
	return <input className="visually-hidden" autoComplete="username" aria-hidden tabIndex={-1} readOnly value={name} />;
}

function OtherWays({ logon, person }: FormProps & { person: AccountInfo }) {
	const failures = useModel(logon, () => logon.view.failures);
	const canRecover = person.credentials.includes('recovery');
	return (
		<>
			{person.credentials.includes('passkey') ? (
				<button type="button" className="logon-link" onClick={() => void logon.enterByPasskey()}>
					<Icon name="fingerprint" size={18} />
					Use a passkey
				</button>
			) : null}
			{canRecover ? (
				<button type="button" className="logon-link" onClick={() => logon.showForm('recovery')}>
					Forgot the password?
				</button>
			) : null}
			{!canRecover && failures > 1 ? (
				<p className="logon-hint">
					An administrator of this computer can set a new password. Files that you have encrypted then wait for the old
					one.
				</p>
			) : null}
		</>
	);
}

function Recovery({ logon, person }: FormProps & { person: AccountInfo }) {
	const wait = useWait(person.lockedUntilTime);
	const { input, text, setText, busy } = useSecret(logon, '', wait > 0);
	return (
		<form
			className="logon-form"
			onSubmit={(event) => {
				event.preventDefault();
				if (text.trim() !== '') void logon.enter(typedCredential('recovery', text.trim()));
			}}
		>
			<p className="logon-lead">Type the recovery code that you have kept. You then choose a new password.</p>
			<PasswordField
				{...{ label: 'Recovery code', value: text, inputRef: input, onChange: setText }}
				disabled={busy || wait > 0}
			/>
			<Problem logon={logon} wait={wait} />
			<div className="logon-actions">
				<button type="button" className="shell-button" onClick={() => logon.showForm('proof')}>
					Back
				</button>
				<button type="submit" className="shell-button shell-button-primary" disabled={busy || text.trim() === ''}>
					Log on
				</button>
			</div>
		</form>
	);
}

function ChooseAnother({ logon }: FormProps) {
	const busy = useModel(logon, () => logon.view.busy);
	const chosen = useNewPassword(false);
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		if (!busy) field.current?.focus();
	}, [busy]);
	return (
		<form
			className="logon-form"
			onSubmit={(event) => {
				event.preventDefault();
				const password = chosen.check();
				if (password !== undefined) void logon.choosePassword(password);
			}}
		>
			<p className="logon-lead">Choose a new password. It counts from now on.</p>
			<NewPasswordFields {...{ chosen, disabled: busy, inputRef: field }} />
			<Problem logon={logon} />
			<div className="logon-actions">
				<button type="submit" className="shell-button shell-button-primary" disabled={busy}>
					Go on
				</button>
			</div>
		</form>
	);
}
