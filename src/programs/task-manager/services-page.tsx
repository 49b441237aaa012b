/** The services: what they do, and starting and stopping them. */
import { type RefObject, useEffect, useState } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { ServiceInfo, ServiceStart, ServiceState } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select, type SelectOption } from '#ui/controls/select.tsx';

const periodMs = 1000;

const stateWords: Readonly<Record<ServiceState, string>> = {
	stopped: 'Stopped',
	starting: 'Starting',
	running: 'Running',
	stopping: 'Stopping',
	waiting: 'Waiting to start again',
	failed: 'Failed',
};
const startOptions: readonly SelectOption<ServiceStart>[] = [
	{ value: 'automatic', label: 'With the system' },
	{ value: 'delayed', label: 'Two minutes later' },
	{ value: 'manual', label: 'When asked' },
	{ value: 'disabled', label: 'Never' },
];

export type ServiceAction = 'start' | 'stop' | 'restart' | ServiceStart;

export interface ServicesPageProps {
	readonly system: System;
	readonly root: RefObject<HTMLElement | null>;
	/** Does it, asks the person for their agreement where that is needed, and says what went wrong. */
	onControl(service: ServiceInfo, action: ServiceAction): Promise<void>;
}

/** The services as they are now, once a second while somebody can see them. */
function useServices(system: System, root: RefObject<HTMLElement | null>) {
	const [services, setServices] = useState<readonly ServiceInfo[]>();
	const [failure, setFailure] = useState<string>();
	useEffect(() => {
		let stopped = false;
		const take = async () => {
			try {
				const next = await system.serviceList();
				if (!stopped) setServices(next);
			} catch (error) {
				if (!stopped) setFailure(error instanceof Error ? error.message : String(error));
			}
		};
		const timer = setInterval(() => {
			if (root.current?.checkVisibility({ visibilityProperty: true }) === true) void take();
		}, periodMs);
		void take();
		return () => {
			stopped = true;
			clearInterval(timer);
		};
	}, [system, root]);
	return { services, failure };
}

function describe({ summary, failure, needs, startSource }: ServiceInfo): string {
	const parts = [summary];
	if (needs.length > 0) parts.push(`Needs ${needs.join(', ')}.`);
	if (failure !== '') parts.push(`Last failure: ${failure}.`);
	if (startSource.endsWith('policy')) parts.push('When it starts is set by a policy.');
	return parts.join(' ');
}

export function ServicesPage({ system, root, onControl }: ServicesPageProps) {
	const { services, failure } = useServices(system, root);
	const [name, setName] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const service = services?.find((each) => each.name === name);
	const control = (action: ServiceAction) => {
		if (service === undefined) return;
		setBusy(true);
		void onControl(service, action).finally(() => setBusy(false));
	};
	if (failure !== undefined)
		return (
			<p className="task-failure" role="alert">
				The services could not be read: {failure}
			</p>
		);
	return (
		<div className="task-page">
			<div className="task-scroll">
				<ServiceTable services={services ?? []} selected={service?.name} onSelect={setName} />
			</div>
			<p className="task-note" role="status">
				{service === undefined ? 'Choose a service to read what it is for.' : describe(service)}
			</p>
			<ServiceFoot {...{ service, isBusy, control }} />
		</div>
	);
}

interface ServiceFootProps {
	readonly service: ServiceInfo | undefined;
	readonly isBusy: boolean;
	readonly control: (action: ServiceAction) => void;
}

function ServiceFoot({ service, isBusy, control }: ServiceFootProps) {
	const isUp = service !== undefined && ['starting', 'running', 'waiting'].includes(service.state);
	const isOff = isBusy || service === undefined;
	return (
		<div className="task-foot">
			<Select<ServiceStart>
				{...{ label: 'Starts', hideLabel: true, value: service?.start ?? 'manual', options: startOptions }}
				disabled={isOff || service.startSource.endsWith('policy')}
				onChange={control}
			/>
			<div className="task-buttons">
				<Button
					disabled={isOff || isUp || service.start === 'disabled'}
					ariaLabel="Start service"
					onPress={() => control('start')}
				>
					Start
				</Button>
				<Button disabled={isOff || !isUp} ariaLabel="Stop service" onPress={() => control('stop')}>
					Stop
				</Button>
				<Button disabled={isOff || !isUp} ariaLabel="Restart service" onPress={() => control('restart')}>
					Restart
				</Button>
			</div>
		</div>
	);
}

interface ServiceTableProps {
	readonly services: readonly ServiceInfo[];
	readonly selected: string | undefined;
	onSelect(name: string): void;
}

function ServiceTable({ services, selected, onSelect }: ServiceTableProps) {
	return (
		<Table
			aria-label="Services"
			data-autofocus
			className="task-table"
			selectionMode="single"
			selectionBehavior="replace"
			selectedKeys={selected === undefined ? [] : [selected]}
			onSelectionChange={(keys) => {
				const [key] = keys === 'all' ? [] : [...keys];
				if (key !== undefined) onSelect(String(key));
			}}
		>
			<TableHeader>
				{['Name', 'State', 'Starts', 'PID'].map((title, index) => (
					<Column key={title} id={title} isRowHeader={index === 0} className="task-column">
						{title}
					</Column>
				))}
			</TableHeader>
			<TableBody items={services} renderEmptyState={() => <p className="task-empty">There are no services.</p>}>
				{(each) => (
					<Row id={each.name} className="task-row">
						{[
							each.title,
							stateWords[each.state],
							startOptions.find(({ value }) => value === each.start)?.label ?? each.start,
							each.pid === undefined ? '' : String(each.pid),
						].map((text, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their places
							<Cell key={index} className="task-cell">
								{text}
							</Cell>
						))}
					</Row>
				)}
			</TableBody>
		</Table>
	);
}
