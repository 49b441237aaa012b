/** Shutting down or restarting from the logon screen: at once, or after a question when others are logged on. */
import { useEffect, useId, useRef } from 'react';
import { useSeat } from '../seat/seat-context.ts';
import { listNames } from './logon-words.ts';

export interface PowerCardProps {
	readonly wish: 'shut down' | 'restart';
	onClose(): void;
}

export function PowerCard({ wish, onClose }: PowerCardProps) {
	const seat = useSeat();
	const id = useId();
	const cancel = useRef<HTMLButtonElement>(null);
	const others = seat.othersThan(undefined);
	const goOn = () => void (wish === 'restart' ? seat.restart() : seat.shutDown());
	useEffect(() => cancel.current?.focus(), []);
	return (
		<div className="logon-over">
			<div
				className="logon-question"
				role="alertdialog"
				aria-labelledby={`${id}-title`}
				aria-describedby={`${id}-text`}
				onKeyDown={(event) => {
					if (event.key !== 'Escape') return;
					event.preventDefault();
					onClose();
				}}
			>
				<h2 id={`${id}-title`}>{wish === 'restart' ? 'Restart Vitrine?' : 'Shut down Vitrine?'}</h2>
				<p id={`${id}-text`}>
					{others.length === 0
						? 'Nobody is logged on.'
						: `${listNames(others)} ${others.length === 1 ? 'is' : 'are'} still logged on. What is not saved in their programs is lost.`}
				</p>
				<div className="logon-actions">
					<button ref={cancel} type="button" className="shell-button" onClick={onClose}>
						Cancel
					</button>
					<button type="button" className="shell-button shell-button-primary" onClick={goOn}>
						{wish === 'restart' ? 'Restart' : 'Shut down'}
					</button>
				</div>
			</div>
		</div>
	);
}
