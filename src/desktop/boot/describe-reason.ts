/** The sentence of an error that was thrown for a person to read. */
export function describeReason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
