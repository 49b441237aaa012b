/** What a command says of an error, as commands of Unix say it. */
import { errorTable, OsError } from '#abi/errors.ts';

/** `path: sentence` for an error of the system; the message for any other. */
export function describeError(failure: unknown): string {
	if (!(failure instanceof OsError)) return failure instanceof Error ? failure.message : String(failure);
	const { sentence } = errorTable[failure.code];
	return failure.detail === '' ? sentence : `${failure.detail}: ${sentence}`;
}
