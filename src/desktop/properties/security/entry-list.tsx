/** The list of who may do what, in the order in which it counts: one row an entry, with where it comes from. */
import { ListBox, ListBoxItem } from 'react-aria-components';
import { whereApplies } from '#runtime/permission-words.ts';
import { Icon } from '#ui/icon.tsx';
import { appliesToWords, describeRights } from './access-words.ts';
import type { ShownEntry } from './editor-props.ts';
import { nameFolder } from './effective-access.ts';
import { isGroup } from './people.ts';
import type { Permissions } from './use-permissions.ts';

interface EntryListProps {
	readonly labelledBy: string;
	readonly entries: readonly ShownEntry[];
	readonly permissions: Permissions;
	readonly selected: string | undefined;
	onSelect(key: string): void;
}

export function EntryList({ labelledBy, entries, permissions, selected, onSelect }: EntryListProps) {
	const { subject } = permissions.place;
	return (
		<ListBox
			className="security-entries"
			aria-labelledby={labelledBy}
			selectionMode="single"
			disallowEmptySelection
			selectedKeys={selected === undefined ? [] : [selected]}
			onSelectionChange={(keys) => {
				const [key] = keys === 'all' ? [] : [...keys];
				if (key !== undefined) onSelect(String(key));
			}}
			renderEmptyState={() => (
				<p className="security-hint">Nobody may open or change it. Its owner may change these permissions.</p>
			)}
		>
			{entries.map((entry) => {
				const rights = describeRights(entry.rights, subject);
				const origin = describeOrigin(entry, subject === 'directory');
				const isDenied = entry.kind === 'deny';
				return (
					<ListBoxItem
						key={entry.key}
						id={entry.key}
						className={`security-entry ${isDenied ? 'security-entry-denied' : ''}`}
						textValue={entry.who}
						aria-label={`${entry.who}: ${isDenied ? 'Denied: ' : ''}${rights}. ${origin}`}
					>
						<Icon name={isDenied ? 'prohibit' : isGroup(entry.sid) ? 'users' : 'user'} size={20} />
						<span className="security-who">{entry.who}</span>
						<span className="security-rights">
							{isDenied ? <strong>Denied: </strong> : null}
							{rights}
						</span>
						<span className="security-from">{origin}</span>
					</ListBoxItem>
				);
			})}
		</ListBox>
	);
}

/** `From “Documents”. Only what is in it.` */
function describeOrigin({ isInherited, source, flags }: ShownEntry, isFolder: boolean): string {
	const from = !isInherited
		? 'Set here'
		: source === undefined
			? 'From a folder above, or from where it stood before'
			: `From the folder ${nameFolder(source)}`;
	const where = whereApplies(flags);
	return isFolder && where !== 'all' ? `${from} · ${appliesToWords[where]}` : from;
}
