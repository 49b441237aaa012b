/**
 * Previous versions: what a file held before, and what was deleted in a folder.
 *
 * Everything here is done at once, by a button that says so. Restoring keeps what the file holds now as a version, and is a step
 * of Explorer's undo; only deleting a version is for good.
 */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { explainError } from '../../files/failure-words.ts';
import { formatLongDate } from '../../files/format.ts';
import { Notice } from '../notice.tsx';
import type { PropertiesPageProps } from '../properties-page.ts';
import { type ListedVersion, useVersions } from './use-versions.ts';
import { VersionList } from './version-list.tsx';
import './versions.css';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));

export default function VersionsPage(props: PropertiesPageProps) {
	const state = useVersions(props.subject);
	const [said, say] = useState<ReactNode>();
	const isFolder = props.subject.stats[0]?.kind === 'directory';
	return (
		<div className="properties-body versions">
			<p className="versions-hint">
				{isFolder
					? 'Files that were deleted here without the Recycle Bin, as they were last.'
					: 'What the file held before it was changed or replaced. Versions grow fewer as they grow older, and go first when the disk is full.'}
			</p>
			{state.kind === 'loading' ? <Spinner label="Looking" /> : null}
			{state.kind === 'failed' ? <Notice kind="warning">{state.reason}</Notice> : null}
			{state.kind === 'known' && state.versions.length === 0 ? <None isFolder={isFolder} /> : null}
			{state.kind === 'known' && state.versions.length > 0 ? (
				<Known {...props} versions={state.versions} onSaid={say} />
			) : null}
			{said}
		</div>
	);
}

function None({ isFolder }: { readonly isFolder: boolean }) {
	return (
		<Notice kind="information">
			{isFolder
				? 'There is nothing. What was deleted with the Delete key is in the Recycle Bin.'
				: 'There are none yet. The first is kept when the file is changed next.'}
		</Notice>
	);
}

type Asking = 'compare' | 'erase';

interface KnownProps extends PropertiesPageProps {
	readonly versions: readonly ListedVersion[];
	/** What became of something that was done; it stays when the last version has gone. */
	onSaid(notice: ReactNode): void;
}

function Known({ subject, onChanged, versions, onSaid }: KnownProps) {
	const { files } = subject;
	const [chosen, choose] = useState<string>();
	const [asking, ask] = useState<Asking>();
	const listed = versions.find(({ key }) => key === chosen) ?? (versions[0] as ListedVersion);
	const run = async (action: () => Promise<ReactNode>): Promise<void> => {
		try {
			onSaid(<Notice kind="good">{await action()}</Notice>);
		} catch (error) {
			onSaid(<Notice kind="warning">{explainError(error)}</Notice>);
		}
		onChanged();
	};
	const until = formatLongDate(listed.version.keptTime);
	return (
		<>
			<VersionList
				label="Previous versions"
				versions={versions}
				selected={listed.key}
				onSelect={choose}
				onOpen={(key) => subject.open(versions.find((one) => one.key === key)?.version.path ?? listed.version.path)}
			/>
			<div className="versions-buttons">
				<Button onPress={() => subject.open(listed.version.path)}>Open</Button>
				{listed.isDeleted ? null : <Button onPress={() => ask('compare')}>Compare…</Button>}
				<Button onPress={() => void run(async () => `Saved as “${await files.operations.copyVersion(listed)}”.`)}>
					Save a copy
				</Button>
				<Button
					kind="primary"
					icon="arrow-counter-clockwise"
					onPress={() =>
						void run(async () => {
							await files.operations.restoreVersion(listed.path, listed.version.id);
							return `“${listed.name}” is again as it was until ${until}. Undo in Explorer takes it back.`;
						})
					}
				>
					Restore
				</Button>
				<Button kind="plain" icon="trash" onPress={() => ask('erase')}>
					Delete for good…
				</Button>
			</div>
			{asking === 'compare' ? (
				<Suspense fallback={<Spinner label="Comparing" />}>
					<CompareDialog system={files.system} listed={listed} onClose={() => ask(undefined)} />
				</Suspense>
			) : null}
			{asking === 'erase' ? (
				<EraseQuestion
					until={until}
					onClose={() => ask(undefined)}
					onErase={() => {
						ask(undefined);
						void run(async () => {
							await files.system.versionErase(listed.path, listed.version.id);
							return 'The version is deleted.';
						});
					}}
				/>
			) : null}
		</>
	);
}

interface EraseQuestionProps {
	readonly until: string;
	onClose(): void;
	onErase(): void;
}

function EraseQuestion({ until, onClose, onErase }: EraseQuestionProps) {
	return (
		<Dialog
			title="Delete this version for good?"
			onClose={onClose}
			actions={
				<>
					<Button kind="danger" onPress={onErase}>
						Delete for good
					</Button>
					<Button autoFocus onPress={onClose}>
						Cancel
					</Button>
				</>
			}
		>
			<p>What the file held until {until} cannot be brought back afterwards. The file itself stays as it is.</p>
		</Dialog>
	);
}
