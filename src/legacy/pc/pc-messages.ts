/**
 * The messages between a PC's Worker and who owns it.
 *
 * The Worker has no way to the volume or to a network: it asks its owner for the blocks of the image, and that is all.
 */
import type { DriveKind } from '#media/verdict.ts';
import type { ScreenSize } from '../machine.ts';

export interface PcStart {
	readonly engineDirectory: string;
	readonly drive: DriveKind;
	readonly imageSize: number;
	readonly memoryMegabytes: number;
	readonly canvas: OffscreenCanvas;
	/** Samples go here when sound is on. */
	readonly soundPort: MessagePort;
	readonly soundRate: number;
}

export type ToPc =
	| { readonly type: 'start'; readonly start: PcStart }
	| { readonly type: 'block'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> | undefined }
	| { readonly type: 'run'; readonly on: boolean }
	| { readonly type: 'reset' }
	| { readonly type: 'compile'; readonly on: boolean }
	| { readonly type: 'keys'; readonly codes: readonly number[] }
	| { readonly type: 'pointer-by'; readonly x: number; readonly y: number }
	| { readonly type: 'pointer-to'; readonly x: number; readonly y: number }
	| { readonly type: 'buttons'; readonly left: boolean; readonly middle: boolean; readonly right: boolean }
	| { readonly type: 'wheel'; readonly steps: number }
	| { readonly type: 'sound'; readonly on: boolean }
	| { readonly type: 'collect'; readonly id: number }
	| { readonly type: 'picture'; readonly id: number };

/** Bytes that the guest wrote, from byte `at` of the image. */
export interface ChangedRun {
	readonly at: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FromPc =
	| { readonly type: 'running' }
	| { readonly type: 'block-wanted'; readonly id: number; readonly at: number; readonly length: number }
	| { readonly type: 'screen-size'; readonly size: ScreenSize }
	| { readonly type: 'first-frame' }
	| { readonly type: 'text'; readonly lines: readonly string[] }
	| { readonly type: 'changed'; readonly bytes: number }
	/** Pitch of the PC speaker in hertz; 0 is silence. */
	| { readonly type: 'speaker'; readonly hertz: number }
	| { readonly type: 'collected'; readonly id: number; readonly runs: readonly ChangedRun[] }
	| { readonly type: 'picture-made'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
	| { readonly type: 'crashed'; readonly message: string };
