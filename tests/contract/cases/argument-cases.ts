/** Attacks on the gate: arguments that do not fit the contract, forged handles, and messages that are no requests. */

import type { SystemCallDefinition } from '#abi/call-definition.ts';
import { errorTable } from '#abi/errors.ts';
import type { Port } from '#abi/messages.ts';
import { systemCalls } from '#abi/system-calls.ts';
import { enums, type ScalarType } from '#abi/types.ts';
import { ensure, equal, seededRandom } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

/** A value of each type that fits, and some that do not. */
const fitting: Record<string, unknown> = {
	boolean: true,
	u32: 1,
	size: 0,
	time: 0,
	real: 0.5,
	string: 'x',
	path: '/no such folder/x',
	bytes: new Uint8Array(1),
	handle: 4_000_000,
	pid: 4_000_000,
	strings: [],
	ns: 0n,
	offset: 0,
	SpawnOptions: { arguments: [], environment: [], workingDirectory: '/' },
	LogQuery: { limit: 1, level: 'debug', channels: [], source: '', text: '' },
	SecurityChange: {},
	TerminalSize: { rows: 24, columns: 80 },
	TerminalMode: { canonical: true, echo: true, signals: true, outputNewlines: true },
};

const never = [undefined, null, {}, [], Number.NaN, -1, 0.5, 1n, new Map(), new Date(0)] as const;
const wrong: Partial<
	Record<
		| ScalarType
		| 'SpawnOptions'
		| 'TerminalSize'
		| 'TerminalMode'
		| 'SettingChange'
		| 'LogQuery'
		| 'SecurityChange'
		| 'Principal'
		| 'Credential'
		| 'NewAccount'
		| 'AccountChange'
		| 'NewPassword'
		| 'NewPasskey'
		| 'PcSettingsChange'
		| 'PcScreenMode',
		readonly unknown[]
	>
> = {
	TerminalSize: ['x', null, {}, { rows: -1, columns: 80 }, { rows: 1 }, { rows: 2 ** 32, columns: 1 }],
	TerminalMode: ['x', null, {}, { canonical: 1, echo: true, signals: true, outputNewlines: true }, { canonical: true }],
	boolean: [0, 'true', ...never],
	u32: [2 ** 32, '1', true, Number.POSITIVE_INFINITY, ...never],
	size: [2 ** 53, '1', true, ...never],
	time: [Number.POSITIVE_INFINITY, '0', undefined, null, {}, Number.NaN, 1n],
	string: [1, true, 'x'.repeat(1_048_577), ...never],
	path: ['', 'a\0b', '/'.repeat(32_768), 1, ...never],
	bytes: ['x', new ArrayBuffer(4), new Uint16Array(2), ...never],
	handle: [2 ** 32, '1', true, ...never],
	pid: [2 ** 53, '1', ...never],
	strings: ['x', [1], [undefined], {}, null, new Array(1), Object.assign(['x'], { map: 1 })],
	ns: [-1n, 2n ** 63n, 1, '1', null, {}],
	offset: [2 ** 53, 0.5, '1', 1n, null, undefined, {}],
	real: [Number.POSITIVE_INFINITY, '0', undefined, null, {}, Number.NaN, 1n],
	LogQuery: [
		'x',
		null,
		{},
		{ limit: 1, level: 'all', channels: [], source: '', text: '' },
		{ limit: 1, level: 'debug', channels: ['all'], source: '', text: '' },
		{ limit: -1, level: 'debug', channels: [], source: '', text: '' },
		{ limit: 1, level: 'debug', channels: [], source: '', text: '', after: -1 },
	],
	SettingChange: [
		'x',
		null,
		{},
		{ key: 1 },
		{ key: '/machine/a/b', value: 'x' },
		{ key: '/machine/a/b', value: { type: 'number', number: 1 } },
		{ key: '/machine/a/b', value: { type: 'integer', number: Number.NaN } },
		{ key: '/machine/a/b', value: { type: 'strings', list: [1] } },
		{ key: '/machine/a/b', value: { type: 'bytes', bytes: [1] } },
	],
	SpawnOptions: [
		'x',
		null,
		{},
		{ arguments: [], environment: [] },
		{ arguments: [1], environment: [], workingDirectory: '/' },
		{ arguments: [], environment: [], workingDirectory: 1 },
		{ arguments: [], environment: [], workingDirectory: '/', standardInput: 'x' },
		{ arguments: [], environment: [], workingDirectory: '/', restriction: {} },
		{ arguments: [], environment: [], workingDirectory: '/', restriction: { privileges: ['all'], groups: [] } },
		{ arguments: [], environment: [], workingDirectory: '/', restriction: { privileges: [], groups: [1] } },
	],
};

const entry = { kind: 'allow', sid: 'S-1-1-0', rights: 1, flags: 0 };
wrong.SecurityChange = [
	'x',
	null,
	{ owner: 1 },
	{ protected: 'yes' },
	{ access: [] },
	{ access: { entries: 'x' } },
	{ access: { entries: [{ ...entry, kind: 'permit' }] } },
	{ access: { entries: [{ ...entry, rights: -1 }] } },
	{ access: { entries: [{ ...entry, sid: undefined }] } },
	{ audit: { entries: [entry, null] } },
];
wrong.Principal = ['x', null, {}, { user: 'S-1-1-0' }, { user: 1, groups: [] }, { user: 'S-1-1-0', groups: [1] }];

const proof = { kind: 'password', secret: new Uint8Array(1) };
const account = { name: 'x', kind: 'standard', password: new Uint8Array(), hint: '', mustChange: false };
const passkey = { id: new Uint8Array(1), salt: new Uint8Array(32), secret: new Uint8Array(32), name: 'x' };
Object.assign(fitting, {
	Credential: proof,
	NewAccount: account,
	AccountChange: {},
	NewPassword: { password: new Uint8Array(), hint: '', mustChange: false },
	NewPasskey: passkey,
	PcSettingsChange: {},
	PcScreenMode: { width: 1280, height: 720, millihertz: 60_000 },
});
wrong.Credential = ['x', null, {}, { ...proof, kind: 'key' }, { ...proof, secret: 'x' }, { kind: 'none' }];
wrong.NewAccount = [
	'x',
	null,
	{},
	{ ...account, name: 1 },
	{ ...account, kind: 'owner' },
	{ ...account, hint: undefined },
];
wrong.AccountChange = ['x', null, { name: 1 }, { kind: 'owner' }, { enabled: 'yes' }, { picture: new Uint8Array() }];
wrong.NewPassword = ['x', null, {}, { password: 'x', hint: '', mustChange: false }, { password: new Uint8Array() }];
wrong.NewPasskey = ['x', null, {}, { ...passkey, id: 'x' }, { ...passkey, salt: undefined }, { ...passkey, name: 1 }];
wrong.PcSettingsChange = [
	'x',
	null,
	{ keyboardLayouts: 'us' },
	{ timeZone: 1 },
	{ clockIsLocal: 'yes' },
	{ network: 'ajar' },
	{ time: 'now' },
];
wrong.PcScreenMode = ['x', null, {}, { width: 1, height: 1 }, { width: -1, height: 1, millihertz: 1 }];

const badEnumValues = ['', 'OPEN', 'toString', '__proto__', 0, ...never];

function goodValue(type: string): unknown {
	if (type.endsWith('?')) return undefined;
	if (type.endsWith('[]')) return [];
	return type in enums ? enums[type as keyof typeof enums].values[0] : fitting[type];
}

function badValues(type: string): readonly unknown[] {
	if (type.endsWith('?')) return badValues(type.slice(0, -1)).filter((value) => value !== undefined);
	if (type.endsWith('[]'))
		return ['x', null, {}, new Array(1), ...badValues(type.slice(0, -2)).map((value) => [value])];
	const values = type in enums ? badEnumValues : wrong[type as ScalarType];
	ensure(values !== undefined, `bad values for the type ${type}`);
	return values;
}

/** Requests and their replies by id, over a bare port. */
class RawCalls {
	readonly #port: Port;
	readonly #waiting = new Map<number, (errno: number) => void>();
	#next = 1;
	/** Replies to ids that were not asked, or asked once and answered twice. */
	unexpected = 0;

	constructor(port: Port) {
		this.#port = port;
		port.onMessage((message) => {
			const [id, errno] = message as [number, number];
			const resolve = this.#waiting.get(id);
			if (resolve === undefined) this.unexpected++;
			this.#waiting.delete(id);
			resolve?.(errno);
		});
	}

	/** The error number of the reply, 0 for success. */
	call(number: unknown, ...values: unknown[]): Promise<number> {
		const id = this.#next++;
		return new Promise((resolve) => {
			this.#waiting.set(id, resolve);
			this.#port.send([id, number, ...values]);
		});
	}

	send(message: unknown): void {
		this.#port.send(message);
	}
}

/** Ends the caller, or waits for ever: not for calls with arguments that may fit. */
const leaveOut = new Set(['process_exit']);

async function attackArguments(calls: RawCalls, definition: SystemCallDefinition): Promise<void> {
	const good = definition.arguments.map(({ type }) => goodValue(type));
	for (const [place, argument] of definition.arguments.entries()) {
		for (const bad of badValues(argument.type)) {
			const values = good.with(place, bad);
			const errno = await calls.call(definition.number, ...values);
			equal(errno, errorTable.EINVAL.number, `${definition.name} with ${argument.name} = ${String(bad).slice(0, 40)}`);
		}
	}
	const many = await calls.call(definition.number, ...good, 1);
	equal(many, errorTable.EINVAL.number, `${definition.name} with an argument too many`);
	if (good.length === 0) return;
	const few = await calls.call(definition.number, ...good.slice(1));
	equal(few, errorTable.EINVAL.number, `${definition.name} with an argument too few`);
}

const badArgumentCases: ContractCase[] = systemCalls.map((definition) => ({
	title: `${definition.name} refuses every argument that does not fit the contract`,
	async run(machine) {
		const { port } = await machine.startRaw();
		const calls = new RawCalls(port);
		await attackArguments(calls, definition);
		equal(calls.unexpected, 0, 'unexpected replies');
	},
}));

const handleCalls = systemCalls.filter((definition) => definition.arguments[0]?.type === 'handle');

const forgedHandleCases: ContractCase[] = handleCalls.map((definition) => ({
	title: `${definition.name} refuses forged handles and those of another process`,
	async run(machine) {
		const { port } = await machine.startRaw();
		const calls = new RawCalls(port);
		const foreign = (await machine.system.pipeCreate()).read;
		const rest = definition.arguments.slice(1).map(({ type }) => goodValue(type));
		for (const handle of [0, foreign, 77_777, 2 ** 32 - 1]) {
			const errno = await calls.call(definition.number, handle, ...rest);
			equal(errno, errorTable.EBADF.number, `${definition.name}(${handle})`);
		}
	},
}));

function randomValue(random: () => number): unknown {
	const values = [
		undefined,
		null,
		Math.floor(random() * 2 ** 33),
		-random(),
		'/',
		'/Users/../..',
		'x'.repeat(Math.floor(random() * 300)),
		new Uint8Array(Math.floor(random() * 100)),
		random() < 0.5,
		[],
		{ arguments: [], environment: [], workingDirectory: '/', standardInput: Math.floor(random() * 10) },
		'open',
		'kill',
	];
	return values[Math.floor(random() * values.length)];
}

async function fuzzGate(machine: Machine): Promise<void> {
	const { port } = await machine.startRaw();
	const calls = new RawCalls(port);
	const random = seededRandom(20_261_123);
	const waits = new Set([
		'process_wait',
		'stream_read',
		'stream_write',
		'watch_read',
		'event_wait',
		'log_wait',
		'process_kill',
	]);
	const numbers = systemCalls.filter(({ name, mutates }) => !waits.has(name) && !mutates && !leaveOut.has(name));
	for (let round = 0; round < 2000; round++) {
		const definition = numbers[Math.floor(random() * numbers.length)] as SystemCallDefinition;
		const values = definition.arguments.map(() => randomValue(random));
		const errno = await calls.call(definition.number, ...values);
		ensure(errno !== errorTable.EIO.number, `no defect in ${definition.name}(${JSON.stringify(values)})`);
	}
	equal(calls.unexpected, 0, 'unexpected replies');
}

export const argumentCases: ContractCase[] = [
	...badArgumentCases,
	...forgedHandleCases,
	{
		title: 'a number that is no system call is refused',
		async run(machine) {
			const { port } = await machine.startRaw();
			const calls = new RawCalls(port);
			for (const number of [0, -1, 9999, 1.5, '1', null, undefined, 'toString', {}, Number.NaN])
				equal(await calls.call(number), errorTable.ENOSYS.number, `call ${String(number)}`);
		},
	},
	{
		title: 'messages that are no requests are ignored, and the process goes on',
		async run(machine) {
			const { port } = await machine.startRaw();
			const calls = new RawCalls(port);
			const messages = [
				null,
				1,
				'x',
				{},
				[],
				[0, 1],
				[-1, 1],
				['1', 1],
				[1.5, 1],
				[{}, 1],
				new Uint8Array(9),
				[Number.NaN],
			];
			for (const message of messages) calls.send(message);
			equal(await calls.call(1), 0, 'process_self after garbage');
			equal(calls.unexpected, 0, 'replies to garbage');
		},
	},
	{ title: '2,000 random calls meet no defect', run: fuzzGate },
];
