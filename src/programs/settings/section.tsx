/** How a page of Settings is laid out: groups with a heading, rows with a label at the left and a control at the right. */
import { type ReactNode, useId } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
	const id = useId();
	return (
		<section className="settings-section" aria-labelledby={id}>
			<h3 id={id}>{title}</h3>
			<div className="settings-card">{children}</div>
		</section>
	);
}

export function SettingRow({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
	return (
		<div className="settings-row">
			<div className="settings-row-text">
				<span className="settings-row-title">{title}</span>
				{hint === undefined ? null : <span className="settings-row-hint">{hint}</span>}
			</div>
			{children === undefined ? null : <div className="settings-row-control">{children}</div>}
		</div>
	);
}
