/**
 * The settings that parts of the system define, as the page shows and changes them.
 *
 * Rules of use: `start` once, `stop` at the end. What somebody else changes meanwhile, a policy among them, is seen at once.
 *
 * Invariant: `view` is replaced, never changed.
 */
import { OsError } from '#abi/errors.ts';
import { formatBare } from '#abi/setting-text.ts';
import type { SettingDefinition, SettingSource, SettingValue } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import { listSettings } from '#runtime/settings.ts';
import type { System } from '#runtime/system.ts';

export interface DefinedSetting {
	readonly definition: SettingDefinition;
	readonly value: SettingValue;
	readonly source: SettingSource;
	/** A policy says it, so nobody here can change it. */
	readonly isFixed: boolean;
}

export interface DefinedSettingsView {
	/** `undefined`: not read yet. */
	readonly settings: readonly DefinedSetting[] | undefined;
	readonly failure: string | undefined;
}

export class DefinedSettings {
	readonly #system: System;
	readonly #changes = new Emitter<void>();
	#isStopped = false;
	view: DefinedSettingsView = { settings: undefined, failure: undefined };

	constructor(system: System) {
		this.#system = system;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const listening = this.#changes.event(listener);
		return () => listening.dispose();
	};

	readonly current = (): DefinedSettingsView => this.view;

	async start(): Promise<void> {
		try {
			const watch = await this.#system.settingWatch('/effective');
			while (!this.#isStopped) {
				await this.#read();
				await this.#system.watchRead(watch);
			}
			await this.#system.handleClose(watch);
		} catch (error) {
			this.#fail(error);
		}
	}

	stop(): void {
		this.#isStopped = true;
	}

	/** `undefined` goes back to the default. A setting of the machine needs the agreement of the person. */
	async change({ name, scope, title }: SettingDefinition, value: SettingValue | undefined): Promise<void> {
		const key = scope === 'machine' ? `/machine/${name}` : `/user/self/${name}`;
		const text = value === undefined ? '' : ` ${value.type} '${formatBare(value).replaceAll("'", "'\\''")}'`;
		try {
			await runOrElevate(this.#system, {
				action: () => this.#system.settingChange([{ key, ...(value === undefined ? {} : { value }) }], undefined),
				command: value === undefined ? `settings reset ${key}` : `settings set ${key}${text}`,
				reason: `change the setting “${title}”`,
			});
		} catch (error) {
			this.#fail(error);
		}
	}

	async #read(): Promise<void> {
		const [definitions, values] = await Promise.all([
			this.#system.settingDescribe(''),
			listSettings(this.#system, '/effective'),
		]);
		const byKey = new Map(values.map((setting) => [setting.key, setting]));
		const settings = definitions.map((definition): DefinedSetting => {
			const { value, source } = byKey.get(`/effective/${definition.name}`) ?? {
				value: definition.default,
				source: 'default',
			};
			return { definition, value, source, isFixed: source.endsWith('policy') };
		});
		this.#show({ settings, failure: undefined });
	}

	#fail(error: unknown): void {
		if (this.#isStopped || (error instanceof OsError && error.code === 'ECANCELED')) return;
		this.#show({ ...this.view, failure: error instanceof Error ? error.message : String(error) });
	}

	#show(view: DefinedSettingsView): void {
		this.view = view;
		this.#changes.fire();
	}
}
