/**
 * The syntax tree of the shell's language: a part of the POSIX shell command language (POSIX.1-2024, XCU 2).
 *
 * Left out on purpose: functions, `case`, here-documents, arithmetic and arrays.
 */

/** One part of a word, as it was written; expansion turns it into text. */
export type WordPart =
	| { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
	/** `$name`, `${name}`, or `${name:-word}` with its fallback. */
	| { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly fallback?: Word }
	/** `$(list)`. */
	| { readonly kind: 'substitution'; readonly list: List; readonly quoted: boolean };

export type Word = readonly WordPart[];

export interface Redirection {
	/** The descriptor that changes: 0, 1 or 2. */
	readonly descriptor: number;
	readonly kind: 'read' | 'replace' | 'append' | 'duplicate';
	/** A path; for `duplicate` the number of another descriptor. */
	readonly target: Word;
}

export interface Assignment {
	readonly name: string;
	readonly value: Word;
}

export type Command =
	| {
			readonly kind: 'simple';
			readonly assignments: readonly Assignment[];
			readonly words: readonly Word[];
			readonly redirections: readonly Redirection[];
	  }
	| { readonly kind: 'subshell' | 'group'; readonly body: List; readonly redirections: readonly Redirection[] }
	| {
			readonly kind: 'if';
			readonly branches: readonly { readonly condition: List; readonly body: List }[];
			readonly otherwise: List | undefined;
			readonly redirections: readonly Redirection[];
	  }
	| {
			readonly kind: 'while';
			/** `until` loops while the condition fails. */
			readonly until: boolean;
			readonly condition: List;
			readonly body: List;
			readonly redirections: readonly Redirection[];
	  }
	| {
			readonly kind: 'for';
			readonly name: string;
			readonly words: readonly Word[];
			readonly body: List;
			readonly redirections: readonly Redirection[];
	  };

export interface Pipeline {
	/** `!` before it: success and failure change places. */
	readonly negated: boolean;
	readonly commands: readonly Command[];
}

/** Pipelines joined by `&&` and `||`; the first one's operator is `;`. */
export interface AndOrList {
	readonly parts: readonly { readonly operator: ';' | '&&' | '||'; readonly pipeline: Pipeline }[];
	/** `&` after it: not waited for. */
	readonly background: boolean;
}

export type List = readonly AndOrList[];

export class ShellSyntaxError extends Error {
	/** The text is right so far but ends too early: an interactive shell asks for more. */
	readonly incomplete: boolean;

	constructor(message: string, incomplete = false) {
		super(message);
		this.name = 'ShellSyntaxError';
		this.incomplete = incomplete;
	}
}
