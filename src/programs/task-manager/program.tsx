/** Task Manager: what runs, what it costs, and what the system has written down. Argument 0 chooses the page. */
import { useEffect, useRef, useState } from 'react';
import { writeText } from '#runtime/text-files.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Tabs } from '#ui/controls/tabs.tsx';
import { endTask } from './end-task.ts';
import { LogPage } from './log-page.tsx';
import { PerformancePage } from './performance-page.tsx';
import type { ProcessRow } from './process-sampler.ts';
import { ProcessesPage } from './processes-page.tsx';
import { useMonitor } from './use-monitor.ts';
import './task-manager.css';

const pageIds = ['processes', 'performance', 'log'];

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

async function exportLog({ system, shell }: ProgramProps, text: string): Promise<void> {
	const name = `System log ${new Date().toISOString().slice(0, 10)}.txt`;
	const path = await shell.pickSavePath({ title: 'Export the log', name, extensions: ['.txt'] });
	if (path === undefined) return;
	try {
		await writeText(system, path, text);
	} catch (error) {
		const message = `The log could not be written. ${error instanceof Error ? error.message : String(error)}`;
		await shell.ask({ title: 'Export the log', message, kind: 'error', buttons: ['OK'] });
	}
}

function TaskManager(props: ProgramProps) {
	const root = useRef<HTMLDivElement>(null);
	const { window } = props;
	useEffect(() => window.setTitle('Task Manager'), [window]);
	const { rows, history, log, failure, refresh } = useMonitor(props.system, root);
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
						...{ id: 'log', label: 'System log' },
						content: <LogPage log={log} onExport={(text) => void exportLog(props, text)} />,
					},
				]}
			/>
		</div>
	);
}

const program: WindowProgram = {
	Component: TaskManager,
	size: { width: 900, height: 560 },
	minimumSize: { width: 480, height: 320 },
};

export default program;
