/** How loud programs are. */
import { Icon } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import { Flyout } from './flyout.tsx';

export function SoundFlyout() {
	const { sound } = useDesktop();
	const level = useModel(sound, () => sound.level);
	const muted = useModel(sound, () => sound.muted);
	const percent = Math.round(level * 100);
	return (
		<Flyout popup="sound" label="Sound">
			<h2 className="flyout-heading">Sound</h2>
			<div className="flyout-row">
				<button
					type="button"
					className="shell-icon-button"
					aria-label="Mute"
					aria-pressed={muted}
					onClick={() => sound.toggleMuted()}
				>
					<Icon name={muted ? 'speaker-slash' : 'speaker-high'} size={20} />
				</button>
				<input
					type="range"
					className="sound-range"
					aria-label="Volume"
					min={0}
					max={100}
					value={percent}
					data-autofocus
					onChange={(event) => sound.setLevel(Number(event.target.value) / 100)}
				/>
				<span className="flyout-value">{muted ? 'Off' : `${percent} %`}</span>
			</div>
			<p className="flyout-note">For all programs in Vitrine. Your computer’s own volume comes on top.</p>
		</Flyout>
	);
}
