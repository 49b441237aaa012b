/** The line below the list: how much there is, how much is selected, how much room is left. */
import { useEffect, useState } from 'react';
import { formatCount, formatSize } from '#desktop/files/format.ts';
import type { ExplorerModel } from './explorer-model.ts';

/** Counting the sizes of more than this at every change of the selection would be felt. */
const mostSummed = 5_000;

export function StatusBar({ model }: { model: ExplorerModel }) {
	const { list, selection } = model;
	const free = useFreeBytes(model);
	return (
		<div className="status-bar" role="status">
			<span>{list.state === 'loading' ? 'Reading the folder…' : describeList(model)}</span>
			{selection.count === 0 ? null : <span>{describeSelection(model)}</span>}
			<span className="status-bar-end">{free === undefined ? '' : `${formatSize(free)} free`}</span>
		</div>
	);
}

function describeList({ list, mode }: ExplorerModel): string {
	const count = formatCount(list.keys.length, 'item');
	if (mode === 'search') return list.truncated ? `The first ${count} found` : `${count} found`;
	return list.hiddenCount === 0 ? count : `${count} (${list.hiddenCount} hidden)`;
}

function describeSelection({ list, selection }: ExplorerModel): string {
	const selected = `${formatCount(selection.count, 'item')} selected`;
	if (selection.count > mostSummed) return selected;
	let bytes = 0;
	for (const key of selection.snapshot.selected) {
		const item = list.itemAt(selection.indexOf(key));
		if (item === undefined || (item.kind === 'directory' && item.size === 0)) return selected;
		bytes += item.size;
	}
	return `${selected}, ${formatSize(bytes)}`;
}

/** What the browser still grants this origin, asked anew in each folder. */
function useFreeBytes({ path }: ExplorerModel): number | undefined {
	const [free, setFree] = useState<number | undefined>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: going elsewhere is the moment to ask again
	useEffect(() => {
		let isShown = true;
		navigator.storage.estimate().then(
			({ quota, usage }) =>
				isShown && quota !== undefined && usage !== undefined && setFree(Math.max(0, quota - usage)),
			() => isShown && setFree(undefined),
		);
		return () => {
			isShown = false;
		};
	}, [path]);
	return free;
}
