/**
 * The record of an account, as it is kept on the volume: JSON of a fixed form.
 *
 * Rules of use: a record is never changed, only replaced. `parseRecord` gives `undefined` for anything that is not
 * wholly of the form, so that a damaged record is never half believed.
 *
 * Invariant: nothing in a record opens anything by itself. What proves a person are slots, sealed by the vault and bound
 * to the account, the slot and its parameters; a record that somebody changed opens no more than before.
 */
import type { AccountKind } from '#abi/structures.generated.ts';
import type { Sid } from '#security/sid.ts';
import { isKeySet, type KeySet } from './key-set.ts';

/** Attempts to log on that failed, since the last that did not. */
export interface Failures {
	readonly count: number;
	/** When the last one was made. */
	readonly lastTime: number;
}

export interface AccountRecord {
	readonly sid: Sid;
	readonly name: string;
	readonly kind: AccountKind;
	readonly enabled: boolean;
	/** Absolute path. */
	readonly home: string;
	/** A `data:` address; empty: none. */
	readonly picture: string;
	readonly hint: string;
	readonly createdTime: number;
	readonly lastLogonTime: number | undefined;
	/** When the password was set. */
	readonly passwordTime: number | undefined;
	readonly mustChange: boolean;
	readonly failures: Failures;
	/** Absent for an account without a password that has needed none yet. */
	readonly keys?: KeySet | undefined;
	/** Keys that a reset of the password has closed, the newest first. */
	readonly lockedKeys: readonly KeySet[];
}

export const noFailures: Failures = { count: 0, lastTime: 0 };
/** Whether something has to be known to log on. */
export function hasPassword({ keys }: Pick<AccountRecord, 'keys'>): boolean {
	return keys?.slots.some(({ kind }) => kind === 'password') ?? false;
}

const version = 1;
const kinds: readonly string[] = ['administrator', 'standard', 'guest'] satisfies AccountKind[];

export function encodeRecord(record: AccountRecord): Uint8Array {
	return new TextEncoder().encode(`${JSON.stringify({ version, ...record }, undefined, '\t')}\n`);
}

/** `undefined` when the bytes are no record. */
export function parseRecord(bytes: Uint8Array): AccountRecord | undefined {
	try {
		const { version: stored, ...record } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
		return stored === version && isRecord(record) ? record : undefined;
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
		throw error;
	}
}

type Form = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isOptional = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value);

const failuresForm: Form = { count: (value) => Number.isSafeInteger(value), lastTime: isTime };
const recordForm: Form = {
	sid: isText,
	name: isText,
	kind: (value) => kinds.includes(String(value)),
	enabled: isFlag,
	home: (value) => isText(value) && String(value).startsWith('/'),
	picture: isText,
	hint: isText,
	createdTime: isTime,
	lastLogonTime: isOptional(isTime),
	passwordTime: isOptional(isTime),
	mustChange: isFlag,
	failures: (value) => fits(value, failuresForm),
	keys: isOptional(isKeySet),
	lockedKeys: (value) => Array.isArray(value) && value.every(isKeySet),
};

function fits(value: unknown, form: Form): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const fields = value as Readonly<Record<string, unknown>>;
	return Object.entries(form).every(([name, is]) => is(fields[name]));
}

function isRecord(value: unknown): value is AccountRecord {
	return fits(value, recordForm);
}
