/** What is left when Vitrine has been shut down. */
import { Icon } from '#ui/icon.tsx';
import { useModel } from '../desktop-context.ts';
import { useSeat } from '../seat/seat-context.ts';

export function PowerScreen() {
	const seat = useSeat();
	const screen = useModel(seat, () => seat.screen);
	if (screen !== 'off') return null;
	if (seat.hasWholePc) return <PcGoesOff />;
	return (
		<div className="shell-screen shell-screen-off" role="alertdialog" aria-labelledby="power-screen-title">
			<div className="shell-screen-actions" style={{ flexDirection: 'column', alignItems: 'center', gap: 16 }}>
				<Icon name="vitrine" size={64} />
				<h1 id="power-screen-title">It is safe to close this tab</h1>
				<p>Everything is saved.</p>
				{/* biome-ignore lint/a11y/noAutofocus: it is the only thing there is */}
				<button type="button" className="shell-button" autoFocus onClick={() => void seat.restart()}>
					Start Vitrine again
				</button>
			</div>
		</div>
	);
}

function PcGoesOff() {
	return (
		<div className="shell-screen shell-screen-off" role="alertdialog" aria-labelledby="power-screen-title">
			<div className="shell-screen-actions" style={{ flexDirection: 'column', alignItems: 'center', gap: 16 }}>
				<Icon name="vitrine" size={64} />
				<h1 id="power-screen-title">This PC is shutting down</h1>
				<p>Everything is saved.</p>
			</div>
		</div>
	);
}
