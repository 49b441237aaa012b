/**
 * The sector that holds the state of the start: read, and written as one.
 *
 * Rules of use: `change` is the only way to write; it resolves when the sector is on the disk and was read back.
 */
import type { BlockDevice } from '../installed-disk/block-device.ts';
import { makeEnvironmentBlock, parseEnvironmentBlock } from '../installed-disk/environment-block.ts';
import { sectorBytes } from '../installed-disk/layout.ts';
import { type BootState, readBootState, writeBootState } from './boot-state.ts';
import { findFatFile } from './fat-file.ts';

export class StateSector {
	readonly #device: BlockDevice;
	readonly #place: number;

	/** `place` is the byte at which the environment block begins. */
	constructor(device: BlockDevice, place: number) {
		this.#device = device;
		this.#place = place;
	}

	/** In `vitrine/grubenv` of a boot partition. */
	static async find(bootPartition: BlockDevice): Promise<StateSector> {
		return new StateSector(bootPartition, await findFatFile(bootPartition, ['VITRINE', 'GRUBENV']));
	}

	async read(): Promise<BootState> {
		return readBootState(await this.#readEnvironment());
	}

	/** Gives the new state. Throws when the disk does not hold it afterwards. */
	async change(next: (state: BootState) => BootState): Promise<BootState> {
		const before = await this.#readEnvironment();
		const state = next(readBootState(before));
		const sector = makeEnvironmentBlock(writeBootState(state, before)).subarray(0, sectorBytes);
		await this.#device.write(this.#place, sector);
		await this.#device.flush();
		await this.#device.forgetCached();
		const written = await this.#device.read(this.#place, sectorBytes);
		if (Buffer.compare(written, sector) !== 0)
			throw new Error('The boot partition does not hold what was written to it.');
		return state;
	}

	/** A block that nobody can read says nothing, to GRUB as to us. */
	async #readEnvironment(): Promise<ReadonlyMap<string, string>> {
		return parseEnvironmentBlock(await this.#device.read(this.#place, sectorBytes)) ?? new Map();
	}
}
