/** The builtin `settings`: reads and changes the settings store. */
import { formatBare, formatValue, parseValue } from '#abi/setting-text.ts';
import type { Setting, SettingValue } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { exportSettings, importSettings, listSettings } from '#runtime/settings.ts';
import { readText, writeText } from '#runtime/text-files.ts';
import { type Builtin, type BuiltinContext, UsageError } from '../builtin.ts';
import { untilAborted } from '../scope.ts';

/** A name without a hive means what holds; to change it, the caller's own value. */
function keyOf(name: string, hive: '/effective' | '/user/self'): string {
	return name.startsWith('/') ? name : `${hive}/${name}`;
}

function requireOperands(operands: readonly string[], least: number, most = least): void {
	if (operands.length < least) throw new UsageError('something is missing');
	if (operands.length > most) throw new UsageError(`too much: ${operands[most]}`);
}

/** A value as typed: of the type that the setting has already, else the one that it looks like. */
async function readValue(context: BuiltinContext, key: string, words: readonly string[]): Promise<SettingValue> {
	const [first = '', ...rest] = words;
	if (rest.length > 0) return requireValue(parseValue(first, rest.join(' ')));
	const name = key.replace(/^\/(?:user\/[^/]+|policy\/[^/]+|machine)\//, '');
	const known = (await context.system.settingDescribe(name)).find((definition) => definition.name === name);
	const type = known?.default.type ?? guessType(first);
	return requireValue(parseValue(type, type === 'string' && !first.startsWith('"') ? JSON.stringify(first) : first));
}

function guessType(text: string): SettingValue['type'] {
	if (text === 'true' || text === 'false') return 'boolean';
	if (/^-?\d{1,15}$/.test(text)) return 'integer';
	if (/^-?\d+\.\d+$/.test(text)) return 'real';
	return text.startsWith('[') ? 'strings' : 'string';
}

function requireValue(value: SettingValue | string): SettingValue {
	if (typeof value === 'string') throw new UsageError(value);
	return value;
}

async function get(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 1);
	const { value, source } = await context.system.settingGet(keyOf(operands[0] as string, '/effective'));
	await context.output.write(`${value.type === 'string' ? value.text : formatBare(value)}\n`);
	const [, output] = context.scope.streams;
	const isSeen = output !== undefined && (await context.system.handleKind(output)) === 'terminal';
	if (isSeen && source.endsWith('policy')) await context.output.write('(set by a policy)\n');
}

async function set(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 2, 3);
	const [name = '', ...words] = operands;
	const key = keyOf(name, '/user/self');
	await context.system.settingChange([{ key, value: await readValue(context, key, words) }], undefined);
}

async function list(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 0, 1);
	const prefix = operands[0] === undefined ? '/effective' : keyOf(operands[0], '/effective');
	const line = ({ key, value, source }: Setting) => {
		const name = key.replace(/^\/effective\//, '');
		return `${name} = ${formatValue(value)}${key.startsWith('/effective/') ? `  (${source})` : ''}\n`;
	};
	for (const setting of await listSettings(context.system, prefix)) await context.output.write(line(setting));
}

async function reset(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 1);
	const prefix = keyOf(operands[0] as string, '/user/self');
	const keys = (await listSettings(context.system, prefix)).map(({ key }) => ({ key }));
	if (keys.length === 0) throw new Error(`${operands[0]}: nothing is set there`);
	await context.system.settingChange(keys, undefined);
}

async function exportText(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 1, 2);
	const text = await exportSettings(context.system, keyOf(operands[0] as string, '/user/self'));
	if (operands[1] === undefined) await context.output.write(text);
	else await writeText(context.system, resolvePath(context.session.workingDirectory, operands[1]), text);
}

async function importText(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 1);
	const count = await importSettings(
		context.system,
		await readText(context.system, resolvePath(context.session.workingDirectory, operands[0] as string)),
	);
	await context.output.write(`${count} ${count === 1 ? 'setting' : 'settings'} taken over\n`);
}

async function watch(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	requireOperands(operands, 1);
	const handle = await context.system.settingWatch(keyOf(operands[0] as string, '/effective'));
	try {
		for (;;) {
			const changes = await untilAborted(context.system.watchRead(handle), context.scope.signal);
			for (const { path } of changes) await context.output.write(`${path}\n`);
			await context.output.flush();
		}
	} finally {
		await context.system.handleClose(handle);
	}
}

const actions: Readonly<Record<string, (context: BuiltinContext, operands: readonly string[]) => Promise<void>>> = {
	get,
	set,
	list,
	reset,
	export: exportText,
	import: importText,
	watch,
};

const settings: Builtin = {
	usage:
		'settings get NAME | set NAME [TYPE] VALUE | list [PREFIX] | reset PREFIX | export PREFIX [FILE] | import FILE | watch PREFIX',
	summary:
		'Reads and changes settings. A NAME such as desktop/appearance/theme means what holds, and to change it your own value; /machine/NAME holds for all, /policy/machine/NAME goes before both.',
	async run(context) {
		const [word = '', ...operands] = context.arguments;
		const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
		if (action === undefined) throw new UsageError(word === '' ? 'what about them?' : `there is no “${word}”`);
		await action(context, operands);
		return 0;
	},
};

export const settingsBuiltins: Readonly<Record<string, Builtin>> = { settings };
