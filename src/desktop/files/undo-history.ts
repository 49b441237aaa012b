/**
 * What can be undone and redone, as steps that each have an inverse.
 *
 * | Step | Its inverse |
 * |---|---|
 * | `moved` from → to | move to → from |
 * | `appeared` at path | to the Recycle Bin |
 * | `recycled` path as item | restore the item |
 * | `folder-removed` path (it was empty) | make the folder |
 * | `attributes-set` | set those from before |
 * | `permissions-set` | set those from before |
 * | `version-restored` | restore the version that was kept then |
 * | `encryption-set` | encrypt what was decrypted, decrypt what was encrypted |
 *
 * Performing the inverse of a record's steps, last first, yields the steps of the record for redo; so redo is the
 * undo of an undo, and the two never drift apart. Deleting for good has no inverse and is not recorded.
 */
import type { SecurityChange } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';

export type UndoStep =
	| { readonly kind: 'moved'; readonly from: string; readonly to: string }
	| { readonly kind: 'appeared'; readonly path: string }
	| { readonly kind: 'recycled'; readonly path: string; readonly item: string }
	| { readonly kind: 'folder-removed'; readonly path: string }
	| { readonly kind: 'attributes-set'; readonly path: string; readonly before: number; readonly after: number }
	| {
			readonly kind: 'permissions-set';
			readonly path: string;
			readonly before: SecurityChange;
			readonly after: SecurityChange;
	  }
	| { readonly kind: 'version-restored'; readonly path: string; readonly held: number }
	| { readonly kind: 'encryption-set'; readonly path: string; readonly change: 'encrypt' | 'decrypt' };

export interface UndoRecord {
	/** What was done, as a noun: `Copy of 3 items`. */
	readonly title: string;
	readonly steps: readonly UndoStep[];
}

const capacity = 100;

export class UndoHistory {
	readonly #changes = new Emitter<void>();
	readonly #done: UndoRecord[] = [];
	readonly #undone: UndoRecord[] = [];

	get onChange() {
		return this.#changes.event;
	}

	/** What the next undo takes back. */
	get nextUndo(): UndoRecord | undefined {
		return this.#done.at(-1);
	}

	get nextRedo(): UndoRecord | undefined {
		return this.#undone.at(-1);
	}

	/** Notes something that was done; what was undone before can no longer be redone. */
	record(record: UndoRecord): void {
		if (record.steps.length === 0) return;
		this.#undone.length = 0;
		this.#push(this.#done, record);
	}

	takeUndo(): UndoRecord | undefined {
		return this.#take(this.#done);
	}

	takeRedo(): UndoRecord | undefined {
		return this.#take(this.#undone);
	}

	/** After an undo: how to do it again. */
	noteUndone(record: UndoRecord): void {
		if (record.steps.length > 0) this.#push(this.#undone, record);
	}

	/** After a redo: how to undo it again. */
	noteRedone(record: UndoRecord): void {
		if (record.steps.length > 0) this.#push(this.#done, record);
	}

	#push(records: UndoRecord[], record: UndoRecord): void {
		records.push(record);
		if (records.length > capacity) records.shift();
		this.#changes.fire();
	}

	#take(records: UndoRecord[]): UndoRecord | undefined {
		const record = records.pop();
		if (record !== undefined) this.#changes.fire();
		return record;
	}
}
