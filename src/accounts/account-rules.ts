/** What an account may be called, and what its token is: functions of their arguments. */
import { OsError } from '#abi/errors.ts';
import type { AccountKind } from '#abi/structures.generated.ts';
import { findNameProblem } from '#base/path.ts';
import type { Sid } from '#security/sid.ts';
import { administratorToken, guestToken, standardToken, type Token } from '#security/token.ts';

const longestName = 64;
const longestHint = 256;
const longestPicture = 64 * 1024;
/** Names that would be taken for something else. */
const takenNames: ReadonlySet<string> = new Set(['public', 'system', 'administrators', 'users', 'guests', 'everyone']);

/** EINVAL, with the reason, when nobody can be called that: a name becomes a folder's, and is read by people. */
export function requireAccountName(name: string): void {
	const reason =
		name.trim() === ''
			? 'a name is needed'
			: name !== name.trim() || name !== name.normalize('NFC')
				? 'a name neither begins nor ends with a space'
				: name.length > longestName
					? `a name has at most ${longestName} characters`
					: takenNames.has(name.toLowerCase())
						? `${name} is the name of something else`
						: findNameProblem(name) !== undefined || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*:<>?|\\/]|^\.|\.$/u.test(name)
							? 'a name has none of " * : < > ? | \\ / and neither begins nor ends with a dot'
							: undefined;
	if (reason !== undefined) throw new OsError('EINVAL', reason);
}

/** EINVAL when it is too long. */
export function requireHint(hint: string): void {
	if (hint.length > longestHint) throw new OsError('EINVAL', `a hint has at most ${longestHint} characters`);
}

/** EINVAL for anything but a small picture that stands in the address itself. */
export function requirePicture(picture: string): void {
	if (picture === '') return;
	if (
		picture.length > longestPicture ||
		!/^data:image\/(?:png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/=]+$/.test(picture)
	)
		throw new OsError('EINVAL', 'a picture is a data: address of a small PNG, JPEG, WebP, GIF or AVIF image');
}

export function tokenOf(sid: Sid, kind: AccountKind): Token {
	if (kind === 'administrator') return administratorToken(sid);
	return kind === 'guest' ? guestToken(sid) : standardToken(sid);
}
