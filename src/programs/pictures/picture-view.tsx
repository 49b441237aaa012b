/** The picture itself: scaled, turned, moved by dragging, zoomed by the wheel. */
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Picture } from './load-picture.ts';
import { keepPoint, type Size, scaleOf, stepZoom, turnedSize, type Zoom } from './zoom.ts';

export interface PictureViewProps {
	readonly picture: Picture;
	readonly zoom: Zoom;
	readonly quarterTurns: number;
	onZoom(zoom: Zoom): void;
	/** The scale in use, also when the picture is fitted. */
	onScale(scale: number): void;
}

/** Moves the view by dragging with the mouse; a finger scrolls by itself. */
function useDragging(room: React.RefObject<HTMLDivElement | null>) {
	const start = useRef<{ x: number; y: number; left: number; top: number }>(undefined);
	const onPointerDown = (event: PointerEvent) => {
		const element = room.current;
		if (element === null || event.button !== 0 || event.pointerType !== 'mouse') return;
		start.current = { x: event.clientX, y: event.clientY, left: element.scrollLeft, top: element.scrollTop };
		element.setPointerCapture(event.pointerId);
	};
	const onPointerMove = (event: PointerEvent) => {
		if (start.current === undefined) return;
		const { x, y, left, top } = start.current;
		room.current?.scrollTo(left + x - event.clientX, top + y - event.clientY);
	};
	const onPointerUp = () => {
		start.current = undefined;
	};
	return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp };
}

function useRoom(room: React.RefObject<HTMLDivElement | null>): Size {
	const [size, setSize] = useState<Size>({ width: 0, height: 0 });
	useLayoutEffect(() => {
		const element = room.current;
		if (element === null) return;
		const observer = new ResizeObserver(() => {
			const { offsetWidth: width, offsetHeight: height } = element;
			setSize({ width, height });
		});
		observer.observe(element);
		return () => observer.disconnect();
	}, [room]);
	return size;
}

export function PictureView({ picture, zoom, quarterTurns, onZoom, onScale }: PictureViewProps) {
	const room = useRef<HTMLDivElement>(null);
	const available = useRoom(room);
	const natural = turnedSize(picture, quarterTurns);
	const scale = scaleOf(zoom, natural, available);
	const anchor = useRef<{ x: number; y: number; scale: number }>(undefined);
	useEffect(() => onScale(scale), [scale, onScale]);

	useEffect(() => {
		const element = room.current;
		if (element === null) return;
		const onWheel = (event: WheelEvent) => {
			event.preventDefault();
			const box = element.getBoundingClientRect();
			anchor.current = { x: event.clientX - box.left, y: event.clientY - box.top, scale };
			onZoom(stepZoom(scale, event.deltaY < 0 ? 1 : -1));
		};
		element.addEventListener('wheel', onWheel, { passive: false });
		return () => element.removeEventListener('wheel', onWheel);
	}, [scale, onZoom]);

	useLayoutEffect(() => {
		const element = room.current;
		if (element === null || anchor.current === undefined) return;
		const { x, y, scale: before } = anchor.current;
		anchor.current = undefined;
		element.scrollLeft = keepPoint(element.scrollLeft, x, scale / before);
		element.scrollTop = keepPoint(element.scrollTop, y, scale / before);
	}, [scale]);

	const dragging = useDragging(room);
	const overflows = natural.width * scale > available.width + 1 || natural.height * scale > available.height + 1;
	return (
		<div ref={room} className={`picture-room ${overflows ? 'picture-room-movable' : ''}`} {...dragging}>
			<div className="picture-paper" style={{ width: natural.width * scale, height: natural.height * scale }}>
				<img
					src={picture.url}
					alt={picture.name}
					draggable={false}
					className={`picture-image ${scale >= 3 ? 'picture-image-points' : ''}`}
					style={{
						width: picture.width * scale,
						height: picture.height * scale,
						transform: `translate(-50%, -50%) rotate(${quarterTurns * 90}deg)`,
					}}
				/>
			</div>
		</div>
	);
}
