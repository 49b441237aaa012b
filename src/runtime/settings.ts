/**
 * Settings for programs: plain values instead of the contract's structures; export and import as text.
 *
 * Rules of use:
 * - `importSettings` is one transaction: a text with one bad line, or one change that is refused, changes nothing.
 */
import { OsError } from '#abi/errors.ts';
import { formatSettings, parseSettings } from '#abi/setting-text.ts';
import type { Setting, SettingValue } from '#abi/structures.generated.ts';
import type { System } from './system.ts';

export type PlainValue = boolean | number | string | readonly string[] | Uint8Array<ArrayBuffer>;

const pageSize = 1000;

/** Contract's value of a plain one; whole numbers are integers. */
export function toSettingValue(value: PlainValue): SettingValue {
	if (typeof value === 'boolean') return { type: 'boolean', boolean: value };
	if (typeof value === 'number') return { type: Number.isSafeInteger(value) ? 'integer' : 'real', number: value };
	if (typeof value === 'string') return { type: 'string', text: value };
	return value instanceof Uint8Array ? { type: 'bytes', bytes: value } : { type: 'strings', list: [...value] };
}

export function toPlainValue({ boolean, number, text, list, bytes }: SettingValue): PlainValue | undefined {
	return boolean ?? number ?? text ?? list ?? (bytes as Uint8Array<ArrayBuffer> | undefined);
}

/** All settings below a prefix. */
export async function listSettings(system: System, prefix: string): Promise<Setting[]> {
	const settings: Setting[] = [];
	for (;;) {
		const page = await system.settingList(prefix, settings.at(-1)?.key ?? '', pageSize);
		settings.push(...page);
		if (page.length < pageSize) return settings;
	}
}

export async function exportSettings(system: System, prefix: string): Promise<string> {
	return formatSettings(await listSettings(system, prefix));
}

/** How many settings were changed. EINVAL with the line and the reason when the text has an error. */
export async function importSettings(system: System, text: string): Promise<number> {
	const { changes, problems } = parseSettings(text);
	const [first] = problems;
	if (first !== undefined) throw new OsError('EINVAL', `line ${first.line}: ${first.reason}`);
	await system.settingChange(changes, undefined);
	return changes.length;
}
