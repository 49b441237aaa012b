/** Makes what proves people, of what the host has given to the kernel. */
import { AccountSecrets } from '#accounts/account-secrets.ts';
import { AttemptGuard } from '#accounts/attempt-guard.ts';
import { readPolicy } from '#accounts/password-policy.ts';
import type { Kernel, KernelOptions } from '../kernel.ts';
import { Credentials, type KeyParts } from './credentials.ts';
import { SessionKeys } from './session-keys.ts';

export function createKeyParts(kernel: Kernel, { vault, random }: KernelOptions): KeyParts | undefined {
	if (vault === undefined) return undefined;
	const { clock, accounts, accountFiles: files, encryption } = kernel;
	const secrets = new AccountSecrets({ vault, clock, random });
	return { vault, secrets, keys: new SessionKeys({ vault, book: accounts.book, files, encryption }) };
}

export function createCredentials(kernel: Kernel, keys: KeyParts | undefined): Credentials {
	const { clock, settings } = kernel;
	const policy = () => readPolicy((name) => settings.valueFor(name));
	const makeGuard = () => new AttemptGuard({ clock, policy });
	return new Credentials(kernel, { guards: { screen: makeGuard(), program: makeGuard() }, policy, keys });
}
