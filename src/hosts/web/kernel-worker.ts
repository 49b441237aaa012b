/**
 * The kernel's Worker: opens the volume, makes the kernel, and serves the page that started it.
 *
 * Order of the start: the engine of the volume is fetched and compiled at once, while leadership is asked for; the
 * desktop's process is attached as soon as the folders stand.
 */
import { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { ArrivalQueue } from '../common/arrival-queue.ts';
import { hostClock } from '../common/host-clock.ts';
import { portOf } from '../common/message-port.ts';
import { seedFolders } from '../common/seed-folders.ts';
import type { BootStatus, KernelMessage, PageMessage } from './control-messages.ts';
import { openWebVolume, startEngine } from './open-web-volume.ts';
import { WebProgramLauncher } from './program-launcher.ts';

const tellPage = (message: KernelMessage, transfer: Transferable[] = []): void => postMessage(message, { transfer });
const tellStatus = (status: BootStatus): void => tellPage({ type: 'status', status });

const engine = startEngine();

async function boot(windowPrograms: readonly string[]): Promise<void> {
	tellStatus({ state: 'opening' });
	const volume = await openWebVolume(await engine);
	seedFolders(volume);
	const launcher = new WebProgramLauncher({ windowPrograms: new Set(windowPrograms), tellPage });
	const kernel = new Kernel({
		volume,
		clock: hostClock,
		launcher,
		version: packageDescription.version,
		host: 'web',
		afterArrived: new ArrivalQueue().defer,
	});
	const { port1, port2 } = new MessageChannel();
	kernel.attach(
		'desktop',
		{ user: 'Owner', integrity: 'system' },
		{
			connection: new PortConnection(portOf(port1)),
			terminate: () => tellStatus({ state: 'failed', message: 'The desktop has ended.' }),
		},
	);
	tellPage({ type: 'desktop', port: port2 }, [port2]);
	tellStatus({ state: 'ready' });
	onPageMessage = (message) => {
		if (message.type === 'crashed') launcher.reportCrash(message.pid, message.reason);
	};
}

function fail(error: unknown): void {
	tellStatus({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
}

let onPageMessage = (message: PageMessage): void => {
	if (message.type === 'boot') boot(message.windowPrograms).catch(fail);
};

addEventListener('message', (event: MessageEvent<PageMessage>) => onPageMessage(event.data));
