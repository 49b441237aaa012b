/**
 * The search of the Start menu: programs, settings and names of files, all on this computer.
 *
 * Programs and settings answer at once; names of files come from the system a moment later, and only the answer to
 * the newest words is shown.
 */
import { OsError } from '#abi/errors.ts';
import { Emitter } from '#base/emitter.ts';
import { recycleBins, systemFolder } from '#base/known-folders.ts';
import { baseName, foldName, isWithin } from '#base/path.ts';
import type { IconName } from '#ui/icon.tsx';
import type { DesktopModel } from '../desktop-model.ts';
import { iconOf } from '../files/file-types.ts';
import { matchScore } from './match-words.ts';

export interface SearchResult {
	readonly id: string;
	readonly title: string;
	/** Where it stands, for files. */
	readonly place?: string;
	readonly icon: IconName;
	open(): void;
}

export interface SearchGroup {
	readonly title: string;
	readonly results: readonly SearchResult[];
	/** How many there are, as words: `50+` when there may be more. */
	readonly count: string;
}

const mostFiles = 50;
const hiddenFolders = [systemFolder, recycleBins];

export class StartSearch {
	readonly #desktop: DesktopModel;
	readonly #changes = new Emitter<void>();
	#query = '';
	#files: readonly SearchResult[] = [];
	/** What the files were searched for last. */
	#answered = '';
	#groups: readonly SearchGroup[] = [];

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
	}

	get query(): string {
		return this.#query;
	}

	/** Those with results, in the order of their use. */
	get groups(): readonly SearchGroup[] {
		return this.#groups;
	}

	/** Programs, settings and files have all answered to the words as they are now. */
	get settled(): boolean {
		return this.#answered === this.#query.trim();
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	setQuery(query: string): void {
		if (query === this.#query) return;
		this.#query = query;
		const name = foldName(query.trim());
		// What was found for the words before stays only as far as it fits these as well.
		this.#files = name === '' ? [] : this.#files.filter(({ title }) => foldName(title).includes(name));
		if (name === '') this.#answered = '';
		this.#update();
		if (name !== '') void this.#searchFiles(query);
	}

	#update(): void {
		this.#groups = [
			group('Programs', this.#findPrograms()),
			group('Settings', this.#findSettings()),
			group('Files', this.#files, this.#files.length >= mostFiles),
		].filter(({ results }) => results.length > 0);
		this.#changes.fire();
	}

	#findPrograms(): SearchResult[] {
		const programs = this.#desktop.programs.startPrograms;
		return best(programs, (program) => matchScore(this.#query, program.title, program.keywords)).map((program) => ({
			id: `program:${program.name}`,
			title: program.title,
			icon: program.icon as IconName,
			open: () => this.#desktop.launch(program.name, []),
		}));
	}

	#findSettings(): SearchResult[] {
		return this.#desktop.host.searchSettings(this.#query).map(({ page, title, place }) => ({
			id: `settings:${page}:${title}`,
			title,
			place,
			icon: 'settings',
			open: () => this.#desktop.launch('settings', [page, title]),
		}));
	}

	async #searchFiles(query: string): Promise<void> {
		const system = await this.#desktop.ready;
		let results: SearchResult[];
		try {
			const hits = await system.pathSearch('/', query.trim(), mostFiles);
			const visible = hits.filter((hit) => !hiddenFolders.some((folder) => isWithin(hit.path, folder)));
			results = visible.map((hit) => ({
				id: `file:${hit.path}`,
				title: baseName(hit.path),
				place: hit.path.slice(0, -baseName(hit.path).length - 1) || '/',
				icon: iconOf({ name: baseName(hit.path), kind: hit.kind }),
				open: () => this.#desktop.openPath(hit.path),
			}));
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			results = [];
		}
		// An answer to older words would make the list jump.
		if (query !== this.#query) return;
		this.#files = results;
		this.#answered = query.trim();
		this.#update();
	}
}

function group(title: string, results: readonly SearchResult[], more = false): SearchGroup {
	return { title, results, count: `${results.length}${more ? '+' : ''}` };
}

function best<T extends { readonly title: string }>(items: readonly T[], score: (item: T) => number): T[] {
	return items
		.map((item) => ({ item, score: score(item) }))
		.filter((scored) => scored.score > 0)
		.sort((one, other) => other.score - one.score || one.item.title.localeCompare(other.item.title))
		.map(({ item }) => item);
}
