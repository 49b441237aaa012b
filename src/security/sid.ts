/**
 * Security identifiers: who an account or group is, whatever it is called ([MS-DTYP] 2.4.2).
 *
 * Rules of use: a `Sid` is its text, `S-1-…`, in its one spelling, so that two are compared as strings.
 */
import { OsError } from '#abi/errors.ts';
import { findWellKnownName, sids } from '#abi/well-known-sids.ts';

export { findWellKnownName, sids };

export type Sid = string;

const pattern = /^S-1-(\d{1,15})((?:-\d{1,10}){0,15})$/;
const largestSubAuthority = 0xffff_ffff;

/** EINVAL when the text is no SID in its one spelling. */
export function parseSid(text: string): Sid {
	const [, , parts = ''] = pattern.exec(text) ?? [];
	const numbers = text.split('-').slice(2);
	const isCanonical = numbers.every((number) => String(Number(number)) === number);
	const fits = parts.split('-').every((number) => Number(number) <= largestSubAuthority);
	if (!pattern.test(text) || !isCanonical || !fits) throw new OsError('EINVAL', `${text} is no security identifier`);
	return text;
}

/** Two letters that stand for a SID in the text of a descriptor ([MS-DTYP] 2.5.1.1). */
export const sidAliases: Readonly<Record<string, Sid>> = {
	WD: sids.everyone,
	CO: sids.creatorOwner,
	OW: sids.ownerRights,
	SY: sids.system,
	BA: sids.administrators,
	BU: sids.users,
	BG: sids.guests,
};

/** Of accounts of one computer: 96 random bits that nobody else has. */
export function makeMachineSid(random: Uint8Array): Sid {
	const view = new DataView(random.buffer, random.byteOffset);
	return `S-1-5-21-${view.getUint32(0)}-${view.getUint32(4)}-${view.getUint32(8)}`;
}

/** The first account of a computer; others count on from it. */
export const firstAccountNumber = 1000;

export function accountSid(machine: Sid, number: number): Sid {
	return `${machine}-${number}`;
}
