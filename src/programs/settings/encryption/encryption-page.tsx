/**
 * The keys that open a person's encrypted files, and the recovery agents of this computer. To change agents an administrator
 * must agree on the secure desktop: then this page opens once more, in a window of its own that may.
 */
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { EncryptionKeys, RecoveryAgent, RecoveryPath } from '#abi/structures.generated.ts';
import { sids } from '#abi/well-known-sids.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from '../section.tsx';
import { AddAgentDialog, RemoveAgentDialog } from './agent-dialogs.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

interface Facts {
	readonly keys: EncryptionKeys;
	readonly agents: readonly RecoveryAgent[];
	/** This window may change the agents. */
	readonly administers: boolean;
}

export interface EncryptionDialogProps extends ProgramProps {
	/** Something was changed: look again. */
	onChanged(): void;
	onClose(): void;
}

export function EncryptionPage(props: ProgramProps) {
	const { facts, problem, reload } = useFacts(props.system);
	const [Opened, setOpened] = useState<ComponentType<EncryptionDialogProps>>();
	const open = (dialog: ComponentType<EncryptionDialogProps>) => setOpened(() => dialog);
	return (
		<>
			<p className="settings-lead">
				Files are encrypted in their Properties. They open by themselves while you are logged on, and for nobody else.
			</p>
			{problem === '' ? null : (
				<p className="settings-failure" role="alert">
					{problem}
				</p>
			)}
			{facts === undefined ? null : (
				<>
					<YourKeys {...props} keys={facts.keys} onChanged={reload} onRestore={() => open(RestoreDialog)} />
					<Agents {...props} facts={facts} onOpen={open} />
				</>
			)}
			{Opened === undefined ? null : <Opened {...props} onChanged={reload} onClose={() => setOpened(undefined)} />}
		</>
	);
}

function useFacts(system: System) {
	const [facts, setFacts] = useState<Facts>();
	const [problem, setProblem] = useState('');
	const [look, setLook] = useState(0);
	const reload = useCallback(() => setLook((before) => before + 1), []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: `look` asks for another look
	useEffect(() => {
		let isShown = true;
		readFacts(system).then(
			(found) => isShown && setFacts(found),
			(error: unknown) => isShown && setProblem(describeFailure(error)),
		);
		return () => {
			isShown = false;
		};
	}, [system, look]);
	return { facts, problem, reload };
}

async function readFacts(system: System): Promise<Facts> {
	const [keys, agents, { groups }] = await Promise.all([
		system.encryptionKeys(),
		system.encryptionAgents(),
		system.tokenRead(0),
	]);
	return { keys, agents, administers: groups.includes(sids.administrators) };
}

function describeFailure(error: unknown): string {
	const isOff = error instanceof OsError && error.code === 'ENOTSUP';
	return isOff ? 'This system does not encrypt files.' : describeAccountFailure(error);
}

const ways: Readonly<Record<RecoveryPath, string>> = {
	code: 'your recovery code',
	backup: 'a backup of your keys',
	agent: 'a recovery agent of this computer',
};

interface YourKeysProps extends ProgramProps {
	readonly keys: EncryptionKeys;
	onChanged(): void;
	onRestore(): void;
}

function YourKeys({ shell, keys, onChanged, onRestore }: YourKeysProps) {
	const hasWay = keys.recovery.length > 0 && keys.key !== '';
	const list = keys.recovery.map((way) => ways[way]).join(', ');
	return (
		<Section title="Your keys">
			<div className={hasWay ? 'settings-good' : 'settings-warning'}>
				<Icon name={hasWay ? 'check-circle' : 'warning'} size={18} />
				<span>
					{hasWay
						? `When your password is lost your files open by ${list}.`
						: 'You have no way back yet. Nothing is encrypted before you have one.'}
				</span>
			</div>
			<SettingRow title="A way back" hint="A recovery code on paper, or a backup file of your keys.">
				<Button onPress={() => void shell.makeWayBack().then(onChanged)}>
					{hasWay ? 'Make another…' : 'Make one…'}
				</Button>
			</SettingRow>
			<SettingRow
				title="Keys from a backup"
				hint="Opens what they opened before: files of another computer, or of the time before a lost password."
			>
				<Button disabled={!keys.loaded} onPress={onRestore}>
					Restore keys…
				</Button>
			</SettingRow>
			{keys.key === '' ? null : (
				<p className="settings-note">
					Your key has the number <span className="selectable">{keys.key}</span>
					{keys.older.length === 0 ? '.' : `; ${keys.older.length} older ones are kept.`}
					{keys.loaded ? '' : ' It is not at hand: log on with your password.'}
				</p>
			)}
		</Section>
	);
}

interface AgentsProps extends ProgramProps {
	readonly facts: Facts;
	onOpen(dialog: ComponentType<EncryptionDialogProps>): void;
}

function Agents({ system, shell, facts, onOpen }: AgentsProps) {
	const administer = async () => {
		try {
			const options = { arguments: ['encryption'], environment: [], workingDirectory: '/' };
			await system.tokenRequestElevation('settings', options, 'to manage the recovery agents of this computer');
		} catch (error) {
			// The answer was no.
			if (error instanceof OsError && error.code === 'EPERM') return;
			shell.notify({ title: 'Settings', text: describeFailure(error), kind: 'error' });
		}
	};
	const remove = (agent: RecoveryAgent) =>
		onOpen((props: EncryptionDialogProps) => <RemoveAgentDialog {...props} agent={agent} />);
	return (
		<Section title="Recovery agents">
			<p className="settings-note">
				A recovery agent can open every file that anybody encrypts on this computer from then on, for the day when
				somebody is gone or has lost everything. Its key is kept away from the computer.
			</p>
			{facts.agents.length === 0 ? <p>There is none.</p> : null}
			{facts.agents.map((agent) => (
				<SettingRow key={agent.key} title={agent.name} hint={`Key ${agent.key}`}>
					{facts.administers ? (
						<Button ariaLabel={`Remove ${agent.name}`} onPress={() => remove(agent)}>
							Remove…
						</Button>
					) : null}
				</SettingRow>
			))}
			{facts.administers ? (
				<SettingRow title="Somebody who shall be able to open everything">
					<Button icon="plus" onPress={() => onOpen(AddAgentDialog)}>
						Add an agent…
					</Button>
				</SettingRow>
			) : (
				<SettingRow title="Add or remove agents" hint="An administrator must agree.">
					<Button icon="shield-check" onPress={() => void administer()}>
						Manage agents…
					</Button>
				</SettingRow>
			)}
		</Section>
	);
}
