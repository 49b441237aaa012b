/**
 * Messages between the page and the kernel Worker that are no system calls: start-up and the hosting of windows.
 *
 * | From | Message | Meaning |
 * |---|---|---|
 * | page | `boot` | open the volume and start; names the programs that the page hosts, says whether a new system asks who somebody is, hands over the key to the PC, and what an appliance does |
 * | page | `take-over` | take the volume from the tab that has it |
 * | page | `settled` | the desktop is interactive: background work may begin |
 * | page | `crashed` | a program that the page hosts has failed |
 * | page | `shut-down` | end everything and close the volume |
 * | kernel | `status` | how the start goes |
 * | kernel | `no-appliance` | the PC cannot do what it is to do by itself, and is an ordinary one |
 * | kernel | `logon` | the process of the logon screen, with its port |
 * | kernel | `desktop` | somebody has logged on: the process of the desktop of that session, with its port |
 * | kernel | `logged-off` | a session has ended, and with it its desktop |
 * | kernel | `launch` | a window program was started; the page hosts it |
 * | kernel | `ended` | a hosted process has ended |
 * | kernel | `stopped` | the volume is closed; nothing more will come |
 */
import type { ExitStatus, ProcessStart, SessionInfo } from '#abi/structures.generated.ts';
import type { AppliancePlan } from '../common/machine-contract.ts';

export type BootStatus =
	| { readonly state: 'opening' }
	| { readonly state: 'open-elsewhere' }
	| { readonly state: 'ready' }
	| { readonly state: 'taken-over' }
	| { readonly state: 'failed'; readonly message: string };

/** A new system asks who somebody is, or makes an account by itself. */
export type SetUp = 'ask' | 'automatic';

export type PageMessage =
	| {
			readonly type: 'boot';
			readonly windowPrograms: readonly string[];
			readonly setUp: SetUp;
			/** To the door of the PC; absent in a tab. */
			readonly machineKey?: string | undefined;
			/** Of a PC that is an appliance. */
			readonly appliance?: AppliancePlan | undefined;
	  }
	| { readonly type: 'take-over' }
	| { readonly type: 'settled' }
	| { readonly type: 'shut-down' }
	| { readonly type: 'crashed'; readonly pid: number; readonly reason: string };

export type KernelMessage =
	| { readonly type: 'status'; readonly status: BootStatus }
	| { readonly type: 'no-appliance'; readonly reason: string }
	| { readonly type: 'logon'; readonly port: MessagePort }
	| { readonly type: 'desktop'; readonly port: MessagePort; readonly session: SessionInfo }
	| { readonly type: 'logged-off'; readonly session: number }
	| { readonly type: 'launch'; readonly start: ProcessStart; readonly session: number; readonly port: MessagePort }
	| { readonly type: 'ended'; readonly pid: number; readonly status: ExitStatus }
	| { readonly type: 'stopped' };
