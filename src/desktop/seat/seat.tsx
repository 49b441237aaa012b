/** What one screen shows: the desktops of all who are logged on, one of them in view, or a screen of the seat's own. */
import { lazy, Suspense, useEffect } from 'react';
import type { BootModel } from '../boot/boot-model.ts';
import { BootScreen } from '../boot/boot-screen.tsx';
import { Desktop } from '../desktop.tsx';
import { DesktopContext, useModel } from '../desktop-context.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { returnFocus } from '../keyboard/return-focus.ts';
import { PowerScreen } from '../power/power-screen.tsx';
import { removeFirstPicture } from './first-picture.ts';
import { SeatContext } from './seat-context.ts';
import type { SeatModel } from './seat-model.ts';

const LogonLayer = lazy(() => import('../logon/logon-layer.tsx'));

export interface SeatProps {
	readonly seat: SeatModel;
	readonly boot: BootModel;
	/** What stands now takes input: a desktop, or a screen of the seat. */
	onShown(): void;
	/** The icons of a desktop are listed. */
	onListed(desktop: DesktopModel): void;
}

/** A desktop that comes into view has the keyboard. */
function useKeyboardOf(active: DesktopModel | undefined) {
	useEffect(() => {
		if (active !== undefined) returnFocus(active.windows, null);
	}, [active]);
}

export function Seat({ seat, boot, onShown, onListed }: SeatProps) {
	const desktops = useModel(seat, () => seat.desktops);
	const active = useModel(seat, () => seat.active);
	const screen = useModel(seat, () => seat.screen);
	const { state } = useModel(boot, () => boot.state);
	useKeyboardOf(active);
	useEffect(onShown, [onShown]);
	const isCovered = screen !== 'desktop' && screen !== 'off' && (state === 'opening' || state === 'ready');
	useEffect(() => {
		if (!isCovered) removeFirstPicture();
	}, [isCovered]);
	return (
		<SeatContext value={seat}>
			{desktops.map(({ key, desktop }) => (
				<div key={key} className="session-desktop" hidden={desktop !== active}>
					<DesktopContext value={desktop}>
						<Desktop shown={desktop === active} onListed={() => onListed(desktop)} />
					</DesktopContext>
				</div>
			))}
			{isCovered ? (
				<Suspense fallback={null}>
					<LogonLayer />
				</Suspense>
			) : null}
			<BootScreen boot={boot} />
			<PowerScreen />
		</SeatContext>
	);
}
