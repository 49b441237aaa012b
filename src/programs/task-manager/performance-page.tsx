/** Live graphs of figures that are measured; what the browser does not tell is left out. */
import { formatSize } from '#base/format-size.ts';
import { Graph } from './graph.tsx';
import { type PerformanceSample, roundUp, roundUpBytes } from './performance-history.ts';
import { formatCalls, formatPercent, formatRate } from './units.ts';

export function PerformancePage({ history, processes }: { history: readonly PerformanceSample[]; processes: number }) {
	const now = history.at(-1);
	if (now === undefined) return null;
	const series = (field: 'processorPercent' | 'callsPerSecond' | 'readPerSecond' | 'writtenPerSecond') =>
		history.map((sample) => sample[field]);
	const calls = series('callsPerSecond');
	const [read, written] = [series('readPerSecond'), series('writtenPerSecond')];
	const processor = series('processorPercent');
	const processorTop = roundUp(Math.max(...processor), 100);
	const callsTop = roundUp(Math.max(...calls), 50);
	const bytesTop = roundUpBytes(Math.max(...read, ...written), 1024);
	return (
		<div className="task-graphs">
			<Graph
				{...{ title: 'Processor', current: `${formatPercent(now.processorPercent)} of one` }}
				{...{
					top: processorTop,
					topLabel: formatPercent(processorTop),
					detail: 'WASI programs; others are not measured',
				}}
				lines={[{ label: 'processor', values: processor }]}
			/>
			<Graph
				{...{ title: 'System calls', current: `${formatCalls(now.callsPerSecond)} a second` }}
				{...{ top: callsTop, topLabel: `${formatCalls(callsTop)}/s`, detail: `${processes} processes` }}
				lines={[{ label: 'calls', values: calls }]}
			/>
			<Graph
				title="Files and streams"
				current={`${formatRate(now.readPerSecond)} read, ${formatRate(now.writtenPerSecond)} written`}
				{...{ top: bytesTop, topLabel: formatRate(bytesTop), detail: 'Solid: read. Dashed: written.' }}
				lines={[
					{ label: 'read', values: read },
					{ label: 'written', values: written, dashed: true },
				]}
			/>
			<HeapGraph history={history} />
			<VolumeGraph history={history} />
		</div>
	);
}

function HeapGraph({ history }: { history: readonly PerformanceSample[] }) {
	const now = history.at(-1);
	if (now?.heapBytes === undefined) return null;
	const values = history.map((sample) => sample.heapBytes ?? 0);
	const top = roundUpBytes(Math.max(...values), 16 * 1024 ** 2);
	const limit = now.heapLimitBytes === undefined ? '' : `; the browser allows ${formatSize(now.heapLimitBytes)}`;
	return (
		<Graph
			{...{ title: 'Memory of the page', current: formatSize(now.heapBytes), top, topLabel: formatSize(top) }}
			detail={`JavaScript heap without Workers${limit}`}
			lines={[{ label: 'heap', values }]}
		/>
	);
}

function VolumeGraph({ history }: { history: readonly PerformanceSample[] }) {
	const now = history.at(-1);
	if (now?.volume === undefined) return null;
	const values = history.map((sample) => sample.volume?.usedBytes ?? 0);
	const top = roundUpBytes(Math.max(...values), 1024 ** 2);
	const allowed = now.quotaBytes === undefined ? '' : ` of ${formatSize(now.quotaBytes)} allowed`;
	return (
		<Graph
			{...{ title: 'System volume', current: `${formatSize(now.volume.usedBytes)}${allowed}` }}
			{...{ top, topLabel: formatSize(top) }}
			detail={`${formatSize(now.volume.contentBytes)} of content in ${now.volume.files.toLocaleString('en-GB')} files and folders`}
			lines={[{ label: 'volume', values }]}
		/>
	);
}
