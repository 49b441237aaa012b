/** The question when something of the same name stands at the target already, and its answers. */
import type { NodeKind } from '#abi/structures.generated.ts';

export interface ConflictSide {
	readonly path: string;
	readonly kind: NodeKind;
	readonly size: number;
	readonly modifiedTime: number;
}

export interface ConflictQuestion {
	/** What comes. */
	readonly incoming: ConflictSide;
	/** What is there. */
	readonly existing: ConflictSide;
	/** Further conflicts that are known already. */
	readonly further: number;
}

/** `replace` merges when both are folders; what is replaced goes to the Recycle Bin. */
export type ConflictChoice = 'replace' | 'keep-both' | 'skip';

export interface ConflictAnswer {
	readonly choice: ConflictChoice;
	readonly forAllFurther: boolean;
}
