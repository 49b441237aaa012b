/**
 * The sticks, cards and discs that are plugged into the PC, as Explorer shows them.
 *
 * Rules of use: `connect` starts looking; `open` and `eject` tell the person what went wrong. In a tab there are none.
 */
import { OsError } from '#abi/errors.ts';
import type { PcDrive } from '#abi/structures.generated.ts';
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { formatSize } from '#base/format-size.ts';
import type { Clock } from '#base/ports.ts';
import type { System } from '#runtime/system.ts';
import type { Notifications } from '../notifications/notifications.ts';

const lookEveryMs = 3_000;

export interface DrivesParts {
	readonly clock: Clock;
	readonly notifications: Notifications;
	readonly openPath: (path: string) => void;
}

export class DrivesModel implements Disposable {
	readonly #parts: DrivesParts;
	readonly #changes = new Emitter<void>();
	#system: System | undefined;
	#drives: readonly PcDrive[] = [];
	#cancel: (() => void) | undefined;

	constructor(parts: DrivesParts) {
		this.#parts = parts;
	}

	get onChange() {
		return this.#changes.event;
	}

	get drives(): readonly PcDrive[] {
		return this.#drives;
	}

	/** What is there already is no news. Resolves when it has looked once. */
	async connect(system: System): Promise<void> {
		this.#system = system;
		this.#take(await system.pcDrives());
		this.#lookSoon();
	}

	/** The folder of the drive; `undefined` when it could not be opened, which the person has been told. */
	async open({ identifier, name }: PcDrive): Promise<string | undefined> {
		try {
			const path = await this.#system?.pcDriveOpen(identifier);
			await this.#look();
			return path;
		} catch (error) {
			this.#tell('error', `${name} could not be opened`, describe(error));
			return undefined;
		}
	}

	async eject({ identifier, name }: PcDrive): Promise<void> {
		try {
			await this.#system?.pcDriveEject(identifier);
			this.#tell('information', `${name} can be unplugged`, 'Everything is on it.');
		} catch (error) {
			const isBusy = error instanceof OsError && error.code === 'EBUSY';
			const text = isBusy ? 'A program still has a file of it open. Close it, then try again.' : describe(error);
			this.#tell('warning', `${name} is in use`, text);
		}
		await this.#look();
	}

	dispose(): void {
		this.#cancel?.();
		this.#changes.dispose();
	}

	#lookSoon(): void {
		this.#cancel = this.#parts.clock.after(lookEveryMs, () => {
			void this.#look().finally(() => this.#lookSoon());
		});
	}

	/** A drive that cannot be listed now is listed the next time. */
	async #look(): Promise<void> {
		const known = new Set(this.#drives.map(({ identifier }) => identifier));
		const found = await this.#system?.pcDrives().catch(() => undefined);
		if (found === undefined) return;
		this.#take(found);
		for (const drive of found) if (!known.has(drive.identifier)) this.#welcome(drive);
	}

	#welcome(drive: PcDrive): void {
		const { notifications, openPath } = this.#parts;
		const run = async () => {
			const path = await this.open(drive);
			if (path !== undefined) openPath(path);
		};
		const text = `${formatSize(drive.sizeBytes)}. Explorer shows it among the folders on the left.`;
		const action = { label: 'Open', run: () => void run() };
		notifications.notify({ kind: 'information', title: `${drive.name} is plugged in`, text, action });
	}

	#take(found: readonly PcDrive[]): void {
		if (JSON.stringify(found) === JSON.stringify(this.#drives)) return;
		this.#drives = found;
		this.#changes.fire();
	}

	#tell(kind: 'information' | 'warning' | 'error', title: string, text: string): void {
		this.#parts.notifications.notify({ kind, title, text });
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
