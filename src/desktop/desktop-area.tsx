/** The area behind the windows. It shows the files of the person's Desktop folder once the system is there. */
import { useEffect } from 'react';
import { useDesktop, useModel } from './desktop-context.ts';
import { DesktopIcons } from './files/desktop-icons.tsx';

export function DesktopArea({ onListed }: { onListed(): void }) {
	const desktop = useDesktop();
	const files = useModel(desktop, () => desktop.files);
	const { windows } = desktop;
	return (
		<main className="desktop-area" onFocus={() => windows.blur()} onPointerDown={() => windows.blur()}>
			{files === undefined ? (
				// Its place is known before its files are.
				<div className="desktop-icons" role="listbox" aria-label="Desktop" aria-busy="true" tabIndex={-1} />
			) : (
				<DesktopIcons files={files} onListed={onListed} />
			)}
			<PaintedMark />
		</main>
	);
}

/** Sets `desktop-painted` to the moment of the first paint, which the page's own markup makes. */
function PaintedMark() {
	useEffect(() => {
		const observer = new PerformanceObserver((list) => {
			const paint = list.getEntriesByName('first-contentful-paint')[0];
			if (paint === undefined) return;
			performance.mark('desktop-painted', { startTime: paint.startTime });
			observer.disconnect();
		});
		observer.observe({ type: 'paint', buffered: true });
		return () => observer.disconnect();
	}, []);
	return null;
}
