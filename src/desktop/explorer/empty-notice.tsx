/** What stands in place of a list that has nothing to show: empty, not found, or failed. */
import { explainError } from '#desktop/files/failure-words.ts';
import { Button } from '#ui/controls/button.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import type { ExplorerModel } from './explorer-model.ts';

export function EmptyNotice({ model }: { model: ExplorerModel }) {
	const { list, mode } = model;
	if (list.keys.length > 0) return null;
	if (list.state === 'loading') {
		return (
			<div className="empty-notice">
				<Spinner label="Reading the folder" size={28} />
			</div>
		);
	}
	if (list.state === 'failed') {
		return (
			<div className="empty-notice is-solid" role="alert">
				<h2>“{model.title}” cannot be shown</h2>
				<p>{explainError(list.error)}</p>
				<div className="empty-notice-actions">
					<Button onPress={() => model.refresh()}>Try again</Button>
					{model.path === '/' ? null : <Button onPress={() => model.up()}>Go up</Button>}
				</div>
			</div>
		);
	}
	return (
		<div className="empty-notice">
			<p role="status">{emptyWords(model, mode)}</p>
		</div>
	);
}

function emptyWords({ query, list }: ExplorerModel, mode: ExplorerModel['mode']): string {
	if (mode === 'recycle-bin') return 'The Recycle Bin is empty.';
	if (mode === 'search') return `Nothing here has “${query}” in its name.`;
	if (list.hiddenCount > 0) return 'Everything in this folder is hidden.';
	return 'This folder is empty. Drop files here to bring them in.';
}
