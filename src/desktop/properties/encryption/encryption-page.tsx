/**
 * Encryption: whether the content is encrypted, who can open it, and changing both.
 *
 * The check box waits for OK, as on every tab; letting somebody open a file and taking that back are done at once, by buttons
 * that say so. What takes long is a transfer, with progress and cancel.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { Notice } from '../notice.tsx';
import type { PropertiesPageProps } from '../properties-page.ts';
import { EncryptionNotices } from './encryption-notices.tsx';
import { OpenersSection } from './openers-section.tsx';
import { type EncryptionFacts, useEncryption } from './use-encryption.ts';
import './encryption.css';

export default function EncryptionPage(props: PropertiesPageProps) {
	const state = useEncryption(props.subject);
	return (
		<div className="properties-body encryption">
			{state.kind === 'loading' ? <Spinner label="Looking" /> : null}
			{state.kind === 'failed' ? <Notice kind="warning">{state.reason}</Notice> : null}
			{state.kind === 'unsupported' ? <Notice kind="information">What stands here cannot be encrypted.</Notice> : null}
			{state.kind === 'known' ? <Known {...props} facts={state.facts} /> : null}
		</div>
	);
}

function Known(props: PropertiesPageProps & { readonly facts: EncryptionFacts }) {
	const { subject, facts, onPending, onChanged } = props;
	const { files, paths, stats } = subject;
	const encrypted = facts.infos.filter((info) => info.encrypted).length;
	const hasFolder = stats.some(({ kind }) => kind === 'directory');
	const [wanted, setWanted] = useState<boolean>();
	const [below, setBelow] = useState(true);
	const isAll = encrypted === facts.infos.length;
	const isChanged = wanted !== undefined && (wanted !== isAll || (encrypted > 0 && !isAll));
	const apply = useCallback(async () => {
		const change = wanted ? 'encrypt' : 'decrypt';
		const transfer = await files.encryption.change(paths, { change, below });
		if (transfer === undefined) return false;
		setWanted(undefined);
		// The window may close: the transfer goes on. While it stays open it shows what came of it.
		void transfer.finished.then(onChanged);
		return true;
	}, [files, paths, wanted, below, onChanged]);
	const pending = useMemo(() => (isChanged ? { apply } : undefined), [isChanged, apply]);
	useEffect(() => onPending(pending), [onPending, pending]);
	return (
		<>
			<EncryptionNotices {...{ subject, facts, onChanged }} />
			<div className="encryption-choice">
				<Checkbox
					checked={wanted ?? encrypted > 0}
					indeterminate={wanted === undefined && encrypted > 0 && !isAll}
					onChange={setWanted}
				>
					{hasFolder ? 'Encrypt what is in it' : 'Encrypt the content'}
				</Checkbox>
				{hasFolder && isChanged ? (
					<Checkbox checked={below} onChange={setBelow}>
						Also what stands in it already
					</Checkbox>
				) : null}
				<p className="encryption-hint">
					Only who has a key that opens it can read the content: not another person at this computer, not who takes the
					disk. Names, sizes and dates stay readable.
				</p>
			</div>
			<OpenersSection {...{ subject, facts, onChanged }} />
		</>
	);
}
