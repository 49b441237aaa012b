/**
 * What is asked of passwords and of those who try them: settings of the machine, and decisions that follow from them.
 *
 * Rules of use: functions of their arguments. A policy that cannot be met by anybody is not made: each limit is bounded.
 */
import { OsError } from '#abi/errors.ts';
import type { SettingDefinition, SettingValue } from '#abi/structures.generated.ts';

export interface PasswordPolicy {
	/** Characters that a password has at least, when there is one. */
	readonly minimumLength: number;
	readonly allowsNone: boolean;
	/** Days after which a password has served; 0: never. */
	readonly lifeDays: number;
	/** Wrong passwords in a row before the first pause; 0: no pauses. */
	readonly attempts: number;
	/** The longest pause. */
	readonly longestPauseMinutes: number;
}

export const defaultPolicy: PasswordPolicy = {
	minimumLength: 4,
	allowsNone: true,
	lifeDays: 0,
	attempts: 5,
	longestPauseMinutes: 15,
};

const dayMs = 86_400_000;
const firstPauseMs = 30_000;
const longestPassword = 1024;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const names = {
	minimumLength: 'accounts/minimum-password-length',
	allowsNone: 'accounts/allow-no-password',
	lifeDays: 'accounts/password-days',
	attempts: 'accounts/lockout-attempts',
	longestPauseMinutes: 'accounts/lockout-minutes',
} as const satisfies Record<keyof PasswordPolicy, string>;

const bounds = {
	minimumLength: [1, 64],
	lifeDays: [0, 3650],
	attempts: [0, 100],
	longestPauseMinutes: [1, 60],
} as const;

const integer = (
	field: keyof typeof bounds,
	{ title, summary }: { readonly title: string; readonly summary: string },
): SettingDefinition => {
	const [minimum, maximum] = bounds[field];
	const value = { type: 'integer', number: defaultPolicy[field] } as const;
	return { name: names[field], title, summary, scope: 'machine', choices: [], minimum, maximum, default: value };
};

export const accountSettings: readonly SettingDefinition[] = [
	integer('minimumLength', {
		title: 'Shortest password',
		summary: 'Characters that a new password has at least.',
	}),
	{
		...{ name: names.allowsNone, title: 'Accounts without a password', scope: 'machine', choices: [] },
		summary: 'A person may have no password; whoever sits at the screen can be that person then.',
		default: { type: 'boolean', boolean: defaultPolicy.allowsNone },
	},
	integer('lifeDays', {
		title: 'Days until a password has to be changed',
		summary: '0: never. Changing it by the calendar makes weaker passwords; some rules ask for it all the same.',
	}),
	integer('attempts', {
		title: 'Wrong passwords before a pause',
		summary: 'After so many in a row nobody can try for half a minute, then for longer each time; 0: no pauses.',
	}),
	integer('longestPauseMinutes', {
		title: 'Longest pause after wrong passwords, in minutes',
		summary:
			'A pause never locks anybody out for longer. The recovery code and a passkey open the account all the same.',
	}),
];

/** The policy that settings say; `findValue` finds the value that holds. */
export function readPolicy(findValue: (name: string) => SettingValue | undefined): PasswordPolicy {
	const number = (field: keyof typeof bounds): number => {
		const [minimum, maximum] = bounds[field];
		return Math.min(maximum, Math.max(minimum, findValue(names[field])?.number ?? defaultPolicy[field]));
	};
	return {
		minimumLength: number('minimumLength'),
		allowsNone: findValue(names.allowsNone)?.boolean ?? defaultPolicy.allowsNone,
		lifeDays: number('lifeDays'),
		attempts: number('attempts'),
		longestPauseMinutes: number('longestPauseMinutes'),
	};
}

/** EINVAL, with the reason, for a password that nobody may choose. */
export function requireFitPassword(policy: PasswordPolicy, password: string, account: { readonly name: string }): void {
	const length = [...password].length;
	const reason =
		length === 0
			? policy.allowsNone
				? undefined
				: 'a password is needed on this computer'
			: length < policy.minimumLength
				? `a password has at least ${policy.minimumLength} characters on this computer`
				: password.toLowerCase() === account.name.toLowerCase()
					? 'the name of the account is no password'
					: undefined;
	if (reason !== undefined) throw new OsError('EINVAL', reason);
}

/** The text of a password or code. EINVAL for what is no text, or too long; one text has one spelling (NFC). */
export function readSecret(bytes: Uint8Array): string {
	if (bytes.length > longestPassword) throw new OsError('EINVAL', 'the password is too long');
	try {
		return decoder.decode(bytes).normalize('NFC');
	} catch (error) {
		throw noText(error);
	}
}

function noText(cause: unknown): OsError {
	return new OsError('EINVAL', 'the password is no text', { cause });
}

/** When a password that was set at `passwordTime` has served; `undefined`: never. */
export function findExpiry({ lifeDays }: PasswordPolicy, passwordTime: number | undefined): number | undefined {
	return lifeDays === 0 || passwordTime === undefined ? undefined : passwordTime + lifeDays * dayMs;
}

/** Milliseconds that nobody may try again after so many wrong passwords in a row: doubled by each, up to the longest. */
export function pauseAfter({ attempts, longestPauseMinutes }: PasswordPolicy, failures: number): number {
	if (attempts === 0 || failures < attempts) return 0;
	return Math.min(firstPauseMs * 2 ** Math.min(failures - attempts, 20), longestPauseMinutes * 60_000);
}
