/**
 * The pictures of one folder and the one that is shown.
 *
 * Rules of use: the interface subscribes and reads `view`. The picture shown is released when the next one is there.
 */
import { directoryName, extensionName, joinPath } from '#base/path.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { loadPicture, type Picture } from './load-picture.ts';
import { pictureExtensions } from './picture-types.ts';

export type GalleryView =
	| { readonly state: 'empty' | 'loading' }
	| { readonly state: 'shown'; readonly picture: Picture; readonly index: number; readonly count: number }
	| {
			readonly state: 'failed';
			readonly path: string;
			readonly message: string;
			readonly index: number;
			readonly count: number;
	  };

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export class Gallery {
	readonly #system: System;
	readonly #listeners = new Set<() => void>();
	#view: GalleryView = { state: 'empty' };
	#path: string | undefined;
	#paths: readonly string[] = [];
	/** Of the newest request; an older one that comes late is dropped. */
	#request = 0;

	constructor(system: System) {
		this.#system = system;
	}

	get view(): GalleryView {
		return this.#view;
	}

	get path(): string | undefined {
		return this.#path;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	async open(path: string): Promise<void> {
		const request = ++this.#request;
		this.#path = path;
		if (this.#view.state === 'empty') this.#show({ state: 'loading' });
		const [picture, paths] = await Promise.all([this.#load(path), this.#list(directoryName(path))]);
		if (request !== this.#request) {
			if (!(picture instanceof Error)) picture.release();
			return;
		}
		this.#paths = paths.includes(path) ? paths : [path, ...paths];
		const place = { index: this.#paths.indexOf(path), count: this.#paths.length };
		if (picture instanceof Error) this.#show({ state: 'failed', path, message: picture.message, ...place });
		else this.#show({ state: 'shown', picture, ...place });
	}

	/** The picture `by` places further in the folder, round its end. */
	async step(by: number): Promise<void> {
		if (this.#path === undefined || this.#paths.length < 2) return;
		const index = this.#paths.indexOf(this.#path) + by;
		await this.#openAt((index + this.#paths.length) % this.#paths.length);
	}

	async goToEnd(end: 'first' | 'last'): Promise<void> {
		await this.#openAt(end === 'first' ? 0 : this.#paths.length - 1);
	}

	dispose(): void {
		this.#request++;
		if (this.#view.state === 'shown') this.#view.picture.release();
		this.#listeners.clear();
	}

	async #openAt(index: number): Promise<void> {
		const path = this.#paths[index];
		if (path !== undefined && path !== this.#path) await this.open(path);
	}

	async #load(path: string): Promise<Picture | Error> {
		try {
			return await loadPicture(this.#system, path);
		} catch (error) {
			return error instanceof Error ? error : new Error(String(error));
		}
	}

	async #list(directory: string): Promise<readonly string[]> {
		try {
			const entries = await listDirectory(this.#system, directory);
			return entries
				.filter(({ kind, name }) => kind === 'file' && pictureExtensions.includes(extensionName(name)))
				.map(({ name }) => joinPath(directory, name))
				.sort(byName.compare);
		} catch {
			// The picture itself says what is wrong; without its folder there is no next one.
			return [];
		}
	}

	#show(view: GalleryView): void {
		const before = this.#view;
		this.#view = view;
		for (const listener of this.#listeners) listener();
		if (before.state === 'shown') before.picture.release();
	}
}
