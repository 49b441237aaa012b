/**
 * Keys of the settings store: a hive, and the name of a setting in it.
 *
 * Invariant: whatever a key is, the hive's folder and the file name made from it are plain names: no part can be `..`, hold
 * a separator, or start with a dot.
 */
import { OsError } from '#abi/errors.ts';
import type { SettingSource } from '#abi/structures.generated.ts';
import { parseSid, type Sid } from '#security/sid.ts';

/** A place where values are stored. */
export interface Hive {
	readonly source: Exclude<SettingSource, 'default'>;
	/** Of the hive of one user. */
	readonly user?: Sid;
	/** What its keys start with, and where it stands below the folder of the store. */
	readonly root: string;
}

export interface SettingKey {
	/** `undefined`: what holds for the caller. */
	readonly hive: Hive | undefined;
	/** Without the hive; of a prefix perhaps empty. */
	readonly name: string;
}

export const machineHive: Hive = { source: 'machine', root: '/machine' };
export const machinePolicy: Hive = { source: 'machine-policy', root: '/policy/machine' };
export const userPolicy: Hive = { source: 'user-policy', root: '/policy/user' };
export const effectiveRoot = '/effective';

export function userHive(user: Sid): Hive {
	return { source: 'user', user, root: `/user/${user}` };
}

const part = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const mostParts = 8;

/** The key of one setting; `self` is the user `caller`. EINVAL when it is none. */
export function parseKey(text: string, caller: Sid): SettingKey {
	const key = parsePrefix(text, caller);
	if (key.name.split('/').length < 2) throw new OsError('EINVAL', `${text} names no setting`);
	return key;
}

/** A key, or the first parts of keys. EINVAL when no key can start with it. */
export function parsePrefix(text: string, caller: Sid): SettingKey {
	const [empty, first = '', ...rest] = text.split('/');
	if (empty !== '') throw invalid(text);
	if (first === 'effective') return { hive: undefined, name: nameOf(text, rest) };
	if (first === 'machine') return { hive: machineHive, name: nameOf(text, rest) };
	const [second = '', ...names] = rest;
	if (first === 'user')
		return { hive: userHive(second === 'self' ? caller : parseSid(second)), name: nameOf(text, names) };
	if (first !== 'policy') throw invalid(text);
	if (second === 'machine') return { hive: machinePolicy, name: nameOf(text, names) };
	if (second === 'user') return { hive: userPolicy, name: nameOf(text, names) };
	throw invalid(text);
}

export function formatKey({ hive, name }: SettingKey): string {
	const root = hive?.root ?? effectiveRoot;
	return name === '' ? root : `${root}/${name}`;
}

/** Whether `name` is `prefix` or below it. */
export function isBelow(name: string, prefix: string): boolean {
	return prefix === '' || name === prefix || name.startsWith(`${prefix}/`);
}

function nameOf(text: string, parts: readonly string[]): string {
	if (parts.length > mostParts || !parts.every((each) => part.test(each))) throw invalid(text);
	return parts.join('/');
}

function invalid(text: string): OsError {
	return new OsError('EINVAL', `${text.slice(0, 100)} is no key of a setting`);
}
