/** The notifications as quiet cards above the notification area. */
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import type { Notification, ShownNotification } from './notifications.ts';
import './notification-cards.css';

const icons: Record<Notification['kind'], IconName> = {
	information: 'info',
	warning: 'warning',
	error: 'warning-octagon',
};

function Card({ notification }: { notification: ShownNotification }) {
	const { notifications } = useDesktop();
	const { id, kind, title, text, action } = notification;
	return (
		<li
			className={`notification notification-${kind}`}
			onPointerEnter={() => notifications.pause(id)}
			onPointerLeave={() => notifications.resume(id)}
			onFocus={() => notifications.pause(id)}
			onBlur={() => notifications.resume(id)}
		>
			<Icon name={icons[kind]} size={22} />
			<div className="notification-words">
				<p className="notification-title">{title}</p>
				<p className="notification-text">{text}</p>
				{action === undefined ? null : (
					<button
						type="button"
						className="notification-action"
						onClick={() => {
							notifications.dismiss(id);
							action.run();
						}}
					>
						{action.label}
					</button>
				)}
			</div>
			<button
				type="button"
				className="shell-icon-button notification-close"
				aria-label="Dismiss"
				onClick={() => notifications.dismiss(id)}
			>
				<svg viewBox="0 0 13 13" width="13" height="13" aria-hidden="true">
					<path d="m2.5 2.5 8 8m0-8-8 8" />
				</svg>
			</button>
		</li>
	);
}

export function NotificationCards() {
	const { notifications } = useDesktop();
	const shown = useModel(notifications, () => notifications.shown);
	return (
		<section className="notifications" aria-label="Notifications" aria-live="polite">
			<ul>
				{shown.map((notification) => (
					<Card key={notification.id} notification={notification} />
				))}
			</ul>
		</section>
	);
}
