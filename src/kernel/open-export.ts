/** A copy of the whole volume as one file, while somebody reads it. */
import type { VolumeExport } from '#fs/system-volume.ts';
import { KernelObject } from './kernel-object.ts';

export class OpenExport extends KernelObject {
	readonly exported: VolumeExport;

	constructor(exported: VolumeExport) {
		super();
		this.exported = exported;
	}

	protected override onLastClose(): void {
		this.exported.close();
	}
}
