/**
 * Small pictures of picture files: made when they come into view, a few at a time, kept in memory up to a limit.
 *
 * Rules of use:
 * - `find` returns what is there and asks for what is not; `onChange` fires when some have come.
 * - A picture that cannot be decoded, or is larger than the limit, keeps its icon.
 *
 * Invariant: every object URL made is released when its picture leaves the cache or on `dispose`.
 */
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { pictureType } from '#desktop/files/file-types.ts';
import type { System } from '#runtime/system.ts';
import type { ListItem } from './list-source.ts';

const largestFileBytes = 24 << 20;
/** Four bytes each while the picture is made small, however small its file is. */
const largestPoints = 1 << 26;
const kept = 400;
const underWayLimit = 2;
const edge = 256;

export class Thumbnails implements Disposable {
	readonly #system: System;
	readonly #changes = new Emitter<void>();
	/** By path and date, least recently used first; `undefined` for one that cannot be made. */
	readonly #urls = new Map<string, string | undefined>();
	/** Newest last: what was asked for last is in view now. */
	#wanted: { key: string; item: ListItem; type: string }[] = [];
	#version = 0;
	#underWay = 0;
	#disposed = false;

	constructor(system: System) {
		this.#system = system;
	}

	get onChange() {
		return this.#changes.event;
	}

	/** Grows when thumbnails have come. */
	get version(): number {
		return this.#version;
	}

	find(item: ListItem): string | undefined {
		const type = pictureType(item.name);
		if (type === undefined || item.kind === 'directory' || item.size === 0) return undefined;
		if (item.size > largestFileBytes) return undefined;
		const key = `${item.path}\n${item.modifiedTime}\n${item.size}`;
		if (this.#urls.has(key)) {
			const url = this.#urls.get(key);
			this.#urls.delete(key);
			this.#urls.set(key, url);
			return url;
		}
		if (!this.#wanted.some((wanted) => wanted.key === key)) this.#wanted.push({ key, item, type });
		if (this.#wanted.length > 200) this.#wanted = this.#wanted.slice(-100);
		queueMicrotask(() => this.#work());
		return undefined;
	}

	dispose(): void {
		this.#disposed = true;
		this.#wanted = [];
		for (const url of this.#urls.values()) if (url !== undefined) URL.revokeObjectURL(url);
		this.#urls.clear();
		this.#changes.dispose();
	}

	#work(): void {
		while (this.#underWay < underWayLimit) {
			const next = this.#wanted.pop();
			if (next === undefined) return;
			if (this.#urls.has(next.key)) continue;
			this.#underWay++;
			this.#urls.set(next.key, undefined);
			void this.#make(next.item, next.type).then((url) => {
				this.#underWay--;
				this.#keep(next.key, url);
				this.#work();
			});
		}
	}

	/** The object URL, or `undefined` when the file cannot be read or is no picture. */
	async #make(item: ListItem, type: string): Promise<string | undefined> {
		try {
			const bytes = await this.#system.pathRead(item.path, largestFileBytes);
			const file = new Blob([bytes], { type });
			if ((await countPoints(file)) > largestPoints) return undefined;
			const bitmap = await createImageBitmap(file);
			const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
			const canvas = new OffscreenCanvas(
				Math.max(1, Math.round(bitmap.width * scale)),
				Math.max(1, Math.round(bitmap.height * scale)),
			);
			const context = canvas.getContext('2d');
			if (context === null) return undefined;
			context.imageSmoothingQuality = 'high';
			context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
			bitmap.close();
			return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 }));
		} catch {
			// Damaged, gone, or of a kind this browser does not show: the icon stays.
			return undefined;
		}
	}

	#keep(key: string, url: string | undefined): void {
		if (this.#disposed) {
			if (url !== undefined) URL.revokeObjectURL(url);
			return;
		}
		this.#urls.set(key, url);
		for (const [oldest, oldUrl] of this.#urls) {
			if (this.#urls.size <= kept) break;
			this.#urls.delete(oldest);
			if (oldUrl !== undefined) URL.revokeObjectURL(oldUrl);
		}
		if (url === undefined) return;
		this.#version++;
		this.#changes.fire();
	}
}

/** From the head of the file: nothing is decoded yet. */
async function countPoints(file: Blob): Promise<number> {
	const url = URL.createObjectURL(file);
	try {
		const image = new Image();
		const loaded = new Promise((resolve, reject) => {
			image.onload = resolve;
			image.onerror = reject;
		});
		image.src = url;
		await loaded;
		return image.naturalWidth * image.naturalHeight;
	} finally {
		URL.revokeObjectURL(url);
	}
}
