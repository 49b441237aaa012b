/** A few words inside a tab that a person should see before they go on. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '#ui/icon.tsx';
import './notice.css';

export interface NoticeProps {
	readonly kind: 'information' | 'warning' | 'good';
	readonly children: ReactNode;
	/** Buttons below. */
	readonly actions?: ReactNode;
}

const icons: Readonly<Record<NoticeProps['kind'], IconName>> = {
	information: 'info',
	warning: 'warning',
	good: 'check-circle',
};

export function Notice({ kind, children, actions }: NoticeProps) {
	return (
		<div className={`notice notice-${kind}`} role={kind === 'warning' ? 'alert' : 'status'}>
			<Icon name={icons[kind]} size={18} />
			<div className="notice-text">
				{children}
				{actions === undefined ? null : <div className="notice-actions">{actions}</div>}
			</div>
		</div>
	);
}
