/** The inside of "Open with". */
import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { ProgramDescriptor } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import './message-box.css';
import './open-with.css';

export interface OpenWithProps {
	readonly fileName: string;
	readonly programs: readonly ProgramDescriptor[];
	onChoose(name: string | undefined): void;
}

export default function OpenWith({ fileName, programs, onChoose }: OpenWithProps) {
	const [selected, setSelected] = useState(programs[0]?.name);
	return (
		<form
			className="open-with"
			onSubmit={(event) => {
				event.preventDefault();
				onChoose(selected);
			}}
			onKeyDown={(event) => {
				if (event.key === 'Escape') onChoose(undefined);
			}}
		>
			<p className="open-with-words">
				Vitrine does not know how to open <strong>{fileName}</strong>. Which program shall try?
			</p>
			<ListBox
				className="open-with-list"
				aria-label="Programs"
				selectionMode="single"
				disallowEmptySelection
				autoFocus
				selectedKeys={selected === undefined ? [] : [selected]}
				onSelectionChange={(keys) => setSelected(keys === 'all' ? undefined : String([...keys][0]))}
				onAction={(key) => onChoose(String(key))}
			>
				{programs.map((program) => (
					<ListBoxItem key={program.name} id={program.name} textValue={program.title} className="open-with-item">
						<Icon name={program.icon as IconName} size={32} />
						{program.title}
					</ListBoxItem>
				))}
			</ListBox>
			<div className="message-actions">
				<Button kind="primary" type="submit">
					Open
				</Button>
				<Button onPress={() => onChoose(undefined)}>Cancel</Button>
			</div>
		</form>
	);
}
