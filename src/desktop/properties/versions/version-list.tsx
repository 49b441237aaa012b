/** The versions, the newest first: until when each was what the file held, its size, and what came after it. */
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { VersionReason } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { Icon } from '#ui/icon.tsx';
import { formatLongDate } from '../../files/format.ts';
import type { ListedVersion } from './use-versions.ts';

interface VersionListProps {
	readonly label: string;
	readonly versions: readonly ListedVersion[];
	readonly selected: string | undefined;
	onSelect(key: string): void;
	onOpen(key: string): void;
}

const afterwards: Readonly<Record<VersionReason, string>> = {
	changed: 'Then it was changed',
	replaced: 'Then another file replaced it',
	deleted: 'Then it was deleted',
	restored: 'Then an older version was restored',
};

export function VersionList({ label, versions, selected, onSelect, onOpen }: VersionListProps) {
	return (
		<ListBox
			className="versions-list"
			aria-label={label}
			selectionMode="single"
			selectionBehavior="replace"
			disallowEmptySelection
			selectedKeys={selected === undefined ? [] : [selected]}
			onSelectionChange={(keys) => {
				const [key] = keys === 'all' ? [] : [...keys];
				if (key !== undefined) onSelect(String(key));
			}}
			onAction={(key) => onOpen(String(key))}
		>
			{versions.map(({ key, name, isDeleted, version }) => {
				const until = formatLongDate(version.keptTime);
				const size = formatSize(version.size);
				const title = isDeleted ? name : `Until ${until}`;
				const details = [isDeleted ? `Until ${until}` : '', size, afterwards[version.reason]].filter(Boolean);
				return (
					<ListBoxItem
						key={key}
						id={key}
						className="versions-item"
						textValue={title}
						aria-label={`${title}, ${details.join(', ')}`}
					>
						<Icon name="clock-counter-clockwise" size={20} />
						<span className="versions-title">{title}</span>
						<span className="versions-details">{details.join(' · ')}</span>
					</ListBoxItem>
				);
			})}
		</ListBox>
	);
}
