/** How well what a person types fits a name: every word typed must begin a word of the name or stand inside of it. */
import { foldName } from '#base/path.ts';

const fold = (text: string): string => foldName(text).normalize('NFD').replace(/\p{M}/gu, '');

/** Higher fits better: the beginning of the title, of one of its words, inside of it, a keyword. 0: not at all. */
export function matchScore(query: string, title: string, keywords: readonly string[] = []): number {
	const typed = fold(query).trim();
	if (typed === '') return 0;
	const name = fold(title);
	if (name.startsWith(typed)) return name === typed ? 5 : 4;
	const words = typed.split(/\s+/);
	const titleWords = name.split(/[\s\-_.]+/);
	if (words.every((word) => titleWords.some((titleWord) => titleWord.startsWith(word)))) return 3;
	if (words.every((word) => name.includes(word))) return 2;
	const known = [...titleWords, ...keywords.map(fold)];
	return words.every((word) => known.some((other) => other.startsWith(word))) ? 1 : 0;
}
