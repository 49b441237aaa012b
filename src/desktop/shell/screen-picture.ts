/**
 * Pictures of the screen or of one window, as files in the person's Pictures.
 *
 * Rules of use: only where the PC is Vitrine's own (`DesktopHost.takePicture`): a page in a tab does not see the screen.
 */
import { joinPath } from '#base/path.ts';
import type { DesktopModel } from '../desktop-model.ts';
import type { Rectangle } from '../windows/geometry.ts';

/** Takes the picture, keeps it and says where it is; says what went wrong otherwise. */
export async function keepPicture(desktop: DesktopModel, part: 'screen' | 'window'): Promise<void> {
	const { host, notifications, openPath } = desktop;
	if (host.takePicture === undefined) return;
	// Where it is now: the picture comes a moment later.
	const bounds = part === 'window' ? boundsOfFront(desktop) : undefined;
	try {
		const screen = await host.takePicture();
		const path = await store(desktop, bounds === undefined ? screen : await cut(screen, bounds));
		notifications.notify({
			kind: 'information',
			title: bounds === undefined ? 'Picture of the screen taken' : 'Picture of the window taken',
			text: path,
			action: { label: 'Show', run: () => openPath(path) },
		});
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		notifications.notify({ kind: 'error', title: 'The picture could not be taken', text });
	}
}

/** `undefined` when no window has the keyboard: then it is the whole screen, as the person sees it. */
function boundsOfFront({ windows }: DesktopModel): Rectangle | undefined {
	return windows.focusedId === undefined ? undefined : windows.find(windows.focusedId)?.bounds;
}

/** A part of the screen as a PNG. `part` is in CSS pixels; what of it lies beside the screen is left out. */
async function cut(screen: Blob, part: Rectangle): Promise<Blob> {
	using whole = await openPicture(screen);
	const scale = whole.bitmap.width / innerWidth;
	const left = Math.max(0, Math.round(part.x * scale));
	const top = Math.max(0, Math.round(part.y * scale));
	const right = Math.min(whole.bitmap.width, Math.round((part.x + part.width) * scale));
	const bottom = Math.min(whole.bitmap.height, Math.round((part.y + part.height) * scale));
	const canvas = new OffscreenCanvas(right - left, bottom - top);
	canvas.getContext('2d')?.drawImage(whole.bitmap, -left, -top);
	return canvas.convertToBlob({ type: 'image/png' });
}

async function openPicture(picture: Blob): Promise<Disposable & { readonly bitmap: ImageBitmap }> {
	const bitmap = await createImageBitmap(picture);
	return { bitmap, [Symbol.dispose]: () => bitmap.close() };
}

async function store(desktop: DesktopModel, picture: Blob): Promise<string> {
	const system = await desktop.ready;
	const folder = desktop.folders?.pictures ?? '/';
	const path = joinPath(folder, `Screen ${nameOfMoment(new Date())}.png`);
	await system.pathWrite(path, new Uint8Array(await picture.arrayBuffer()), 'create-new');
	return path;
}

/** `2026-11-23 18.20.05.123`: in order of time when sorted by name, and never twice the same. */
function nameOfMoment(moment: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
	const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join('.');
	return `${day} ${time}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
}
