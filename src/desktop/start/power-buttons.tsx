/** Shut down, and beside it the other ways to leave. */
import { Icon } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';
import { isFullScreen, toggleFullScreen } from '../shell/full-screen.ts';

export function PowerButtons() {
	const { power, popups, menu, host } = useDesktop();
	const run = (action: () => unknown) => () => {
		popups.close();
		void action();
	};
	const showMore = (button: HTMLElement) => {
		const box = button.getBoundingClientRect();
		const fullScreen = [
			{
				id: 'full-screen',
				label: isFullScreen() ? 'Leave full screen' : 'Full screen',
				icon: isFullScreen() ? 'corners-in' : 'corners-out',
				onSelect: run(toggleFullScreen),
			} as const,
			{ separator: true } as const,
		];
		const entries = [
			{ id: 'lock', label: 'Lock', icon: 'lock', onSelect: run(() => host.lock('person')) } as const,
			{ id: 'switch', label: 'Switch user', icon: 'user-switch', onSelect: run(() => host.lock('people')) } as const,
			{ id: 'log-off', label: 'Log off', icon: 'sign-out', onSelect: run(() => power.logOff()) } as const,
			{ separator: true } as const,
			...(host.hasWholePc ? [] : fullScreen),
			{
				id: 'restart',
				label: host.hasWholePc ? 'Restart this PC' : 'Restart Vitrine',
				icon: 'arrow-clockwise',
				onSelect: run(() => power.restart()),
			} as const,
		];
		menu.show(
			{ label: 'More power options', entries, position: { x: box.left, y: box.top - 4 }, placement: 'top start' },
			button,
		);
	};
	return (
		<div className="start-power">
			<button type="button" className="start-power-button" onClick={run(() => power.shutDown())}>
				<Icon name="power" size={18} />
				Shut down
			</button>
			<button
				type="button"
				className="start-power-button start-power-more"
				aria-label="More power options"
				aria-haspopup="menu"
				onClick={(event) => showMore(event.currentTarget)}
			>
				<Icon name="caret-right" size={14} />
			</button>
		</div>
	);
}
