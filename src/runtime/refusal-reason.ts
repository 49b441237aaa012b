/** Why the system refused something, where it said so, such as who can open an encrypted file. */
import type { OsError } from '#abi/errors.ts';

/** The reason, often behind the path, as part of a sentence; `undefined` when the system gave none. */
export function findRefusalReason({ code, detail }: OsError): string | undefined {
	if (code !== 'EACCES' && code !== 'EPERM') return undefined;
	const reason = detail.replace(/^(?:\/.*?|it): /, '');
	return reason.startsWith('/') || !reason.includes(' ') ? undefined : reason;
}
