/** What a failure of SQLite means to the caller of the file system: the one border where result codes end. */
import { type ErrorName, OsError } from '#abi/errors.ts';
import { BlockFileError } from '#base/ports.ts';
import { SqliteError } from './database.ts';
import { sqlite } from './sqlite-module.ts';

export function toOsError(error: unknown, detail = ''): OsError {
	if (error instanceof OsError) return error;
	return new OsError(codeOf(error), detail, { cause: error });
}

function codeOf(error: unknown): ErrorName {
	if (error instanceof SqliteError) return nameOf(error.code);
	return error instanceof BlockFileError && error.reason === 'full' ? 'ENOSPC' : 'EIO';
}

function nameOf(code: number): ErrorName {
	if (code === sqlite.ioErrorData) return 'EILSEQ';
	switch (code & 0xff) {
		case sqlite.full:
			return 'ENOSPC';
		case sqlite.corrupt:
		case sqlite.notADatabase:
			return 'EILSEQ';
		case sqlite.noMemory:
			return 'ENOMEM';
		case sqlite.tooBig:
			return 'EFBIG';
		default:
			return 'EIO';
	}
}
