/** The settings store: what holds, transactions, text; and those who would write, read or overfill what is not theirs. */
import { directoryRights } from '#abi/rights.ts';
import type { SettingValue } from '#abi/structures.generated.ts';
import { exportSettings, importSettings, listSettings, toSettingValue } from '#runtime/settings.ts';
import { sids } from '#security/sid.ts';
import { bytes, ensure, equal, fails, isPending, seededRandom, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

const integer = (number: number): SettingValue => ({ type: 'integer', number });

/** Removes what a case has stored. */
async function clear({ system }: Machine, ...prefixes: string[]): Promise<void> {
	for (const prefix of prefixes) {
		const keys = (await listSettings(system, prefix)).map(({ key }) => ({ key }));
		for (let at = 0; at < keys.length; at += 4096) await system.settingChange(keys.slice(at, at + 4096), undefined);
	}
}

const valueCases: ContractCase[] = [
	{
		title: 'a policy goes before the user, the user before the machine, and each says so',
		async run(machine) {
			const { system } = machine;
			const holds = async () => {
				const { value, source } = await system.settingGet('/effective/case-order/a');
				return [value.number, source];
			};
			const steps = [
				['/machine', 'machine'],
				['/user/self', 'user'],
				['/policy/user', 'user-policy'],
				['/policy/machine', 'machine-policy'],
			] as const;
			await fails('ENOENT', system.settingGet('/effective/case-order/a'));
			for (const [index, [hive, source]] of steps.entries()) {
				await system.settingChange([{ key: `${hive}/case-order/a`, value: integer(index) }], undefined);
				equal(await holds(), [index, source], hive);
			}
			const refused = system.settingChange([{ key: '/user/self/case-order/a', value: integer(9) }], undefined);
			await fails('EPERM', refused, 'a value under a policy');
			await clear(machine, '/policy/user/case-order', '/policy/machine/case-order');
			equal(await holds(), [1, 'user'], 'without the policies');
			await clear(machine, '/machine/case-order', '/user/self/case-order');
		},
	},
	{
		title: 'a setting with a definition has its default and refuses what does not fit',
		async run({ system }) {
			const [definition] = await system.settingDescribe('');
			if (definition === undefined) return;
			const { value, source } = await system.settingGet(`/effective/${definition.name}`);
			equal([value, source], [definition.default, 'default'], definition.name);
			const key = `/machine/${definition.name}`;
			const other: SettingValue = { type: 'bytes', bytes: new Uint8Array(1) };
			await fails('EINVAL', system.settingChange([{ key, value: other }], undefined), 'another type');
		},
	},
	{
		title: 'a value comes back to the last bit, in the store and through text',
		async run(machine) {
			const { system } = machine;
			const values: SettingValue[] = [
				...[true, false, 0, -1, 2 ** 53 - 1, 0.1, 5e-324, 1.7976931348623157e308, '', 'a = b\n/machine/x/y = none'].map(
					(value) => toSettingValue(value),
				),
				...['\u2028 "quoted" \\ \t', 'é – 漢字 🦉'].map((value) => toSettingValue(value)),
				{ type: 'real', number: -0 },
				{ type: 'real', number: 3 },
				{ type: 'strings', list: [] },
				{ type: 'strings', list: ['', 'a,b', '#'] },
				{ type: 'bytes', bytes: new Uint8Array([0, 255, 13, 10]) },
				{ type: 'bytes', bytes: new Uint8Array() },
			];
			const list = values.map((value, index) => ({ key: `/machine/case-values/v${index}`, value }));
			await system.settingChange(list, undefined);
			for (const { key, value } of list) equal((await system.settingGet(key)).value, value, key);
			const exported = await exportSettings(system, '/machine/case-values');
			await clear(machine, '/machine/case-values');
			equal(await importSettings(system, exported), list.length, 'settings imported');
			for (const { key, value } of list) equal((await system.settingGet(key)).value, value, `${key} after import`);
			equal(await exportSettings(system, '/machine/case-values'), exported, 'the text');
			await clear(machine, '/machine/case-values');
		},
	},
	{
		title: 'a list comes in pages, in the order of its keys, and a removed value is gone',
		async run(machine) {
			const { system } = machine;
			const names = Array.from({ length: 25 }, (_, index) => `n${index}`);
			const list = names.map((name) => ({ key: `/machine/case-list/${name}`, value: integer(1) }));
			await system.settingChange(list, undefined);
			const found: string[] = [];
			for (;;) {
				const page = await system.settingList('/machine/case-list', found.at(-1) ?? '', 10);
				found.push(...page.map(({ key }) => key));
				if (page.length < 10) break;
			}
			equal(found, list.map(({ key }) => key).sort(), 'keys');
			await clear(machine, '/machine/case-list');
			equal(await listSettings(system, '/effective/case-list'), [], 'after removal');
		},
	},
];

const transactionCases: ContractCase[] = [
	{
		title: 'a transaction with one bad change changes nothing',
		async run(machine) {
			const { system } = machine;
			await system.settingChange([{ key: '/machine/case-all/a', value: integer(1) }], undefined);
			const good = { key: '/machine/case-all/a', value: integer(2) };
			const twice = [good, good];
			const wrongField: SettingValue = { type: 'integer', text: '2' };
			const bad = [
				...['/machine/case-all', '/nowhere/case-all/x', '/effective/case-all/x', '/user/Owner/case-all/x'],
				...['/machine/../policy/x', '/machine/case-all/a\n/policy/machine/x', '/machine/.x/a', 'machine/case-all/a'],
			];
			for (const key of bad)
				await fails('EINVAL', system.settingChange([good, { key, value: integer(3) }], undefined), key);
			await fails('EINVAL', system.settingChange(twice, undefined), 'a key twice');
			await fails('EINVAL', system.settingChange([good, { key: '/machine/case-all/b', value: wrongField }], undefined));
			equal(
				(await listSettings(system, '/machine/case-all')).map(({ value }) => value.number),
				[1],
				'values',
			);
			await clear(machine, '/machine/case-all');
		},
	},
	{
		title: 'of two that change what both have read, the second hears of it',
		async run(machine) {
			const { system } = machine;
			const key = '/machine/case-since/counter';
			let since = await system.settingChange([{ key, value: integer(0) }], undefined);
			const other = await system.settingChange([{ key: '/machine/case-since/other', value: integer(0) }], since);
			since = await system.settingChange([{ key, value: integer(1) }], since);
			ensure(since > other, 'revisions to rise');
			await fails('EAGAIN', system.settingChange([{ key, value: integer(9) }], other), 'a change after another');
			await system.settingChange([{ key }], since);
			await fails('EAGAIN', system.settingChange([{ key, value: integer(9) }], since), 'a change after a removal');
			await clear(machine, '/machine/case-since');
		},
	},
	{
		title: 'a hundred transactions sent at once are each whole',
		async run(machine) {
			const { system } = machine;
			const pair = (value: number) =>
				['a', 'b'].map((name) => ({ key: `/machine/case-pair/${name}`, value: integer(value) }));
			const sent = Array.from({ length: 100 }, async (_, index) => {
				await system.settingChange(pair(index), undefined);
				const [a, b] = await system.settingList('/machine/case-pair', '', 2);
				equal(a?.value.number, b?.value.number, 'the two values');
			});
			await Promise.all(sent);
			await clear(machine, '/machine/case-pair');
		},
	},
	{
		title: 'a watch tells the keys that changed, each once, and of what holds by its own name',
		async run(machine) {
			const { system } = machine;
			const stored = await system.settingWatch('/machine/case-watch');
			const effective = await system.settingWatch('/effective/case-watch/a');
			const waiting = system.watchRead(stored);
			ensure(await isPending(waiting, () => system.processSelf()), 'the watch to wait');
			const refused = system.settingChange([{ key: '/machine/case-watch', value: integer(1) }], undefined);
			await fails('EINVAL', refused);
			for (const value of [1, 2, 3])
				await system.settingChange([{ key: '/machine/case-watch/a', value: integer(value) }], undefined);
			await system.settingChange([{ key: '/machine/case-watch/b', value: integer(1) }], undefined);
			equal(await waiting, [{ kind: 'changed', path: '/machine/case-watch/a' }], 'the first');
			const rest = (await system.watchRead(stored)).map(({ path }) => path);
			equal(rest, ['/machine/case-watch/a', '/machine/case-watch/b'], 'the rest');
			equal(await system.watchRead(effective), [{ kind: 'changed', path: '/effective/case-watch/a' }], 'what holds');
			for (const handle of [stored, effective]) await system.handleClose(handle);
			await clear(machine, '/machine/case-watch');
		},
	},
];

const attackCases: ContractCase[] = [
	{
		title: 'a program of a person changes neither the machine nor a policy, and sees no other user’s settings',
		async run(machine) {
			const groups = [sids.administrators];
			const { system } = await machine.start({ restriction: { privileges: [], groups } });
			for (const key of ['/machine/case-attack/a', '/policy/machine/case-attack/a', '/policy/user/case-attack/a'])
				await fails('EACCES', system.settingChange([{ key, value: integer(1) }], undefined), key);
			const foreign = '/user/S-1-5-21-1-2-3-1001';
			await fails('EACCES', system.settingList(foreign, '', 1));
			await fails('EACCES', system.settingWatch(foreign));
			await fails('EACCES', system.settingGet(`${foreign}/case-attack/a`));
			await fails('EACCES', system.settingChange([{ key: `${foreign}/case-attack/a`, value: integer(1) }], undefined));
			await system.settingChange([{ key: '/user/self/case-attack/a', value: integer(1) }], undefined);
			await system.settingChange([{ key: '/user/self/case-attack/a' }], undefined);
		},
	},
	{
		title: 'nobody changes the files of the store but the store',
		async run(machine) {
			await machine.system.settingChange([{ key: '/machine/case-files/a', value: integer(1) }], undefined);
			const { system } = await machine.start();
			const file = '/System/Settings/machine/case-files.settings';
			await machine.system.pathMakeDirectory(`${machine.folder}/inside`);
			for (const process of [system, machine.system]) {
				const attempts: readonly [string, Promise<unknown>][] = [
					['write', process.pathWrite(file, bytes('x'), 'replace')],
					['remove', process.pathUnlink(file)],
					['rename', process.pathRename(file, `${machine.folder}/stolen`, false)],
					['replace', process.pathRename(`${machine.folder}/inside`, '/System/Settings', true)],
					['move the folder', process.pathRename('/System', `${machine.folder}/System`, false)],
					['remove the folder', process.pathRemoveTree('/System')],
					['a new file', process.pathWrite('/System/Settings/machine/x.settings', bytes('x'), 'create-new')],
				];
				for (const [what, attempt] of attempts) await fails('EROFS', attempt, what);
			}
			const root = await machine.system.directoryOpen('/', directoryRights);
			const link = machine.system.atAddName(root, file.slice(1), true, root, `${machine.folder.slice(1)}/link`);
			await fails('EROFS', link, 'a second name');
			await machine.system.handleClose(root);
			ensure(text(await machine.system.pathRead(file, 1000)).includes('/machine/case-files/a = integer 1'), 'the text');
			await clear(machine, '/machine/case-files');
		},
	},
	{
		title: 'a program cannot fill the store: its hive has a limit, and what is there stays',
		async run(machine) {
			const { system } = await machine.start();
			const large = toSettingValue('x'.repeat(60_000));
			await system.settingChange([{ key: '/user/self/case-quota/first', value: integer(1) }], undefined);
			let refused = 0;
			for (let number = 0; refused === 0 && number < 400; number++)
				await system.settingChange([{ key: `/user/self/case-quota${number}/a`, value: large }], undefined).catch(() => {
					refused = number;
				});
			ensure(refused > 0, 'the store to refuse');
			const over = system.settingChange([{ key: '/user/self/case-quota-more/a', value: large }], undefined);
			await fails('EDQUOT', over);
			equal((await system.settingGet('/user/self/case-quota/first')).value.number, 1, 'what was there');
			const many = Array.from({ length: 4097 }, (_, index) => ({
				key: `/user/self/case-quota/${index}`,
				value: integer(1),
			}));
			await fails('EINVAL', system.settingChange(many, undefined), 'too many changes');
			for (let number = 0; number < refused; number++)
				await system.settingChange([{ key: `/user/self/case-quota${number}/a` }], undefined);
			await system.settingChange([{ key: '/user/self/case-quota/first' }], undefined);
		},
	},
	{
		title: 'an import that is garbage changes nothing and says which line',
		async run({ system }) {
			const random = seededRandom(3);
			const before = await exportSettings(system, '/machine');
			const line = '/machine/case-garbage/a = integer 1';
			for (let round = 0; round < 100; round++) {
				const noise = String.fromCharCode(...Array.from({ length: 30 }, () => 33 + Math.floor(random() * 90)));
				await fails('EINVAL', importSettings(system, `# Vitrine settings 1\n${line}\n/${noise}\n`), noise);
			}
			const messages = await Promise.allSettled([
				importSettings(system, `${line}\n`),
				importSettings(system, `# Vitrine settings 1\n${line}\n/machine/case-garbage/b = integer 1.5\n`),
				importSettings(system, `# Vitrine settings 1\n${line}\n${line}\n`),
			]);
			for (const [index, result] of messages.entries())
				ensure(
					result.status === 'rejected' && String(result.reason).includes(`line ${[1, 3, 3][index]}`),
					`the line of the error, got ${JSON.stringify(result)}`,
				);
			equal(await exportSettings(system, '/machine'), before, 'the store');
		},
	},
];

export const settingCases: ContractCase[] = [...valueCases, ...transactionCases, ...attackCases];
