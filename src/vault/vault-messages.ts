/** What goes between the kernel's side of the vault and its Worker, beside the shared memory of the blocking door. */
import type { ErrorName } from '#abi/errors.ts';
import type { AsynchronousVault } from './key-vault.ts';

/** The calls of the asynchronous door. */
export type VaultCalls = Omit<AsynchronousVault, 'prepare'>;

export type ToVaultWorker =
	/** First of all. Ids begin at `firstId`, so that none is used again when one Worker follows another. */
	| { readonly type: 'start'; readonly memory: SharedArrayBuffer; readonly firstId: number }
	| {
			readonly type: 'call';
			readonly id: number;
			readonly call: keyof VaultCalls;
			readonly values: readonly unknown[];
	  };

export type FromVaultWorker =
	| { readonly type: 'ready' }
	| { readonly type: 'answer'; readonly id: number; readonly value: unknown }
	| { readonly type: 'refusal'; readonly id: number; readonly error: ErrorName; readonly detail: string };

/** A Worker that runs `serveVault`. */
export interface VaultWorker {
	post(message: ToVaultWorker): void;
	terminate(): void;
}

/** Makes one; `told` hears what it says, `ended` why it has ended by itself. */
export type MakeVaultWorker = (
	told: (message: FromVaultWorker) => void,
	ended: (reason: string) => void,
) => VaultWorker;
