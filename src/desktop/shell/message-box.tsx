/** The inside of a message box. Enter takes the default button, Escape the cancelling one, arrows walk the buttons. */
import { useLayoutEffect, useRef } from 'react';
import type { MessageDialog } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { moveRovingFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import './message-box.css';

export interface MessageBoxProps {
	readonly dialog: MessageDialog;
	/** Height of the content as it came out. */
	onMeasured(height: number): void;
	onAnswer(label: string): void;
}

const icons: Record<MessageDialog['kind'], IconName> = {
	information: 'info',
	question: 'question',
	warning: 'warning',
	error: 'warning-octagon',
};

export default function MessageBox({ dialog, onMeasured, onAnswer }: MessageBoxProps) {
	const root = useRef<HTMLDivElement>(null);
	const defaultButton = dialog.defaultButton ?? dialog.buttons[0];
	const cancelButton = dialog.cancelButton ?? dialog.buttons.at(-1) ?? '';
	useLayoutEffect(() => {
		if (root.current !== null) onMeasured(root.current.scrollHeight);
	}, [onMeasured]);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: only adds the keys that every message box has
		<div
			ref={root}
			className="message-box"
			onKeyDown={(event) => {
				if (event.key === 'Escape') onAnswer(cancelButton);
				else moveRovingFocus(event, [...event.currentTarget.querySelectorAll('button')]);
			}}
		>
			<div className="message-text">
				<Icon name={icons[dialog.kind]} size={36} className={`message-icon message-icon-${dialog.kind}`} />
				<div className="message-words">
					<p className="message-main">{dialog.message}</p>
					{dialog.detail === undefined ? null : <p className="message-detail selectable">{dialog.detail}</p>}
				</div>
			</div>
			<div className="message-actions">
				{dialog.buttons.map((label) => (
					<Button
						key={label}
						kind={label === defaultButton ? 'primary' : 'neutral'}
						autoFocus={label === defaultButton}
						onPress={() => onAnswer(label)}
					>
						{label}
					</Button>
				))}
			</div>
		</div>
	);
}
