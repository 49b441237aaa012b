/** The frame of what covers the whole desktop: a picture, a title, words and what can be done. */
import { type ReactNode, useEffect, useRef } from 'react';
import { tabbableElements, wrapTabFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';

interface ScreenProps {
	readonly icon: IconName;
	readonly title: string;
	readonly children: ReactNode;
	readonly actions?: ReactNode;
}

export function ShellScreen({ icon, title, children, actions }: ScreenProps) {
	const card = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const root = card.current;
		if (root !== null) (tabbableElements(root)[0] ?? root).focus();
	}, []);
	return (
		<div className="shell-screen">
			<div
				ref={card}
				className="shell-screen-card"
				role="alertdialog"
				aria-modal="true"
				aria-labelledby="shell-screen-title"
				tabIndex={-1}
				onKeyDown={(event) => wrapTabFocus(event, event.currentTarget)}
			>
				<Icon name={icon} size={64} />
				<h1 id="shell-screen-title">{title}</h1>
				{children}
				{actions === undefined ? null : <div className="shell-screen-actions">{actions}</div>}
			</div>
		</div>
	);
}
