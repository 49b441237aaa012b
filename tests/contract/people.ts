/** A system in Node with the real vault, a logon screen, and people who log on. */
import assert from 'node:assert/strict';
import { OsError } from '#abi/errors.ts';
import type { Credential, NewAccount, SessionInfo } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { attachProcess } from '#hosts/common/attach-process.ts';
import { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { makeVault } from '#hosts/node/make-vault.ts';
import { NodeProgramLauncher } from '#hosts/node/program-launcher.ts';
import type { System } from '#runtime/system.ts';
import { childToken, desktopToken, logonToken } from '#security/token.ts';
import type { RemoteKeyVault } from '#vault/remote-key-vault.ts';

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const password = (text: string): Credential => ({ kind: 'password', secret: bytes(text) });
export const none: Credential = { kind: 'none', secret: bytes('') };
export const chosen = (text: string, hint = '') => ({ password: bytes(text), hint, mustChange: false });

export function account(name: string, more: Partial<NewAccount> = {}): NewAccount {
	return { name, kind: 'standard', password: bytes(''), hint: '', mustChange: false, ...more };
}

/** A system with a logon screen, and an administrator at the console. */
export class People {
	readonly headless: HeadlessSystem;
	readonly logon: System;
	readonly vault: RemoteKeyVault;

	constructor(volume: SystemVolume = new MemoryFileSystem({ clock: hostClock })) {
		this.vault = makeVault();
		const makeLauncher = (turns: ConstructorParameters<typeof NodeProgramLauncher>[0]) =>
			new NodeProgramLauncher(turns);
		this.headless = new HeadlessSystem({ volume, vault: this.vault, host: 'node', makeLauncher });
		this.logon = attachProcess(this.headless.kernel, 'logon', logonToken);
	}

	get administrator(): System {
		return this.headless.system;
	}

	/** Makes an account; gives its SID. */
	add(name: string, more: Partial<NewAccount> = {}): Promise<string> {
		return this.administrator.accountCreate(account(name, more));
	}

	/** Logs on, and starts an everyday program and a part of the system such as the desktop in the session. */
	async enter(sid: string, credential: Credential): Promise<{ session: SessionInfo; system: System; desktop: System }> {
		const session = await this.logon.logon(sid, credential);
		const { kernel } = this.headless;
		const logonSession = kernel.sessions.get(session.id);
		const desktop = desktopToken(logonSession.token);
		return {
			session,
			system: attachProcess(kernel, 'program', childToken(desktop), logonSession),
			desktop: attachProcess(kernel, 'desktop', desktop, logonSession),
		};
	}

	async info(sid: string) {
		const found = (await this.logon.accountList()).find((each) => each.sid === sid);
		assert.ok(found);
		return found;
	}
}

export async function refused(code: string, action: Promise<unknown>, what?: string): Promise<OsError> {
	const outcome = await action.then(
		() => undefined,
		(error: unknown) => error,
	);
	assert.ok(outcome instanceof OsError, `${what ?? 'the call'} succeeded`);
	assert.equal(outcome.code, code, `${what ?? ''} ${outcome.message}`);
	return outcome;
}
