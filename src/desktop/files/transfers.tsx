/** Content of the window of the transfers under way: a card each, with progress, a question, or what failed. */
import { useEffect, useRef } from 'react';
import { baseName } from '#base/path.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { ConflictCard } from './conflict-card.tsx';
import { formatNumber, formatSize, formatTimeLeft } from './format.ts';
import type { Transfer } from './transfer.ts';
import type { TransferQueue } from './transfer-queue.ts';
import { useEvent } from './use-event.ts';
import './transfers.css';

export interface TransfersProps {
	readonly queue: TransferQueue;
	isShown(transfer: Transfer): boolean;
	/** The height that the content needs. */
	onMeasured(height: number): void;
}

const mostHeight = 560;

export default function Transfers({ queue, isShown, onMeasured }: TransfersProps) {
	const version = useRef(0);
	useEvent(
		(listener) =>
			queue.onChange(() => {
				version.current++;
				listener();
			}),
		() => version.current,
	);
	const cards = useRef<HTMLUListElement>(null);
	useEffect(() => {
		if (cards.current === null) return;
		const measured = cards.current;
		const observer = new ResizeObserver(() => onMeasured(Math.min(mostHeight, measured.offsetHeight)));
		observer.observe(measured);
		return () => observer.disconnect();
	}, [onMeasured]);
	return (
		<div className="transfers">
			<ul ref={cards} aria-label="File operations">
				{queue.transfers.filter(isShown).map((transfer) => (
					<li key={transfer.identifier} className="transfer">
						<TransferCard transfer={transfer} onDismiss={() => queue.dismiss(transfer)} />
					</li>
				))}
			</ul>
		</div>
	);
}

function TransferCard({ transfer, onDismiss }: { transfer: Transfer; onDismiss(): void }) {
	if (transfer.question !== undefined) {
		return <ConflictCard key={transfer.question.incoming.path} transfer={transfer} question={transfer.question} />;
	}
	if (transfer.ended) return <FailureCard transfer={transfer} onDismiss={onDismiss} />;
	const isPaused = transfer.state === 'paused';
	return (
		<>
			<ProgressBar
				label={transfer.title}
				fraction={transfer.fraction}
				state={isPaused ? 'paused' : 'normal'}
				valueText={isPaused ? 'Paused' : transfer.state === 'waiting' ? 'Waiting' : undefined}
			/>
			<p className="transfer-detail">{detailOf(transfer)}</p>
			<p className="transfer-name">{baseName(transfer.currentName) || ' '}</p>
			<div className="transfer-actions">
				{transfer.state === 'waiting' ? null : (
					<Button size="small" onPress={() => (isPaused ? transfer.resume() : transfer.pause())}>
						{isPaused ? 'Resume' : 'Pause'}
					</Button>
				)}
				<Button size="small" onPress={() => transfer.cancel()}>
					Cancel
				</Button>
			</div>
		</>
	);
}

function detailOf(transfer: Transfer): string {
	const { itemsDone, itemsTotal, bytesDone, bytesTotal, timeLeftMs, bytesPerSecond } = transfer;
	if (!transfer.counted) return 'Counting what there is to do…';
	const parts = [`${formatNumber(Math.min(itemsDone + 1, itemsTotal))} of ${formatNumber(itemsTotal)}`];
	if (bytesTotal > 0) parts.push(`${formatSize(bytesDone)} of ${formatSize(bytesTotal)}`);
	if (bytesPerSecond > 0 && transfer.state === 'running') parts.push(`${formatSize(bytesPerSecond)} a second`);
	if (timeLeftMs !== undefined && transfer.state === 'running') parts.push(formatTimeLeft(timeLeftMs));
	return parts.join(' · ');
}

function FailureCard({ transfer, onDismiss }: { transfer: Transfer; onDismiss(): void }) {
	const count = transfer.failures.length;
	return (
		<>
			<h2 className="transfer-title">{transfer.title}</h2>
			<p className="transfer-detail">
				{count === 1 ? 'One item could not be done.' : `${formatNumber(count)} items could not be done.`}
			</p>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard */}
			<ul className="transfer-failures" tabIndex={0} aria-label="What failed">
				{transfer.failures.slice(0, 500).map(({ path, reason }) => (
					<li key={`${path}\n${reason}`}>
						{path === '' ? null : <span className="transfer-failure-name">{baseName(path)}</span>}
						<span className="transfer-failure-reason">{reason}</span>
					</li>
				))}
			</ul>
			<div className="transfer-actions">
				<Button size="small" kind="primary" autoFocus onPress={onDismiss}>
					Close
				</Button>
			</div>
		</>
	);
}
