/** What stands behind the program of an appliance, and before it while it does not run. */
import { useEffect, useState } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import type { ApplianceModel } from './appliance-model.ts';
import './appliance.css';

/** Seconds until a moment of the wall clock, told anew each second. */
function useSecondsUntil(moment: number, now: () => number): number {
	const [seconds, setSeconds] = useState(() => Math.ceil((moment - now()) / 1000));
	useEffect(() => {
		const look = () => setSeconds(Math.ceil((moment - now()) / 1000));
		look();
		const timer = setInterval(look, 1000);
		return () => clearInterval(timer);
	}, [moment, now]);
	return Math.max(0, seconds);
}

interface TroubleProps {
	readonly appliance: ApplianceModel;
	readonly starts: number;
	readonly reason: string;
	readonly againAtMs: number;
}

function Trouble({ appliance, starts, reason, againAtMs }: TroubleProps) {
	const { host } = useDesktop();
	const [now] = useState(() => () => host.clock.now());
	const seconds = useSecondsUntil(againAtMs, now);
	return (
		<section className="appliance-trouble" role="alertdialog" aria-labelledby="appliance-trouble-title">
			<h1 id="appliance-trouble-title">{appliance.title} does not keep running</h1>
			<p>
				It ended {starts} times within a minute of its start. It is started again in {seconds} s.
			</p>
			{reason === '' ? null : <p className="selectable">{reason}</p>}
			<Button kind="primary" autoFocus onPress={() => appliance.watchdog.startNow()}>
				Start now
			</Button>
			<p className="appliance-way-out">Ctrl+Alt+Shift+A asks for an administrator, who can put it right.</p>
		</section>
	);
}

export default function ApplianceScreen({ appliance, onListed }: { appliance: ApplianceModel; onListed(): void }) {
	const { windows } = useDesktop();
	const state = useModel(appliance.watchdog, () => appliance.watchdog.state);
	const isShown = useModel(windows, () => windows.windows.length > 0);
	useEffect(() => {
		if (isShown) onListed();
	}, [isShown, onListed]);
	return (
		<div className="appliance">{state.kind === 'troubled' ? <Trouble appliance={appliance} {...state} /> : null}</div>
	);
}
