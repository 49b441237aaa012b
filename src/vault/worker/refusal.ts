/** Errors that leave the vault: words for a person, and what was behind them for who mends it. */
import { type ErrorName, OsError } from '#abi/errors.ts';

export function refusal(code: ErrorName, detail: string, cause: unknown): OsError {
	return new OsError(code, detail, { cause });
}
