/**
 * The secure desktop: asks the person whether a program may administer this computer.
 *
 * Invariants:
 * - It stands in the browser's top layer, where nothing of the page is drawn over it; all else is dimmed and inert.
 * - Only a press of the person says yes, not one that a script has made, and none in the first moment: the question may have
 *   come under a click or key that was meant for something else.
 * - Escape, and Enter without choosing, say no.
 */
import { useEffect, useRef, useState } from 'react';
import type { ElevationEvent } from '#abi/structures.generated.ts';
import { wrapTabFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import { Approval } from './approval.tsx';
import '../taskbar/flyout.css';
import './secure-desktop.css';

/** A press that comes sooner was meant for something else. */
const settlingMs = 400;

export default function SecureDesktop() {
	const { elevation } = useDesktop();
	const question = useModel(elevation, () => elevation.question);
	if (question === undefined) return null;
	return (
		<Question key={question.request} question={question} onAnswer={(granted) => elevation.answer(question, granted)} />
	);
}

interface QuestionProps {
	readonly question: ElevationEvent;
	onAnswer(granted: boolean): void;
}

function Question({ question, onAnswer }: QuestionProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	const refusal = useRef<HTMLButtonElement>(null);
	const [settled, setSettled] = useState(false);
	const { programs, host } = useDesktop();
	useEffect(() => {
		const before = document.activeElement;
		dialog.current?.showModal();
		// The answer of a stray Enter.
		refusal.current?.focus();
		const cancel = host.clock.after(settlingMs, () => setSettled(true));
		return () => {
			cancel();
			if (before instanceof HTMLElement) before.focus();
		};
	}, [host]);
	const program = programs.find(question.program);
	return (
		<dialog
			ref={dialog}
			className="secure-desktop"
			aria-labelledby="secure-desktop-title"
			aria-describedby="secure-desktop-facts"
			onKeyDown={(event) => wrapTabFocus(event, event.currentTarget)}
			onCancel={(event) => {
				event.preventDefault();
				onAnswer(false);
			}}
			// The browser closes it by itself when Escape is pressed again and again.
			onClose={() => onAnswer(false)}
		>
			<div className="secure-desktop-head">
				<Icon name="shield-check" size={32} />
				<h1 id="secure-desktop-title">Do you want to let this program administer this computer?</h1>
			</div>
			<div className="secure-desktop-program">
				<Icon name={(program?.icon as IconName | undefined) ?? 'program'} size={48} />
				<strong>{program?.title ?? showText(question.program)}</strong>
			</div>
			<Facts question={question} />
			<p className="secure-desktop-advice">It can then change everything, for everybody who uses this computer.</p>
			{question.approvers.length > 0 ? (
				<Approval {...{ question, settled }} onRefuse={() => onAnswer(false)} />
			) : (
				<div className="secure-desktop-actions">
					<button
						type="button"
						className="shell-button"
						disabled={!settled}
						onClick={({ nativeEvent }) => nativeEvent.isTrusted && onAnswer(true)}
					>
						Yes
					</button>
					<button
						ref={refusal}
						type="button"
						className="shell-button shell-button-primary"
						onClick={() => onAnswer(false)}
					>
						No
					</button>
				</div>
			)}
		</dialog>
	);
}

function Facts({ question }: { question: ElevationEvent }) {
	const { program, arguments: list, requester, pid, account, reason } = question;
	return (
		<dl id="secure-desktop-facts" className="secure-desktop-facts">
			<dt>Command</dt>
			<dd className="secure-desktop-command">{[program, ...list].map(showWord).join(' ')}</dd>
			<dt>Asked by</dt>
			<dd>
				{requester} (process {pid}), for {account}
			</dd>
			<dt>Reason given</dt>
			<dd>{reason === '' ? 'None' : showText(reason)}</dd>
		</dl>
	);
}

/** As one word, so that an argument cannot pass for two. */
function showWord(text: string): string {
	const shown = showText(text);
	return shown === '' || /[\s'"]/.test(shown) ? `“${shown}”` : shown;
}

/** Nothing that a program says may hide a part of it, or turn its order around. */
function showText(text: string): string {
	return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
