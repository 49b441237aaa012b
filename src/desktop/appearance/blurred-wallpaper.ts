/**
 * The wallpaper, blurred once, as the picture behind layered glass. It is made small, because a blur has no detail,
 * and cut as the page cuts the wallpaper, so that both lie over each other.
 */
import { type Disposable, toDisposable } from '#base/disposable.ts';
import type { Appearance } from '#runtime/window-program.ts';
import { wallpaperUrl } from './wallpapers.ts';

/** One pixel of the picture stands for this many of the screen. */
const reduction = 8;
const blurPx = 22;
const resizeSettleMs = 200;

async function loadImage(url: string): Promise<HTMLImageElement> {
	const image = new Image();
	image.src = url;
	await image.decode();
	return image;
}

function drawCovering(context: OffscreenCanvasRenderingContext2D, image: HTMLImageElement): void {
	const { width, height } = context.canvas;
	const scale = Math.max(width / image.naturalWidth, height / image.naturalHeight);
	const drawnWidth = image.naturalWidth * scale;
	const drawnHeight = image.naturalHeight * scale;
	context.drawImage(image, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
}

/** The edges are drawn first without blur, so that the blur finds colour beyond them. */
async function blurWallpaper(url: string, screen: { width: number; height: number }): Promise<Blob | undefined> {
	const image = await loadImage(url);
	const canvas = new OffscreenCanvas(Math.ceil(screen.width / reduction), Math.ceil(screen.height / reduction));
	const context = canvas.getContext('2d');
	if (context === null) return undefined;
	drawCovering(context, image);
	context.filter = `blur(${blurPx / reduction}px) saturate(1.35)`;
	drawCovering(context, image);
	return canvas.convertToBlob({ type: 'image/png' });
}

/** Keeps `--wallpaper-blurred` up to date with appearance and screen, while layered glass is in use. */
export function followBlurredWallpaper(root: HTMLElement, appearance: Appearance): Disposable {
	let made = '';
	let objectUrl: string | undefined;
	let timer = 0;
	const update = async () => {
		if (appearance.glassLevel !== 'layered') return;
		const url = wallpaperUrl(appearance.settings.wallpaper, appearance.resolvedTheme);
		const wanted = `${url} ${innerWidth} ${innerHeight}`;
		if (wanted === made) return;
		made = wanted;
		const blob = await blurWallpaper(url, { width: innerWidth, height: innerHeight });
		if (blob === undefined || wanted !== made) return;
		const before = objectUrl;
		objectUrl = URL.createObjectURL(blob);
		root.style.setProperty('--wallpaper-blurred', `url("${objectUrl}")`);
		if (before !== undefined) URL.revokeObjectURL(before);
	};
	const onResize = () => {
		clearTimeout(timer);
		timer = setTimeout(() => void update(), resizeSettleMs) as unknown as number;
	};
	void update();
	const stop = appearance.subscribe(() => void update());
	addEventListener('resize', onResize);
	return toDisposable(() => {
		stop();
		clearTimeout(timer);
		removeEventListener('resize', onResize);
		if (objectUrl !== undefined) URL.revokeObjectURL(objectUrl);
	});
}
