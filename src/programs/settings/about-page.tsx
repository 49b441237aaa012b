/** What this is, which version, what it never does, and whose work it stands on. */
import { useEffect, useState } from 'react';
import type { SystemInfo } from '#abi/structures.generated.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from './section.tsx';

const promises: readonly string[] = [
	'It sends nothing home: there is no telemetry, and no account with anybody else.',
	'It talks to no other computer: its page may only load what it came with, and the browser enforces that.',
	'Old programs run without any network.',
	'It never restarts, updates or deletes by itself.',
];

export function AboutPage({ system, shell }: ProgramProps) {
	const [information, setInformation] = useState<SystemInfo>();
	const [licences, setLicences] = useState<string>();
	useEffect(() => {
		let stopped = false;
		system.systemInfo().then(
			(info) => {
				if (!stopped) setInformation(info);
			},
			(error: unknown) => shell.notify({ title: 'Settings', text: String(error), kind: 'warning' }),
		);
		return () => {
			stopped = true;
		};
	}, [system, shell]);
	const showLicences = async () => setLicences((await import('./licences.ts')).licences);
	return (
		<>
			<div className="about-head">
				<Icon name="vitrine" size={64} />
				<div>
					<p className="about-name">Vitrine</p>
					<p>A desktop for people who must keep old software running</p>
				</div>
			</div>
			<Section title="Version">
				<SettingRow title={`Vitrine ${information?.version ?? '…'}`} hint={startText(information)} />
			</Section>
			<Section title="Privacy">
				<ul className="about-promises">
					{promises.map((promise) => (
						<li key={promise}>
							<Icon name="check" size={16} />
							{promise}
						</li>
					))}
				</ul>
			</Section>
			<Section title="Licences">
				<SettingRow
					title="Apache License 2.0"
					hint="The engines DOSBox and v86 and the other parts have licences of their own."
				>
					<Button disabled={licences !== undefined} onPress={() => void showLicences()}>
						Show all licences
					</Button>
				</SettingRow>
				{licences === undefined ? null : (
					// biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
					<section className="about-licences selectable" tabIndex={0} aria-label="Licences">
						<pre>{licences}</pre>
					</section>
				)}
			</Section>
		</>
	);
}

function startText(information: SystemInfo | undefined): string {
	if (information === undefined) return '';
	const where = information.host === 'web' ? 'in the browser' : 'in Node.js';
	const time = new Date(information.startedTime).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
	return `Runs ${where} since ${time}.`;
}
