/** Which keys do what, and which of them a browser keeps for itself. */
import { useMemo, useState } from 'react';
import type { ShortcutDescription } from '#runtime/window-program.ts';
import { TextField } from '#ui/controls/text-field.tsx';
import { Section } from './section.tsx';

export function filterShortcuts(shortcuts: readonly ShortcutDescription[], query: string): ShortcutDescription[] {
	const words = query.toLowerCase();
	return shortcuts.filter(({ keys, action, group }) => `${keys} ${action} ${group}`.toLowerCase().includes(words));
}

export function KeyboardPage({ shortcuts }: { shortcuts: readonly ShortcutDescription[] }) {
	const [query, setQuery] = useState('');
	const found = useMemo(() => filterShortcuts(shortcuts, query), [shortcuts, query]);
	const groups = [...new Set(found.map(({ group }) => group))];
	return (
		<>
			<p className="settings-lead">
				In a browser tab the browser and your computer keep some keys for themselves; those have a second one here. In
				full screen, and where Vitrine is installed as an app, most of them reach Vitrine.
			</p>
			<TextField
				{...{ label: 'Filter the keys', hideLabel: true, placeholder: 'Filter', icon: 'funnel' }}
				value={query}
				onChange={setQuery}
			/>
			{groups.map((group) => (
				<Section key={group} title={group}>
					<dl className="key-list">
						{found
							.filter((shortcut) => shortcut.group === group)
							.map(({ action, keys, inTab }) => (
								<div key={action}>
									<dt>{action}</dt>
									<dd>
										<kbd>{keys}</kbd>
										{inTab === undefined ? null : (
											<span>
												in a tab: <kbd>{inTab}</kbd>
											</span>
										)}
									</dd>
								</div>
							))}
					</dl>
				</Section>
			))}
			{groups.length === 0 ? <p className="settings-note">No key fits.</p> : null}
		</>
	);
}
