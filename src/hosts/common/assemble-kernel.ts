/**
 * A kernel on a volume, with everything that both hosts give it: folders and permissions, the key vault, encrypted files,
 * settings and services.
 *
 * Rules of use: the volume is the kernel's from here on: the one to close is `kernel.volume`. The vault is started by the first
 * password or encrypted file, not before. Without one nobody has a password, and nothing can be encrypted.
 */
import { EncryptingVolume } from '#efs/encrypting-volume.ts';
import { VolumeEncryption } from '#efs/volume-encryption.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { RecoveryAgents } from '#kernel/encryption/recovery-agents.ts';
import { VaultPersonKeys } from '#kernel/encryption/vault-person-keys.ts';
import { Kernel, type KernelOptions } from '#kernel/kernel.ts';
import type { KeyVault } from '#vault/key-vault.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { mountKeptFolders } from './appliance-volume.ts';
import { hostClock } from './host-clock.ts';
import { hostRandom } from './host-random.ts';
import { logUnsecured, secureVolume } from './secure-volume.ts';
import { logMissingFolders, seedFolders } from './seed-folders.ts';
import { services, settingDefinitions } from './services.ts';

type Chosen = 'launcher' | 'host' | 'afterArrived' | 'services' | 'pc' | 'onLogEvent';

export interface AssemblyParts extends Pick<KernelOptions, Chosen> {
	readonly volume: SystemVolume;
	readonly vault: KeyVault | undefined;
	/** Of a PC that is an appliance: what is in these folders is on another volume than the rest. */
	readonly kept?: KeptFolders | undefined;
}

export interface KeptFolders {
	readonly volume: SystemVolume;
	readonly paths: readonly string[];
}

export function assembleKernel({ volume: plain, vault, kept, ...chosen }: AssemblyParts): Kernel {
	const missingFolders = seedFolders(plain);
	const { machine, problem } = secureVolume(plain, hostRandom);
	const encrypted = vault === undefined ? undefined : encryptVolume(plain, vault);
	const kernel = new Kernel({
		...{ services, settings: settingDefinitions, version: packageDescription.version },
		...{ clock: hostClock, random: hostRandom, machine, isUnsecured: problem !== undefined, volume: plain },
		...encrypted,
		...chosen,
	});
	if (encrypted !== undefined) connectKeys(kernel, encrypted);
	if (kept !== undefined) mountKeptFolders(kernel.namespace, readable(kept.volume, encrypted), kept.paths);
	if (missingFolders !== undefined) logMissingFolders(kernel.log, missingFolders);
	if (problem !== undefined) logUnsecured(kernel.log, problem);
	return kernel;
}

interface EncryptedParts {
	readonly vault: KeyVault;
	readonly personKeys: VaultPersonKeys;
	readonly volume: EncryptingVolume;
	readonly encryption: VolumeEncryption;
}

function encryptVolume(plain: SystemVolume, vault: KeyVault): EncryptedParts {
	const personKeys = new VaultPersonKeys(vault);
	const volume = new EncryptingVolume({ volume: plain, cipher: vault, keys: personKeys, random: hostRandom });
	return { vault, personKeys, volume, encryption: new VolumeEncryption(volume) };
}

/** Encrypted files open in kept folders as they do elsewhere. */
function readable(volume: SystemVolume, encrypted: EncryptedParts | undefined): SystemVolume {
	if (encrypted === undefined) return volume;
	const { vault: cipher, personKeys: keys } = encrypted;
	return new EncryptingVolume({ volume, cipher, keys, random: hostRandom });
}

/** The volume asks for keys that the kernel knows, and is older than it. */
function connectKeys(kernel: Kernel, { vault, personKeys }: EncryptedParts): void {
	const agents = new RecoveryAgents(kernel);
	const nameOf = kernel.access.nameOf.bind(kernel.access);
	if (kernel.sessionKeys !== undefined)
		personKeys.attach({ rings: kernel.sessionKeys, agents: () => agents.recipients(), nameOf });
	vault.onEnd((reason) => kernel.sessions.loseKeys(reason));
}
