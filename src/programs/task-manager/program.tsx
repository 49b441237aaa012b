/** Task Manager: what runs, what it costs, and the services. Argument 0 chooses the page. */
import { useEffect, useRef, useState } from 'react';
import type { ServiceInfo } from '#abi/structures.generated.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import { toSettingValue } from '#runtime/settings.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Tabs } from '#ui/controls/tabs.tsx';
import { endTask } from './end-task.ts';
import { PerformancePage } from './performance-page.tsx';
import type { ProcessRow } from './process-sampler.ts';
import { ProcessesPage } from './processes-page.tsx';
import { type ServiceAction, ServicesPage } from './services-page.tsx';
import { useMonitor } from './use-monitor.ts';
import './task-manager.css';

const pageIds = ['processes', 'performance', 'services'];

async function confirmAndEnd({ system, shell }: ProgramProps, row: ProcessRow): Promise<void> {
	const answer = await shell.ask({
		title: 'End task',
		message: `End ${row.title}?`,
		detail: 'It is asked to end first, and forced to when it does not. What it has not saved is lost.',
		kind: 'warning',
		buttons: ['End task', 'Cancel'],
		defaultButton: 'Cancel',
	});
	if (answer !== 'End task') return;
	try {
		await endTask(system, row.pid);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const message = `${row.title} could not be ended. ${reason}`;
		await shell.ask({ title: 'End task', message, kind: 'error', buttons: ['OK'] });
	}
}

/** What is done to a service: a call with the own rights, or the same as a command with those of an administrator. */
async function controlService(
	{ system, shell }: ProgramProps,
	{ name, title }: ServiceInfo,
	action: ServiceAction,
): Promise<void> {
	const control = {
		start: () => system.serviceStart(name),
		stop: () => system.serviceStop(name),
		restart: () => system.serviceRestart(name),
	};
	const isControl = action === 'start' || action === 'stop' || action === 'restart';
	const key = `/machine/services/${name}/start`;
	try {
		await runOrElevate(system, {
			action: isControl
				? control[action]
				: () => system.settingChange([{ key, value: toSettingValue(action) }], undefined),
			command: isControl ? `service ${action} ${name}` : `service set ${name} ${action}`,
			reason: isControl ? `${action} the service “${title}”` : `change when the service “${title}” starts`,
		});
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		await shell.ask({ title, message, kind: 'error', buttons: ['OK'] });
	}
}

function TaskManager(props: ProgramProps) {
	const root = useRef<HTMLDivElement>(null);
	const { window } = props;
	useEffect(() => window.setTitle('Task Manager'), [window]);
	const { rows, history, failure, refresh } = useMonitor(props.system, root);
	const [argument = ''] = props.start.arguments;
	const [page, setPage] = useState(pageIds.includes(argument) ? argument : 'processes');
	const end = (row: ProcessRow) => void confirmAndEnd(props, row).then(refresh);
	return (
		<div ref={root} className="task-manager">
			{failure === undefined ? null : (
				<p className="task-failure" role="alert">
					The figures could not be read: {failure}
				</p>
			)}
			<Tabs
				label="Task Manager"
				selected={page}
				onChange={setPage}
				pages={[
					{ id: 'processes', label: 'Processes', content: <ProcessesPage rows={rows} onEnd={end} /> },
					{
						...{ id: 'performance', label: 'Performance' },
						content: <PerformancePage history={history} processes={rows.length} />,
					},
					{
						...{ id: 'services', label: 'Services' },
						content: (
							<ServicesPage
								system={props.system}
								root={root}
								onControl={(service, action) => controlService(props, service, action)}
							/>
						),
					},
				]}
			/>
		</div>
	);
}

const program: WindowProgram = {
	Component: TaskManager,
	size: { width: 1000, height: 560 },
	minimumSize: { width: 480, height: 320 },
};

export default program;
