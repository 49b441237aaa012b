/** The door to the network: closed, unless an administrator opens it. */
import { useCallback } from 'react';
import type { PcNetworkCard, PcNetworkDoor } from '#abi/structures.generated.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Fact } from '../facts.tsx';
import { Section } from '../section.tsx';
import { Failure } from './failure.tsx';
import { usePcSettings } from './pc-settings.ts';
import { usePc } from './use-pc.ts';

/** An address comes a few seconds after the door was opened. */
const cardsEveryMs = 3_000;

const reasons: Readonly<Record<PcNetworkDoor, string>> = {
	closed: 'close the network',
	open: 'open the network until this PC goes off',
	'always-open': 'open the network at every start of this PC',
};

export function NetworkPage({ system }: ProgramProps) {
	const { settings, failure, isBusy, change } = usePcSettings(system);
	const network = usePc(
		useCallback(() => system.pcNetwork(), [system]),
		cardsEveryMs,
	);
	const choose = (door: PcNetworkDoor) => {
		if (!isBusy) void change({ network: door }, reasons[door]).then(network.again);
	};
	return (
		<>
			<Failure text={failure ?? network.failure} />
			{settings === undefined ? null : (
				<Section title="Network">
					<RadioGroup
						label="Packets may leave this PC"
						value={settings.network}
						options={[
							{
								value: 'closed',
								label: 'Never',
								hint: 'Every network card is off. Nothing is sent, nothing is heard.',
							},
							{ value: 'open', label: 'Until it goes off', hint: 'The next start begins closed again.' },
							{ value: 'always-open', label: 'Always', hint: 'The network is open from each start on.' },
						]}
						onChange={choose}
					/>
					<p className="settings-note">
						What draws the desktop stays shut in even then, and so does every program in it: nothing in Vitrine uses the
						network today. An open door lets the PC itself get an address.
					</p>
				</Section>
			)}
			{network.value === undefined ? null : <Cards cards={network.value.cards} />}
		</>
	);
}

function Cards({ cards }: { cards: readonly PcNetworkCard[] }) {
	if (cards.length === 0)
		return (
			<Section title="Network cards">
				<p>This PC has no network card that Vitrine knows.</p>
			</Section>
		);
	return cards.map(({ name, driver, hardwareAddress, connected, address, gateway }) => (
		<Section key={name} title={`Network card ${name}`}>
			<dl className="settings-facts">
				<Fact
					term="Cable"
					value={connected === undefined ? 'the card is off' : connected ? 'connected' : 'not connected'}
				/>
				<Fact term="Address" value={address || 'none'} />
				<Fact term="Gateway" value={gateway || 'none'} />
				<Fact term="Hardware address" value={hardwareAddress} />
				<Fact term="Driver" value={driver} />
			</dl>
		</Section>
	));
}
