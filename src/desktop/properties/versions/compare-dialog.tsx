/** What has changed in a text since a version of it. */
import { useEffect, useState } from 'react';
import type { System } from '#runtime/system.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { explainError } from '../../files/failure-words.ts';
import { formatCount } from '../../files/format.ts';
import { type ComparedLine, compareTexts, decodeText } from './compare-texts.ts';
import type { ListedVersion } from './use-versions.ts';

interface CompareDialogProps {
	readonly system: System;
	readonly listed: ListedVersion;
	onClose(): void;
}

const mostBytes = 1024 * 1024;
const mostLines = 2000;
const marks: Readonly<Record<ComparedLine['kind'], string>> = { same: ' ', added: '+', removed: '−', 'left-out': '⋮' };
const spoken: Readonly<Record<ComparedLine['kind'], string>> = {
	same: '',
	added: 'now: ',
	removed: 'before: ',
	'left-out': '',
};

export default function CompareDialog({ system, listed, onClose }: CompareDialogProps) {
	const [result, setResult] = useState<readonly ComparedLine[] | string>();
	useEffect(() => {
		let isShown = true;
		compare(system, listed).then(
			(found) => isShown && setResult(found),
			(error: unknown) => isShown && setResult(explainError(error)),
		);
		return () => {
			isShown = false;
		};
	}, [system, listed]);
	return (
		<Dialog
			title="What has changed since"
			width={480}
			onClose={onClose}
			actions={
				<Button kind="primary" onPress={onClose}>
					Close
				</Button>
			}
		>
			{result === undefined ? <Spinner label="Comparing" /> : null}
			{typeof result === 'string' ? <p>{result}</p> : null}
			{typeof result === 'object' ? <Lines lines={result} /> : null}
		</Dialog>
	);
}

function Lines({ lines }: { readonly lines: readonly ComparedLine[] }) {
	if (lines.length === 0) return <p>Nothing: the file holds what this version holds.</p>;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
		<section className="versions-compared selectable" aria-label="Differences" tabIndex={0}>
			{lines.slice(0, mostLines).map(({ kind, text }, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the lines never change.
				<div key={index} className={`versions-line versions-${kind}`}>
					<span aria-hidden="true">{marks[kind]}</span>
					<span className="visually-hidden">{spoken[kind]}</span>
					<span>{kind === 'left-out' ? `${formatCount(Number(text), 'line')} the same` : text}</span>
				</div>
			))}
			{lines.length > mostLines ? <p>… and {formatCount(lines.length - mostLines, 'more line')}</p> : null}
		</section>
	);
}

/** The lines, or a sentence that says why there are none to show. */
async function compare(system: System, { path, version }: ListedVersion): Promise<ComparedLine[] | string> {
	const { size } = await system.pathStat(path);
	if (size > mostBytes || version.size > mostBytes) return 'Only texts of up to 1 MB can be compared here.';
	const [before, after] = await Promise.all([
		system.pathRead(version.path, mostBytes),
		system.pathRead(path, mostBytes),
	]);
	const [old, current] = [decodeText(before), decodeText(after)];
	if (old === undefined || current === undefined)
		return 'This is no text. Open the version in its program to look at it.';
	return compareTexts(old, current);
}
