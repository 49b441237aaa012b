/** Words on the standard error stream for whatever takes longer than a second. */

export function say(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
}
