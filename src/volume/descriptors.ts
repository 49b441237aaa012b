/**
 * Security descriptors of inodes: each text stands once in its table, and an inode's row names it.
 *
 * Rules of use: what was looked up is kept, because every step of every walk asks. `forget` after anything was undone.
 *
 * Invariant: a kept answer is that of the tables; inode numbers are not used again while the volume is open.
 */
import type { DescriptorText, Inode, TreeDescriptors } from '#fs/file-system.ts';
import type { Database, Statement } from './database.ts';

/** Inodes whose descriptor is kept. */
const keptInodes = 1 << 16;
/** Texts that no inode names any more go when there are more texts than this. */
const manyTexts = 4096;

const below = `WITH RECURSIVE below(inode) AS (
	SELECT ?1 UNION SELECT e.inode FROM entry e JOIN below b ON e.parent = b.inode)`;

export class Descriptors {
	readonly #select: Statement;
	readonly #findId: Statement;
	readonly #insert: Statement;
	readonly #set: Statement;
	readonly #within: Statement;
	readonly #count: Statement;
	readonly #removeUnused: Statement;
	readonly #texts = new Map<Inode, DescriptorText | undefined>();
	readonly #ids = new Map<DescriptorText, number>();
	readonly #known = new Map<DescriptorText, DescriptorText>();

	constructor(database: Database) {
		this.#select = database.prepare(
			'SELECT d.text FROM inode i JOIN descriptor d ON d.id = i.descriptor WHERE i.id = ?',
		);
		this.#findId = database.prepare('SELECT id FROM descriptor WHERE text = ?');
		this.#insert = database.prepare('INSERT INTO descriptor(text) VALUES(?)');
		this.#set = database.prepare('UPDATE inode SET descriptor = ?2, changed = ?3 WHERE id = ?1');
		this.#within = database.prepare(
			`${below} SELECT DISTINCT i.kind = 1, d.text FROM below CROSS JOIN inode i ON i.id = below.inode
			LEFT JOIN descriptor d ON d.id = i.descriptor`,
		);
		this.#count = database.prepare('SELECT count(*) FROM descriptor');
		this.#removeUnused = database.prepare(
			'DELETE FROM descriptor WHERE id NOT IN (SELECT descriptor FROM inode WHERE descriptor IS NOT NULL)',
		);
	}

	find(inode: Inode): DescriptorText | undefined {
		const kept = this.#texts.get(inode);
		if (kept !== undefined || this.#texts.has(inode)) return kept;
		const found = this.#select.first([inode], (row) => row.text(0));
		// The same string for the same text: then it is compared by its address where answers are kept by it.
		const text = found === undefined ? undefined : (this.#known.get(found) ?? found);
		this.#keep(inode, text);
		return text;
	}

	set(inode: Inode, text: DescriptorText, now: number): void {
		this.#set.run(inode, this.ensureId(text), now);
		this.#keep(inode, text);
	}

	/** An inode that was made with a descriptor. */
	noteMade(inode: Inode, text: DescriptorText): void {
		this.#keep(inode, text);
	}

	/** The row of a text, made when there is none. */
	ensureId(text: DescriptorText): number {
		const known = this.#ids.get(text) ?? this.#find(text);
		if (known !== undefined) {
			this.#ids.set(text, known);
			return known;
		}
		this.#insert.run(text);
		const made = this.#find(text) as number;
		this.#ids.set(text, made);
		return made;
	}

	within(inode: Inode): TreeDescriptors {
		const found = { directories: new Set<DescriptorText | undefined>(), others: new Set<DescriptorText | undefined>() };
		this.#within.each([inode], (row) => {
			const text = row.isNull(1) ? undefined : row.text(1);
			(row.number(0) === 1 ? found.directories : found.others).add(text);
		});
		return found;
	}

	hasManyUnused(): boolean {
		return (this.#count.first([], (row) => row.number(0)) ?? 0) > manyTexts;
	}

	removeUnused(): void {
		this.#removeUnused.run();
		this.forget();
	}

	forget(): void {
		this.#texts.clear();
		this.#ids.clear();
	}

	#find(text: DescriptorText): number | undefined {
		return this.#findId.first([text], (row) => row.number(0));
	}

	#keep(inode: Inode, text: DescriptorText | undefined): void {
		if (this.#texts.size >= keptInodes) this.#texts.clear();
		this.#texts.set(inode, text);
		if (text === undefined) return;
		if (this.#known.size >= manyTexts) this.#known.clear();
		this.#known.set(text, text);
	}
}
