/** From expanded text to fields: splitting at the characters of `IFS` (POSIX XCU 2.6.5). */

/** A piece of a word after expansion; `end` ends the field, as between the parameters of `"$@"`. */
export type Segment =
	| {
			readonly text: string;
			/** Its characters have no special meaning as a pattern. */
			readonly quoted: boolean;
			/** Came out of an expansion without quotes, so that `IFS` splits it. */
			readonly splits: boolean;
	  }
	| 'end';

export interface FieldPart {
	readonly text: string;
	readonly quoted: boolean;
}

export type Field = readonly FieldPart[];

const blanks = ' \t\n';

class FieldSplitter {
	readonly fields: FieldPart[][] = [];
	readonly #separators: string;
	#field: FieldPart[] | undefined;
	/** A blank has ended a field: a separator that follows belongs to the same end. */
	#endedByBlank = false;

	constructor(separators: string) {
		this.#separators = separators;
	}

	take(segment: Segment): void {
		if (segment === 'end') this.#end();
		else if (segment.splits) this.#split(segment.text);
		else if (segment.text !== '' || segment.quoted) this.#add(segment);
	}

	finish(): Field[] {
		if (this.#field !== undefined) this.fields.push(this.#field);
		return this.fields;
	}

	#add({ text, quoted }: FieldPart): void {
		this.#field ??= [];
		this.#field.push({ text, quoted });
		this.#endedByBlank = false;
	}

	#end(): void {
		if (this.#field !== undefined) this.fields.push(this.#field);
		this.#field = undefined;
	}

	#split(text: string): void {
		let start = 0;
		for (let index = 0; index <= text.length; index++) {
			const character = text[index];
			if (character !== undefined && !this.#separators.includes(character)) continue;
			if (index > start) this.#add({ text: text.slice(start, index), quoted: false });
			if (character !== undefined) this.#separate(character);
			start = index + 1;
		}
	}

	#separate(character: string): void {
		const wasOpen = this.#field !== undefined;
		if (blanks.includes(character)) {
			this.#end();
			this.#endedByBlank ||= wasOpen;
			return;
		}
		// Between two separators there is a field, even an empty one.
		if (!wasOpen && !this.#endedByBlank) this.fields.push([{ text: '', quoted: true }]);
		this.#end();
		this.#endedByBlank = false;
	}
}

/** Splits what expansions gave; what was quoted stays whole. */
export function splitFields(segments: readonly Segment[], separators: string): Field[] {
	const splitter = new FieldSplitter(separators);
	for (const segment of segments) splitter.take(segment);
	return splitter.finish();
}

/** Splits a line for `read`: the last of `count` fields takes the rest. */
export function splitLine(line: string, separators: string, count: number): string[] {
	const isBlank = (character: string): boolean => blanks.includes(character) && separators.includes(character);
	const fields: string[] = [];
	let index = 0;
	while (index < line.length && isBlank(line[index] as string)) index++;
	while (fields.length < count - 1 && index < line.length) {
		let end = index;
		while (end < line.length && !separators.includes(line[end] as string)) end++;
		fields.push(line.slice(index, end));
		index = end;
		while (index < line.length && isBlank(line[index] as string)) index++;
		if (index < line.length && separators.includes(line[index] as string)) index++;
		while (index < line.length && isBlank(line[index] as string)) index++;
	}
	let rest = line.slice(index);
	while (rest !== '' && isBlank(rest.at(-1) as string)) rest = rest.slice(0, -1);
	// One separator behind the last field ends it; more of them are part of it.
	if (
		rest !== '' &&
		separators.includes(rest.at(-1) as string) &&
		![...rest.slice(0, -1)].some((c) => separators.includes(c))
	)
		rest = rest.slice(0, -1);
	fields.push(rest);
	return fields;
}
