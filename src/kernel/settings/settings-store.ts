/**
 * The settings store: typed values in hives, what holds of them, and transactions.
 *
 * Rules of use:
 * - Every question and change names the caller's token; access is decided in `security/setting-access.ts`.
 * - `change` puts its writes into the caller's group of changes: watches hear of them when they are stored, and a group
 *   that is lost takes them back here as on the volume.
 *
 * Invariants:
 * - What holds is the first of: policy of the machine, policy of the user, the user's value, the machine's, the default. A
 *   setting of the machine knows no user's value and no user's policy.
 * - A transaction is one group of changes: all of it is stored, or nothing.
 * - No hive holds more than `quotas` say, so that a program can fill neither the memory nor the disk with settings.
 */
import { OsError } from '#abi/errors.ts';
import type {
	Setting,
	SettingChange,
	SettingDefinition,
	SettingSource,
	SettingsStatus,
	SettingValue,
} from '#abi/structures.generated.ts';
import type { Log } from '#base/ports.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { decideSettingChange, decideSettingRead, type SettingOwner } from '#security/setting-access.ts';
import type { Sid } from '#security/sid.ts';
import type { Decision, Token } from '#security/token.ts';
import type { Changes } from '../change-groups.ts';
import { SettingDefinitions } from './setting-definitions.ts';
import { emptyDocument, encodeDocument, type SettingDocument, SettingFiles, sortedByName } from './setting-files.ts';
import {
	formatKey,
	type Hive,
	isBelow,
	machineHive,
	machinePolicy,
	parseKey,
	parsePrefix,
	type SettingKey,
	userHive,
	userPolicy,
} from './setting-key.ts';
import { SettingRevisions } from './setting-revisions.ts';
import { SettingWatches } from './setting-watches.ts';

export const quotas = { changes: 4096, documentBytes: 512 * 1024, hiveDocuments: 256, hiveBytes: 8 * 1024 * 1024 };

/** What is known of one hive: its files by the first part of their names, read when they are first asked for. */
type LoadedHive = Map<string, SettingDocument | 'unread'>;

export interface Found {
	readonly value: SettingValue;
	readonly source: SettingSource;
}

/** A document that a transaction replaces. */
interface Edit {
	readonly hive: Hive;
	readonly first: string;
	readonly values: Map<string, SettingValue>;
	readonly keys: SettingKey[];
}

export interface SettingsStoreOptions {
	readonly fileSystem: FileSystem;
	readonly definitions: readonly SettingDefinition[];
	readonly log: Log;
}

export class SettingsStore {
	readonly watches = new SettingWatches();
	readonly #fileSystem: FileSystem;
	readonly #files: SettingFiles;
	readonly #definitions: SettingDefinitions;
	readonly #log: Log;
	readonly #hives = new Map<string, LoadedHive>();
	readonly #revisions = new SettingRevisions();
	readonly #damage = new Set<string>();

	constructor({ fileSystem, definitions, log }: SettingsStoreOptions) {
		this.#fileSystem = fileSystem;
		this.#files = new SettingFiles(fileSystem);
		this.#definitions = new SettingDefinitions(definitions);
		this.#log = log;
	}

	/** ENOENT when there is neither a value nor a default. */
	get(token: Token, text: string): Setting {
		const key = parseKey(text, token.user);
		requireAllowed(readDecision(token, key));
		const found = this.#find(token.user, key);
		if (found === undefined) throw new OsError('ENOENT', text);
		return { key: formatKey(key), ...found };
	}

	list(token: Token, text: string, page: { readonly after: string; readonly limit: number }): Setting[] {
		const prefix = parsePrefix(text, token.user);
		requireAllowed(readDecision(token, prefix));
		const keys = this.#names(token.user, prefix)
			.map((name) => formatKey({ hive: prefix.hive, name }))
			.filter((key) => key > page.after)
			.slice(0, page.limit);
		return keys.flatMap((key) => {
			const found = this.#find(token.user, parseKey(key, token.user));
			return found === undefined ? [] : [{ key, ...found }];
		});
	}

	describe(prefix: string): SettingDefinition[] {
		return this.#definitions.list(prefix);
	}

	status(): SettingsStatus {
		for (const hive of [machineHive, machinePolicy, userPolicy])
			for (const first of this.#hive(hive).keys()) this.#document(hive, first);
		return { revision: this.#revisions.current, damaged: [...this.#damage] };
	}

	/** A number that is another one after every change. */
	get revision(): number {
		return this.#revisions.current;
	}

	/** What the system itself asks: the value that holds for the machine, of the type of the definition. */
	valueFor(name: string): SettingValue | undefined {
		return this.findForMachine(name)?.value;
	}

	/** As `valueFor`, with where it comes from. */
	findForMachine(name: string): Found | undefined {
		return this.#find('', { hive: undefined, name });
	}

	/** Requires that the caller may watch it; the prefix in its one spelling. */
	watchedPrefix(token: Token, text: string): SettingKey {
		const prefix = parsePrefix(text, token.user);
		requireAllowed(readDecision(token, prefix));
		return prefix;
	}

	/** Changes all or nothing; returns the revision. */
	change(
		token: Token,
		changes: Changes,
		request: { readonly list: readonly SettingChange[]; readonly since?: number | undefined },
	): number {
		const { list, since } = request;
		if (list.length > quotas.changes) throw new OsError('EINVAL', `more than ${quotas.changes} changes`);
		const edits = this.#edit(token, list);
		const keys = edits.flatMap((edit) => edit.keys);
		const texts = keys.map(formatKey);
		if (since !== undefined) this.#revisions.requireUnchanged(texts, since);
		if (edits.length === 0) return this.#revisions.current;
		this.#store(changes, edits);
		changes.whenLost(this.#revisions.note(texts));
		changes.whenStored(() => this.watches.publish(keys));
		return this.#revisions.current;
	}

	/** Forgets all that a user has set: of a guest, or of somebody who is gone. */
	forgetUser(user: Sid, changes: Changes): void {
		const hive = userHive(user);
		const before = this.#hives.get(hive.root);
		this.#files.removeHive(hive, (change) => changes.make(this.#fileSystem, change));
		this.#hives.set(hive.root, new Map());
		if (before !== undefined) changes.whenLost(() => this.#hives.set(hive.root, before));
		else changes.whenLost(() => this.#hives.delete(hive.root));
	}

	#edit(token: Token, list: readonly SettingChange[]): Edit[] {
		const edits = new Map<string, Edit>();
		const seen = new Set<string>();
		for (const { key: text, value } of list) {
			const key = parseKey(text, token.user);
			const canonical = formatKey(key);
			if (seen.has(canonical)) throw new OsError('EINVAL', `${canonical} stands there twice`);
			seen.add(canonical);
			const hive = this.#requireChangeable(token, key, value);
			const first = firstPart(key.name);
			const id = `${hive.root}/${first}`;
			const edit = edits.get(id) ?? { hive, first, values: new Map(this.#document(hive, first).values), keys: [] };
			edits.set(id, edit);
			edit.keys.push({ hive, name: key.name });
			if (value === undefined) edit.values.delete(key.name);
			else edit.values.set(key.name, value);
		}
		return [...edits.values()];
	}

	#requireChangeable(token: Token, { hive, name }: SettingKey, value: SettingValue | undefined): Hive {
		if (hive === undefined) throw new OsError('EINVAL', 'what holds is not changed itself: name a hive');
		requireAllowed(decideSettingChange(token, ownerOf(hive)));
		if (value === undefined) return hive;
		this.#definitions.requireFit(name, value);
		if ((hive.source === 'user' || hive.source === 'user-policy') && this.#isOfMachine(name))
			throw new OsError('EINVAL', `${name} is a setting of the machine`);
		if (hive.source === 'user' || hive.source === 'machine') this.#requireNoPolicy(hive, name);
		return hive;
	}

	#requireNoPolicy(hive: Hive, name: string): void {
		const policies = hive.source === 'user' ? [machinePolicy, userPolicy] : [machinePolicy];
		if (policies.some((policy) => this.#stored(policy, name) !== undefined))
			throw new OsError('EPERM', `${name} is set by a policy`);
	}

	#store(changes: Changes, edits: readonly Edit[]): void {
		const encoded = edits.map((edit) => {
			const values = sortedByName(edit.values);
			return { ...edit, values, bytes: encodeDocument(edit.hive, values) };
		});
		for (const { hive, first, bytes } of encoded) this.#requireRoom(hive, first, bytes.length);
		for (const { hive, first, values, bytes } of encoded) {
			const before = this.#document(hive, first);
			const wasDamaged = before.damage.length > 0;
			this.#files.save({ hive, first, bytes, wasDamaged }, (change) => changes.make(this.#fileSystem, change));
			changes.bytes += bytes.length;
			this.#install(hive, first, { values, damage: [], sizeBytes: bytes.length });
			changes.whenLost(() => this.#install(hive, first, before));
		}
	}

	#requireRoom(hive: Hive, first: string, sizeBytes: number): void {
		const loaded = this.#hive(hive);
		if (sizeBytes > quotas.documentBytes) throw new OsError('EDQUOT', `the settings of ${first}`);
		if (!loaded.has(first) && loaded.size >= quotas.hiveDocuments)
			throw new OsError('EDQUOT', `${hive.root} has settings of too many programs`);
		let sum = sizeBytes;
		for (const other of loaded.keys()) if (other !== first) sum += this.#document(hive, other).sizeBytes;
		if (sum > quotas.hiveBytes) throw new OsError('EDQUOT', hive.root);
	}

	#find(user: Sid, { hive, name }: SettingKey): Found | undefined {
		if (hive !== undefined) {
			const value = this.#stored(hive, name);
			return value === undefined ? undefined : { value, source: hive.source };
		}
		for (const candidate of this.#hivesOf(user, name)) {
			const value = this.#stored(candidate, name);
			// What an older version stored and this one does not know is as good as none.
			if (value !== undefined && this.#fits(name, value)) return { value, source: candidate.source };
		}
		const definition = this.#definitions.find(name);
		return definition === undefined ? undefined : { value: definition.default, source: 'default' };
	}

	/** Where a value is looked for, the first that has one holds. */
	#hivesOf(user: Sid, name: string): Hive[] {
		if (this.#isOfMachine(name)) return [machinePolicy, machineHive];
		return user === '' ? [machinePolicy, machineHive] : [machinePolicy, userPolicy, userHive(user), machineHive];
	}

	#isOfMachine(name: string): boolean {
		return this.#definitions.find(name)?.scope === 'machine';
	}

	#fits(name: string, value: SettingValue): boolean {
		try {
			this.#definitions.requireFit(name, value);
			return true;
		} catch (error) {
			if (error instanceof OsError) return false;
			throw error;
		}
	}

	#stored(hive: Hive, name: string): SettingValue | undefined {
		return this.#document(hive, firstPart(name)).values.get(name);
	}

	/** Names below a prefix in their order. */
	#names(user: Sid, { hive, name: prefix }: SettingKey): string[] {
		const hives = hive === undefined ? [machinePolicy, userPolicy, userHive(user), machineHive] : [hive];
		const names = new Set<string>();
		if (hive === undefined) for (const { name } of this.#definitions.list(prefix)) names.add(name);
		for (const each of hives)
			for (const first of this.#hive(each).keys())
				for (const name of this.#document(each, first).values.keys()) if (isBelow(name, prefix)) names.add(name);
		return [...names].sort();
	}

	#document(hive: Hive, first: string): SettingDocument {
		const known = this.#hive(hive).get(first) ?? emptyDocument;
		if (known !== 'unread') return known;
		const document = this.#files.load(hive, first);
		this.#hive(hive).set(first, document);
		for (const damage of document.damage) this.#noteDamage(damage);
		return document;
	}

	#hive(hive: Hive): LoadedHive {
		let loaded = this.#hives.get(hive.root);
		if (loaded === undefined) {
			loaded = new Map(this.#listFiles(hive).map((first) => [first, 'unread']));
			this.#hives.set(hive.root, loaded);
		}
		return loaded;
	}

	#listFiles(hive: Hive): string[] {
		try {
			return this.#files.list(hive);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			this.#noteDamage(`the folder of ${hive.root}: ${error.message}`);
			return [];
		}
	}

	#install(hive: Hive, first: string, document: SettingDocument): void {
		const isEmpty = document.values.size === 0 && document.damage.length === 0;
		if (isEmpty) this.#hive(hive).delete(first);
		else this.#hive(hive).set(first, document);
	}

	#noteDamage(damage: string): void {
		if (this.#damage.has(damage)) return;
		this.#damage.add(damage);
		this.#log.write('error', 'settings', `Settings could not be read: ${damage}`);
	}
}

function firstPart(name: string): string {
	return name.slice(0, name.indexOf('/'));
}

function ownerOf(hive: Hive): SettingOwner {
	if (hive.user !== undefined) return { kind: 'user', user: hive.user };
	return { kind: hive.source === 'machine' ? 'machine' : 'policy' };
}

function readDecision(token: Token, { hive }: SettingKey): Decision {
	return hive === undefined ? { allowed: true } : decideSettingRead(token, ownerOf(hive));
}

function requireAllowed(decision: Decision): void {
	if (!decision.allowed) throw new OsError('EACCES', decision.reason);
}
