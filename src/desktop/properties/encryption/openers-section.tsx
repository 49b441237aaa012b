/** Who can open it: people and recovery agents; letting somebody in, and out again. */
import { useId, useState } from 'react';
import type { KeyHolder } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Icon } from '#ui/icon.tsx';
import { describePaths } from '../../files/file-operations.ts';
import type { EncryptionPartProps } from './encryption-notices.tsx';
import { type Opener, openersOf } from './use-encryption.ts';

export function OpenersSection(props: EncryptionPartProps) {
	const { facts, subject } = props;
	const headingId = useId();
	const [revoking, setRevoking] = useState<KeyHolder>();
	const encrypted = facts.infos.filter((info) => info.encrypted);
	if (encrypted.length === 0) return null;
	if (subject.stats.every(({ kind }) => kind === 'directory')) return <FolderOpeners {...props} />;
	const openers = openersOf(encrypted);
	const mayChange = encrypted.every(({ mayOpen }) => mayOpen);
	return (
		<section aria-labelledby={headingId} className="encryption-openers">
			<h3 id={headingId}>Who can open {encrypted.length === 1 ? 'it' : 'them'}</h3>
			<ul>
				{openers.map((opener) => (
					<OpenerRow
						key={opener.holder.key}
						{...{ opener, facts }}
						total={encrypted.length}
						canRevoke={mayChange && canRevoke(opener, openers, props)}
						onRevoke={() => setRevoking(opener.holder)}
					/>
				))}
			</ul>
			{mayChange ? <ShareRow {...props} openers={openers} /> : null}
			{revoking === undefined ? null : (
				<RevokeDialog {...props} holder={revoking} onClose={() => setRevoking(undefined)} />
			)}
		</section>
	);
}

/** The last key stays, and so does an agent of the policy. */
function canRevoke({ holder }: Opener, openers: readonly Opener[], { facts }: EncryptionPartProps): boolean {
	const isPolicy = holder.kind === 'agent' && facts.agents.some(({ key }) => key === holder.key);
	return openers.length > 1 && !isPolicy;
}

interface OpenerRowProps extends Pick<EncryptionPartProps, 'facts'> {
	readonly opener: Opener;
	readonly total: number;
	readonly canRevoke: boolean;
	onRevoke(): void;
}

function OpenerRow({ opener: { holder, count }, facts, total, canRevoke: isRevocable, onRevoke }: OpenerRowProps) {
	const name = nameOf(holder, facts.me);
	return (
		<li className="encryption-opener">
			<Icon name={holder.kind === 'agent' ? 'shield-check' : 'user'} size={20} />
			<span className="encryption-who">
				{name}
				<span className="encryption-hint">
					{holder.kind === 'agent' ? 'Recovery agent' : `Key ${holder.key.slice(0, 8)}`}
					{count < total ? ` · ${count} of ${total} files` : ''}
				</span>
			</span>
			{isRevocable ? (
				<Button size="small" ariaLabel={`Remove ${name}`} onPress={onRevoke}>
					Remove…
				</Button>
			) : null}
		</li>
	);
}

function nameOf({ name, sid }: KeyHolder, me: string): string {
	return `${name || 'Somebody who is not known here'}${sid === me ? ' (you)' : ''}`;
}

function FolderOpeners({ facts }: EncryptionPartProps) {
	const names = facts.agents.map(({ name }) => name).join(', ');
	return (
		<p className="encryption-hint">
			What is made in this folder can be opened by whoever makes it
			{names === ''
				? ''
				: ` and by ${facts.agents.length === 1 ? 'the recovery agent' : 'the recovery agents'} ${names}`}
			. Whom else to let in is chosen for each file.
		</p>
	);
}

function ShareRow({
	subject,
	facts,
	openers,
	onChanged,
}: EncryptionPartProps & { readonly openers: readonly Opener[] }) {
	const candidates = facts.people.filter(
		({ sid, key }) =>
			sid !== undefined && !openers.some(({ holder, count }) => holder.key === key && count === facts.infos.length),
	);
	const [chosen, setChosen] = useState<string>();
	if (candidates.length === 0)
		return (
			<p className="encryption-hint">
				{facts.people.some(({ sid }) => sid !== facts.me)
					? 'Everybody else here who has a key can open it already.'
					: 'Nobody else at this computer has a key yet: it comes with their password.'}
			</p>
		);
	const sid = chosen ?? candidates[0]?.sid ?? '';
	const share = () => {
		const { operations, system } = subject.files;
		const transfer = operations.forEachEncrypted(`Sharing ${describePaths(subject.paths)}`, subject.paths, (path) =>
			system.encryptionShare(path, sid),
		);
		void transfer.finished.then(onChanged);
		setChosen(undefined);
	};
	return (
		<div className="encryption-share">
			<Select
				label="Let somebody else open it"
				value={sid}
				options={candidates.map((holder) => ({ value: holder.sid ?? '', label: nameOf(holder, facts.me) }))}
				onChange={setChosen}
			/>
			<Button onPress={share}>Let them open it</Button>
			<p className="encryption-hint">They also need the permission to read it: see Security.</p>
		</div>
	);
}

function RevokeDialog(props: EncryptionPartProps & { readonly holder: KeyHolder; onClose(): void }) {
	const { subject, facts, holder, onChanged, onClose } = props;
	const name = nameOf(holder, facts.me);
	const revoke = async (isRenewed: boolean) => {
		onClose();
		const { operations, system, encryption } = subject.files;
		const removed = operations.forEachEncrypted(`Removing ${name}`, subject.paths, async (path) => {
			const { holders } = await system.encryptionRead(path);
			if (holders.some(({ key }) => key === holder.key)) await system.encryptionRevoke(path, holder.key);
		});
		await removed.finished;
		const isDone = removed.failures.length === 0;
		const renewed =
			isRenewed && isDone ? await encryption.change(subject.paths, { change: 'renew', below: true }) : undefined;
		await renewed?.finished;
		onChanged();
	};
	if (holder.sid === facts.me) return <LeaveDialog onLeave={() => void revoke(false)} onClose={onClose} />;
	return (
		<Dialog
			title={`Remove ${name}`}
			width={460}
			onClose={onClose}
			actions={
				<>
					<Button kind="primary" autoFocus onPress={() => void revoke(true)}>
						Remove and encrypt anew
					</Button>
					<Button onPress={() => void revoke(false)}>Remove only</Button>
					<Button onPress={onClose}>Cancel</Button>
				</>
			}
		>
			<p>
				{name} can then no longer open it, but may have kept its key. Encrypting it anew gives it another one, so that a
				copy of the disk is of no use either; with a large file that takes a while.
			</p>
			<p className="encryption-hint">What they have read already they know in either case.</p>
		</Dialog>
	);
}

/** Who removes themselves is told what that means. */
function LeaveDialog({ onLeave, onClose }: { onLeave(): void; onClose(): void }) {
	return (
		<Dialog
			title="You would lock yourself out"
			onClose={onClose}
			actions={
				<>
					<Button onPress={onLeave}>Remove me</Button>
					<Button kind="primary" autoFocus onPress={onClose}>
						Go back
					</Button>
				</>
			}
		>
			<p>You could no longer open it. Only the others who can, or a recovery agent, could let you in again.</p>
		</Dialog>
	);
}
