/** Pages behind tabs; arrows walk the tabs. */
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import './tabs.css';

export interface TabPage {
	readonly id: string;
	readonly label: string;
	readonly content: ReactNode;
}

export interface TabsProps {
	/** Accessible name of the row of tabs. */
	readonly label: string;
	readonly pages: readonly TabPage[];
	readonly selected?: string;
	/** Pages that are not shown stay as they are, out of sight. */
	readonly keepMounted?: boolean;
	onChange?(id: string): void;
}

export function Tabs({ label, pages, selected, keepMounted = false, onChange }: TabsProps) {
	return (
		<AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onChange?.(String(key))}>
			<TabList className="tab-list" aria-label={label}>
				{pages.map((page) => (
					<Tab key={page.id} id={page.id} className="tab">
						{page.label}
					</Tab>
				))}
			</TabList>
			{pages.map((page) => (
				<TabPanel key={page.id} id={page.id} className="tab-panel" shouldForceMount={keepMounted}>
					{page.content}
				</TabPanel>
			))}
		</AriaTabs>
	);
}
