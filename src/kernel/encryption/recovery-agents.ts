/**
 * The recovery agents of the policy: whose keys open every file that is encrypted on this computer.
 *
 * They are a setting of the machine, `encryption/agents`, which only a policy sets: texts of the public key in hexadecimal
 * (X25519, 32 bytes), a blank, and what the agent is called. A text that is none of these is passed over and logged once.
 */
import { OsError } from '#abi/errors.ts';
import type { RecoveryAgent, SettingDefinition } from '#abi/structures.generated.ts';
import { formatHexadecimal, parseHexadecimal } from '#base/hexadecimal.ts';
import type { Recipient } from '#efs/encryption-keys.ts';
import { publicKeyLength } from '#efs/file-cipher.ts';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { Caller } from '../caller.ts';
import type { Kernel } from '../kernel.ts';

const settingName = 'encryption/agents';
const policyKey = `/policy/machine/${settingName}`;
const maximumAgents = 16;
const maximumName = 64;

export const encryptionSettings: readonly SettingDefinition[] = [
	{
		...{ name: settingName, title: 'Recovery agents', scope: 'machine' },
		summary: 'Whose keys can open all files that are encrypted on this computer; set as a policy.',
		...{ default: { type: 'strings', list: [] }, choices: [] },
	},
];

export class RecoveryAgents {
	readonly #kernel: Pick<Kernel, 'settings' | 'access' | 'log'>;
	readonly #refused = new Set<string>();

	constructor(kernel: Pick<Kernel, 'settings' | 'access' | 'log'>) {
		this.#kernel = kernel;
	}

	list(): RecoveryAgent[] {
		return this.#texts().flatMap((text) => this.#parse(text) ?? []);
	}

	recipients(): Recipient[] {
		return this.list().map(({ publicKey, name }) => ({ kind: 'agent', publicKey, name }));
	}

	add(caller: Caller, name: string, publicKey: Uint8Array): RecoveryAgent {
		if (name === '' || name.length > maximumName || name.trim() !== name || /\p{Cc}/u.test(name))
			throw new OsError('EINVAL', `an agent’s name has 1 to ${maximumName} characters`);
		if (publicKey.length !== publicKeyLength) throw new OsError('EINVAL', `a public key has ${publicKeyLength} bytes`);
		const agent: RecoveryAgent = { key: keyIdentifier(publicKey), name, publicKey: publicKey.slice() };
		const agents = this.list();
		if (agents.some(({ key }) => key === agent.key)) throw new OsError('EEXIST', `${name} is an agent already`);
		if (agents.length >= maximumAgents) throw new OsError('E2BIG', `there are ${maximumAgents} agents at most`);
		this.#store(caller, [...agents, agent]);
		this.#note(caller, `${name} (key ${agent.key}) was made a recovery agent`);
		return agent;
	}

	remove(caller: Caller, key: string): void {
		const agents = this.list();
		const agent = agents.find((each) => each.key === key);
		if (agent === undefined) throw new OsError('ENOENT', 'there is no agent with this key');
		this.#store(
			caller,
			agents.filter((each) => each !== agent),
		);
		this.#note(caller, `${agent.name} (key ${key}) is no recovery agent any more`);
	}

	#store({ process, changes }: Caller, agents: readonly RecoveryAgent[]): void {
		const list = agents.map(({ publicKey, name }) => `${formatHexadecimal(publicKey)} ${name}`);
		const value = list.length === 0 ? undefined : ({ type: 'strings', list } as const);
		this.#kernel.settings.change(process.token, changes, { list: [{ key: policyKey, value }] });
	}

	#note({ process, changes }: Caller, what: string): void {
		const who = this.#kernel.access.nameOf(process.token.user);
		changes.whenStored(() => this.#kernel.access.note('warning', `${what}, by ${who}`));
	}

	#texts(): readonly string[] {
		return this.#kernel.settings.valueFor(settingName)?.list ?? [];
	}

	#parse(text: string): RecoveryAgent | undefined {
		const blank = text.indexOf(' ');
		const publicKey = blank < 0 ? undefined : parseHexadecimal(text.slice(0, blank));
		if (publicKey?.length === publicKeyLength)
			return { key: keyIdentifier(publicKey), name: text.slice(blank + 1), publicKey };
		if (!this.#refused.has(text)) {
			this.#refused.add(text);
			this.#kernel.log.write(
				'warning',
				'encryption',
				`The policy names a recovery agent that is none: ${text.slice(0, 80)}`,
			);
		}
		return undefined;
	}
}
