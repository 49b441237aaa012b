/**
 * A system in Node with real keys, and people at it: each logs on by the logon screen's calls and works by system calls.
 *
 * Rules of use: the first account, `Owner`, is an administrator without a password, and is logged on from the start
 * (`system.admin`). `close` ends everything.
 */
import type { AccountKind } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { attachProcess } from '#hosts/common/attach-process.ts';
import type { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import type { System } from '#runtime/system.ts';
import { logonToken } from '#security/token.ts';

const nothing = new Uint8Array();
export const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export interface Person {
	readonly sid: string;
	readonly name: string;
	readonly home: string;
	readonly system: System;
}

export class People {
	readonly headless: HeadlessSystem;
	/** Of the first account, with all its rights. */
	readonly admin: System;
	readonly #logon: System;
	readonly #sids = new Map<string, string>();

	constructor(volume: SystemVolume) {
		this.headless = startHeadless(volume);
		this.admin = this.headless.system;
		this.#logon = attachProcess(this.headless.kernel, 'logon', logonToken);
	}

	/** Makes an account; an empty password: none. */
	async create(name: string, password: string, kind: AccountKind = 'standard'): Promise<string> {
		const account = { name, kind, password: encode(password), hint: '', mustChange: false };
		const sid = await this.admin.accountCreate(account);
		this.#sids.set(name, sid);
		return sid;
	}

	/** Logs on by password, or by a recovery code. */
	async logOn(name: string, secret: string, kind: 'password' | 'recovery' = 'password'): Promise<Person> {
		const sid = this.sidOf(name);
		const { id, home } = await this.#logon.logon(sid, { kind: secret === '' ? 'none' : kind, secret: encode(secret) });
		const { kernel } = this.headless;
		const session = kernel.sessions.get(id);
		return { sid, name, home, system: attachProcess(kernel, 'test', session.token, session) };
	}

	async logOff({ sid }: Person): Promise<void> {
		const session = (await this.#logon.sessionList()).find(({ account }) => account === sid);
		if (session !== undefined) await this.#logon.sessionLogOff(session.id);
	}

	sidOf(name: string): string {
		return this.#sids.get(name) ?? '';
	}

	/** Remembers accounts that stand on the volume already. */
	async findAccounts(): Promise<void> {
		for (const { sid, name } of await this.admin.accountList()) this.#sids.set(name, sid);
	}

	close(): void {
		this.headless.close();
	}
}

/** Gives a person a way back: a recovery code, which it types back. Returns it. */
export async function proveRecovery({ system }: Person, password: string): Promise<string> {
	const proof = { kind: password === '' ? 'none' : 'password', secret: encode(password) } as const;
	const code = await system.accountMakeRecovery(proof);
	await system.accountConfirmRecovery(encode(code));
	return code;
}

/** Begins a change of encryption and does all of it; gives how many steps it took. */
export async function change(system: System, path: string, to: 'encrypt' | 'decrypt' | 'renew'): Promise<number> {
	let progress = await system.encryptionBegin(path, to);
	for (let steps = 0; ; steps++) {
		if (progress.finished) return steps;
		progress = await system.encryptionContinue(path);
	}
}

export async function readText(system: System, path: string): Promise<string> {
	return decode(await system.pathRead(path, 1 << 20));
}

export async function writeText(system: System, path: string, text: string): Promise<void> {
	await system.pathWrite(path, text === '' ? nothing : encode(text), 'open-or-create');
}
