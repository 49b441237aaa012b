/**
 * A small live picture of a window: a copy of its DOM, scaled, renewed when the window has changed; what it draws on
 * canvases is painted over again and again.
 *
 * The copy takes part in nothing: no focus, no pointer, no accessible names, no ids.
 */
import { useLayoutEffect, useRef } from 'react';
import { findInShownDesktop } from '../seat/shown-desktop.ts';
import type { Size } from './geometry.ts';

const canvasEveryMs = 120;
const renewEveryMs = 400;
const droppedAttributes = [
	'id',
	'role',
	'name',
	'tabindex',
	'autofocus',
	'data-window',
	'data-minimized',
	'data-peeked',
];

function findFrame(windowId: string): HTMLElement | null {
	return findInShownDesktop(`.window[data-window="${windowId}"]`);
}

function stripCopy(copy: HTMLElement): void {
	for (const element of [copy, ...copy.querySelectorAll<HTMLElement>('*')]) {
		for (const name of droppedAttributes) element.removeAttribute(name);
		for (const { name } of [...element.attributes]) if (name.startsWith('aria-')) element.removeAttribute(name);
	}
	copy.style.translate = 'none';
	copy.style.animation = 'none';
	// A layer of its own would be drawn at full size and then shrunk.
	copy.style.willChange = 'auto';
}

/** A copy does not carry what was typed or scrolled. */
function copyState(from: HTMLElement, to: HTMLElement): void {
	const sources = from.querySelectorAll<HTMLElement>('*');
	const copies = to.querySelectorAll<HTMLElement>('*');
	sources.forEach((source, index) => {
		const copy = copies[index];
		if (copy === undefined) return;
		if (source.scrollTop !== 0) copy.scrollTop = source.scrollTop;
		if (source.scrollLeft !== 0) copy.scrollLeft = source.scrollLeft;
		if (source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement)
			(copy as HTMLInputElement).value = source.value;
	});
}

function paintCanvases(from: HTMLElement, to: HTMLElement): void {
	const copies = to.querySelectorAll('canvas');
	from.querySelectorAll('canvas').forEach((source, index) => {
		const copy = copies[index];
		if (copy === undefined || source.width === 0 || source.height === 0) return;
		if (copy.width !== source.width) copy.width = source.width;
		if (copy.height !== source.height) copy.height = source.height;
		copy.getContext('2d')?.drawImage(source, 0, 0);
	});
}

/** Puts a new copy of the frame into `host`; returns it. */
function renew(frame: HTMLElement, host: HTMLElement, size: Size): HTMLElement {
	const copy = frame.cloneNode(true) as HTMLElement;
	stripCopy(copy);
	const scale = Math.min(size.width / frame.offsetWidth, size.height / frame.offsetHeight, 1);
	copy.style.transform = `scale(${scale})`;
	host.style.width = `${Math.round(frame.offsetWidth * scale)}px`;
	host.style.height = `${Math.round(frame.offsetHeight * scale)}px`;
	host.replaceChildren(copy);
	copyState(frame, copy);
	paintCanvases(frame, copy);
	return copy;
}

/** Keeps `host` up to date until the returned function is called. */
function follow(windowId: string, host: HTMLElement, size: Size): () => void {
	const frame = findFrame(windowId);
	if (frame === null) return () => undefined;
	let copy = renew(frame, host, size);
	let changed = false;
	const observer = new MutationObserver(() => {
		changed = true;
	});
	observer.observe(frame, { subtree: true, childList: true, attributes: true, characterData: true });
	const renewing = setInterval(() => {
		if (!changed) return;
		changed = false;
		copy = renew(frame, host, size);
	}, renewEveryMs);
	const painting = setInterval(() => paintCanvases(frame, copy), canvasEveryMs);
	return () => {
		observer.disconnect();
		clearInterval(renewing);
		clearInterval(painting);
	};
}

export function LivePreview({ windowId, size }: { windowId: string; size: Size }) {
	const host = useRef<HTMLSpanElement>(null);
	const { width, height } = size;
	useLayoutEffect(
		() => (host.current === null ? undefined : follow(windowId, host.current, { width, height })),
		[windowId, width, height],
	);
	return <span ref={host} className="live-preview" aria-hidden="true" inert />;
}
