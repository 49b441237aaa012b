/**
 * Size and scroll position of a scrolling element. The scroll position is rounded to steps, so that scrolling
 * renders once a row and not once a pixel; between steps the browser moves what is drawn by itself.
 */
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

export interface Viewport {
	readonly width: number;
	readonly height: number;
	readonly scrollTop: number;
}

export function useViewport(element: RefObject<HTMLElement | null>, step: number): Viewport {
	const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0, scrollTop: 0 });
	useLayoutEffect(() => {
		const scroller = element.current;
		if (scroller === null) return;
		const measure = () => {
			const { clientWidth, clientHeight } = scroller;
			setViewport((now) =>
				now.width === clientWidth && now.height === clientHeight
					? now
					: { ...now, width: clientWidth, height: clientHeight },
			);
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(scroller);
		return () => observer.disconnect();
	}, [element]);
	useEffect(() => {
		const scroller = element.current;
		if (scroller === null) return;
		const onScroll = () => {
			const scrollTop = Math.floor(scroller.scrollTop / step) * step;
			setViewport((now) => (now.scrollTop === scrollTop ? now : { ...now, scrollTop }));
		};
		onScroll();
		scroller.addEventListener('scroll', onScroll, { passive: true });
		return () => scroller.removeEventListener('scroll', onScroll);
	}, [element, step]);
	return viewport;
}
