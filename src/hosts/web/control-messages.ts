/**
 * Messages between the page and the kernel Worker that are no system calls: start-up and the hosting of windows.
 *
 * | From | Message | Meaning |
 * |---|---|---|
 * | page | `boot` | open the volume and start; names the programs that the page hosts |
 * | page | `take-over` | take the volume from the tab that has it |
 * | page | `settled` | the desktop is interactive: background work may begin |
 * | page | `crashed` | a program that the page hosts has failed |
 * | page | `shut-down` | end everything and close the volume |
 * | kernel | `status` | how the start goes |
 * | kernel | `desktop` | the desktop's own process, with its port |
 * | kernel | `launch` | a window program was started; the page hosts it |
 * | kernel | `ended` | a hosted process has ended |
 * | kernel | `stopped` | the volume is closed; nothing more will come |
 */
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';

export type BootStatus =
	| { readonly state: 'opening' }
	| { readonly state: 'open-elsewhere' }
	| { readonly state: 'ready' }
	| { readonly state: 'taken-over' }
	| { readonly state: 'failed'; readonly message: string };

export type PageMessage =
	| { readonly type: 'boot'; readonly windowPrograms: readonly string[] }
	| { readonly type: 'take-over' }
	| { readonly type: 'settled' }
	| { readonly type: 'shut-down' }
	| { readonly type: 'crashed'; readonly pid: number; readonly reason: string };

export type KernelMessage =
	| { readonly type: 'status'; readonly status: BootStatus }
	| { readonly type: 'desktop'; readonly port: MessagePort }
	| { readonly type: 'launch'; readonly start: ProcessStart; readonly port: MessagePort }
	| { readonly type: 'ended'; readonly pid: number; readonly status: ExitStatus }
	| { readonly type: 'stopped' };
