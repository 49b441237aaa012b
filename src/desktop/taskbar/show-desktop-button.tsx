/** The sliver at the end of the taskbar: resting on it lets one look through the windows, a press hides them. */
import { useRef } from 'react';
import { useDesktop } from '../desktop-context.ts';

const restMs = 500;

export function ShowDesktopButton() {
	const { windows, popups } = useDesktop();
	const timer = useRef(0);
	const endPeek = () => {
		clearTimeout(timer.current);
		if (windows.peek === 'desktop') windows.setPeek(undefined);
	};
	return (
		<button
			type="button"
			className="show-desktop"
			aria-label="Show the desktop"
			onPointerDown={(event) => event.preventDefault()}
			onPointerEnter={() => {
				timer.current = window.setTimeout(() => windows.setPeek('desktop'), restMs);
			}}
			onPointerLeave={endPeek}
			onClick={() => {
				endPeek();
				popups.close();
				windows.toggleShowDesktop();
			}}
		/>
	);
}
