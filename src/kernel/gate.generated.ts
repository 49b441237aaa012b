// Generated from src/abi by `npm run generate`. Do not edit.

import type { AccessAnswer, AccountChange, AccountInfo, Change, ChildEvent, CreateMode, Credential, DeletedFile, DirectoryEntries, DirectoryPage, ElevationEvent, EncryptionChange, EncryptionInfo, EncryptionKeys, EncryptionProgress, ExitStatus, FileLock, FileRange, KeyBackupFormat, KeyHolder, LockKind, LogChannel, LogEvent, LogLevel, LogPage, LogQuery, LogStatus, NewAccount, NewPasskey, NewPassword, NodeStatus, ObjectKind, OpenedExport, OpenedNode, Passkey, PasswordReset, PcAppliance, PcChoices, PcData, PcDisk, PcDrive, PcFacts, PcImage, PcJobState, PcNetwork, PcPower, PcScreen, PcScreenMode, PcSettings, PcSettingsChange, PcSound, PcUpdate, PcUpdateChoice, PcUpdateOffer, PipeEnds, PreviousVersion, Principal, ProcessInfo, ProcessStart, RecoveryAgent, ScrubState, SearchHit, SecurityChange, SecurityDescriptor, SeekOrigin, ServiceInfo, SessionEvent, SessionInfo, Setting, SettingChange, SettingDefinition, SettingsStatus, Signal, SpawnOptions, Stat, SystemInfo, TerminalEnds, TerminalMode, TerminalSize, TokenInfo, TreeUsage, VersionStatus, VolumeRepair, VolumeStatus } from '#abi/structures.generated.ts';
import type { Answer, Caller } from './caller.ts';
import { is, isArrayOf } from './scalar-checks.ts';

/** What the kernel does for each call; the gate has checked the arguments. */
export interface CallHandlers {
	process_self(caller: Caller): Answer<ProcessStart>;
	process_list(caller: Caller): Answer<ProcessInfo[]>;
	process_spawn(caller: Caller, program: string, options: SpawnOptions): Answer<number>;
	process_wait(caller: Caller, pid: number): Answer<ExitStatus>;
	process_kill(caller: Caller, pid: number, signal: Signal): Answer<void>;
	process_exit(caller: Caller, code: number): Answer<void>;
	process_set_title(caller: Caller, title: string): Answer<void>;
	process_wait_any(caller: Caller, group: number, stops: boolean, wait: boolean): Answer<ChildEvent | undefined>;
	process_kill_group(caller: Caller, group: number, signal: Signal): Answer<void>;
	handle_close(caller: Caller, handle: number): Answer<void>;
	handle_duplicate(caller: Caller, handle: number, rights: number): Answer<number>;
	stream_read(caller: Caller, handle: number, maximum: number): Answer<Uint8Array<ArrayBuffer>>;
	stream_write(caller: Caller, handle: number, data: Uint8Array<ArrayBuffer>): Answer<void>;
	pipe_create(caller: Caller): Answer<PipeEnds>;
	stream_seek(caller: Caller, handle: number, offset: number, origin: SeekOrigin): Answer<number>;
	stream_poll(caller: Caller, readers: number[], writers: number[], timeoutMs: number): Answer<number[]>;
	stream_read_line(caller: Caller, handle: number, maximum: number): Answer<Uint8Array<ArrayBuffer>>;
	file_open(caller: Caller, path: string, mode: CreateMode, rights: number): Answer<number>;
	file_read(caller: Caller, handle: number, offset: number, length: number): Answer<Uint8Array<ArrayBuffer>>;
	file_write(caller: Caller, handle: number, offset: number, data: Uint8Array<ArrayBuffer>): Answer<void>;
	file_truncate(caller: Caller, handle: number, size: number): Answer<void>;
	file_stat(caller: Caller, handle: number): Answer<Stat>;
	file_append(caller: Caller, handle: number, data: Uint8Array<ArrayBuffer>): Answer<number>;
	file_fill(caller: Caller, handle: number, page: number, frames: number[]): Answer<number>;
	file_flush(caller: Caller, handle: number): Answer<void>;
	file_clear(caller: Caller, handle: number, offset: number, length: number): Answer<void>;
	file_find_data(caller: Caller, handle: number, offset: number): Answer<FileRange[]>;
	path_stat(caller: Caller, path: string): Answer<Stat>;
	path_list(caller: Caller, path: string, cursor: string, limit: number): Answer<DirectoryPage>;
	path_read(caller: Caller, path: string, maximum: number): Answer<Uint8Array<ArrayBuffer>>;
	path_write(caller: Caller, path: string, data: Uint8Array<ArrayBuffer>, mode: CreateMode): Answer<void>;
	path_make_directory(caller: Caller, path: string): Answer<void>;
	path_unlink(caller: Caller, path: string): Answer<void>;
	path_remove_directory(caller: Caller, path: string): Answer<void>;
	path_remove_tree(caller: Caller, path: string): Answer<void>;
	path_rename(caller: Caller, from: string, to: string, replace: boolean): Answer<void>;
	path_copy(caller: Caller, from: string, to: string): Answer<void>;
	path_set_times(caller: Caller, path: string, modifiedTime: number): Answer<void>;
	path_set_attributes(caller: Caller, path: string, attributes: number): Answer<void>;
	path_search(caller: Caller, root: string, query: string, limit: number): Answer<SearchHit[]>;
	path_usage(caller: Caller, path: string): Answer<TreeUsage>;
	path_resolve(caller: Caller, path: string): Answer<string>;
	path_stat_link(caller: Caller, path: string): Answer<Stat>;
	path_read_link(caller: Caller, path: string): Answer<string>;
	path_make_link(caller: Caller, path: string, target: string): Answer<void>;
	directory_open(caller: Caller, path: string, rights: number): Answer<number>;
	directory_read(caller: Caller, handle: number, cursor: string, limit: number): Answer<DirectoryEntries>;
	at_open(caller: Caller, directory: number, path: string, flags: number, rights: number): Answer<OpenedNode>;
	at_status(caller: Caller, directory: number, path: string, follow: boolean): Answer<NodeStatus>;
	at_make_directory(caller: Caller, directory: number, path: string): Answer<void>;
	at_make_link(caller: Caller, directory: number, path: string, target: string): Answer<void>;
	at_read_link(caller: Caller, directory: number, path: string): Answer<string>;
	at_add_name(caller: Caller, directory: number, path: string, follow: boolean, toDirectory: number, toPath: string): Answer<void>;
	at_unlink(caller: Caller, directory: number, path: string): Answer<void>;
	at_remove_directory(caller: Caller, directory: number, path: string): Answer<void>;
	at_rename(caller: Caller, directory: number, path: string, toDirectory: number, toPath: string): Answer<void>;
	at_set_times(caller: Caller, directory: number, path: string, follow: boolean, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): Answer<void>;
	handle_status(caller: Caller, handle: number): Answer<NodeStatus>;
	handle_kind(caller: Caller, handle: number): Answer<ObjectKind>;
	handle_set_times(caller: Caller, handle: number, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): Answer<void>;
	file_sync(caller: Caller, handle: number): Answer<void>;
	file_allocate(caller: Caller, handle: number, offset: number, length: number): Answer<void>;
	terminal_create(caller: Caller, size: TerminalSize): Answer<TerminalEnds>;
	terminal_open(caller: Caller): Answer<number>;
	terminal_mode(caller: Caller, handle: number): Answer<TerminalMode>;
	terminal_set_mode(caller: Caller, handle: number, mode: TerminalMode): Answer<void>;
	terminal_size(caller: Caller, handle: number): Answer<TerminalSize>;
	terminal_set_size(caller: Caller, handle: number, size: TerminalSize): Answer<void>;
	terminal_await_size(caller: Caller, handle: number, known: TerminalSize): Answer<TerminalSize>;
	terminal_foreground(caller: Caller, handle: number): Answer<number>;
	terminal_set_foreground(caller: Caller, handle: number, group: number): Answer<void>;
	path_get_extended_attribute(caller: Caller, path: string, name: string): Answer<Uint8Array<ArrayBuffer>>;
	path_set_extended_attribute(caller: Caller, path: string, name: string, value: Uint8Array<ArrayBuffer>): Answer<void>;
	path_list_extended_attributes(caller: Caller, path: string): Answer<string[]>;
	path_remove_extended_attribute(caller: Caller, path: string, name: string): Answer<void>;
	handle_get_extended_attribute(caller: Caller, handle: number, name: string): Answer<Uint8Array<ArrayBuffer>>;
	handle_set_extended_attribute(caller: Caller, handle: number, name: string, value: Uint8Array<ArrayBuffer>): Answer<void>;
	handle_list_extended_attributes(caller: Caller, handle: number): Answer<string[]>;
	handle_remove_extended_attribute(caller: Caller, handle: number, name: string): Answer<void>;
	file_lock(caller: Caller, handle: number, kind: LockKind, offset: number, length: number, timeoutMs: number): Answer<void>;
	file_unlock(caller: Caller, handle: number, offset: number, length: number): Answer<void>;
	file_locks(caller: Caller, handle: number): Answer<FileLock[]>;
	watch_open(caller: Caller, path: string, recursive: boolean): Answer<number>;
	directory_watch(caller: Caller, handle: number, recursive: boolean): Answer<number>;
	watch_read(caller: Caller, handle: number): Answer<Change[]>;
	event_create(caller: Caller, set: boolean): Answer<number>;
	event_set(caller: Caller, handle: number, set: boolean): Answer<void>;
	event_wait(caller: Caller, handle: number, timeoutMs: number): Answer<void>;
	security_read(caller: Caller, path: string): Answer<SecurityDescriptor>;
	security_change(caller: Caller, path: string, change: SecurityChange): Answer<number>;
	handle_security(caller: Caller, handle: number): Answer<SecurityDescriptor>;
	handle_change_security(caller: Caller, handle: number, change: SecurityChange): Answer<number>;
	security_check(caller: Caller, path: string, who: Principal | undefined, rights: number): Answer<AccessAnswer>;
	token_read(caller: Caller, pid: number): Answer<TokenInfo>;
	token_request_elevation(caller: Caller, program: string, options: SpawnOptions, reason: string): Answer<number>;
	elevation_next(caller: Caller): Answer<ElevationEvent>;
	elevation_answer(caller: Caller, request: number, granted: boolean): Answer<void>;
	security_inherit(caller: Caller, path: string): Answer<number>;
	encryption_read(caller: Caller, path: string): Answer<EncryptionInfo>;
	encryption_begin(caller: Caller, path: string, change: EncryptionChange): Answer<EncryptionProgress>;
	encryption_continue(caller: Caller, path: string): Answer<EncryptionProgress>;
	encryption_share(caller: Caller, path: string, account: string): Answer<void>;
	encryption_revoke(caller: Caller, path: string, key: string): Answer<void>;
	encryption_update(caller: Caller, path: string): Answer<boolean>;
	encryption_people(caller: Caller): Answer<KeyHolder[]>;
	encryption_agents(caller: Caller): Answer<RecoveryAgent[]>;
	encryption_add_agent(caller: Caller, name: string, publicKey: Uint8Array<ArrayBuffer>): Answer<RecoveryAgent>;
	encryption_remove_agent(caller: Caller, key: string): Answer<void>;
	encryption_make_agent(caller: Caller, passphrase: Uint8Array<ArrayBuffer>): Answer<Uint8Array<ArrayBuffer>>;
	encryption_backup_key(caller: Caller, backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): Answer<Uint8Array<ArrayBuffer>>;
	encryption_keys(caller: Caller): Answer<EncryptionKeys>;
	encryption_backup(caller: Caller, format: KeyBackupFormat, passphrase: Uint8Array<ArrayBuffer>): Answer<Uint8Array<ArrayBuffer>>;
	encryption_confirm_backup(caller: Caller, backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): Answer<void>;
	encryption_restore(caller: Caller, backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>, keep: boolean): Answer<string[]>;
	encryption_raw_read(caller: Caller, path: string, offset: number, length: number): Answer<Uint8Array<ArrayBuffer>>;
	encryption_raw_restore(caller: Caller, path: string): Answer<void>;
	encryption_cancel(caller: Caller, path: string): Answer<EncryptionProgress>;
	volume_scrub(caller: Caller): Answer<number>;
	volume_scrub_state(caller: Caller, handle: number, seen: number): Answer<ScrubState>;
	volume_repair(caller: Caller): Answer<VolumeRepair>;
	volume_export(caller: Caller): Answer<OpenedExport>;
	volume_export_read(caller: Caller, handle: number, offset: number, length: number): Answer<Uint8Array<ArrayBuffer>>;
	volume_compact(caller: Caller): Answer<number>;
	system_info(caller: Caller): Answer<SystemInfo>;
	volume_status(caller: Caller): Answer<VolumeStatus>;
	volume_check(caller: Caller): Answer<string[]>;
	setting_get(caller: Caller, key: string): Answer<Setting>;
	setting_list(caller: Caller, prefix: string, after: string, limit: number): Answer<Setting[]>;
	setting_change(caller: Caller, changes: SettingChange[], since: number | undefined): Answer<number>;
	setting_watch(caller: Caller, prefix: string): Answer<number>;
	setting_describe(caller: Caller, prefix: string): Answer<SettingDefinition[]>;
	setting_status(caller: Caller): Answer<SettingsStatus>;
	log_write(caller: Caller, level: LogLevel, message: string): Answer<void>;
	log_read(caller: Caller, after: number, limit: number): Answer<LogEvent[]>;
	log_query(caller: Caller, query: LogQuery): Answer<LogPage>;
	log_wait(caller: Caller, after: number, timeoutMs: number): Answer<number>;
	log_record(caller: Caller, level: LogLevel, code: string, message: string, fields: string[]): Answer<void>;
	log_clear(caller: Caller, channel: LogChannel): Answer<void>;
	log_status(caller: Caller): Answer<LogStatus>;
	service_list(caller: Caller): Answer<ServiceInfo[]>;
	service_start(caller: Caller, name: string): Answer<void>;
	service_stop(caller: Caller, name: string): Answer<void>;
	service_restart(caller: Caller, name: string): Answer<void>;
	service_ready(caller: Caller): Answer<void>;
	version_list(caller: Caller, path: string): Answer<PreviousVersion[]>;
	version_list_deleted(caller: Caller, path: string): Answer<DeletedFile[]>;
	version_restore(caller: Caller, path: string, version: number): Answer<number>;
	version_erase(caller: Caller, path: string, version: number): Answer<number>;
	path_erase(caller: Caller, path: string): Answer<void>;
	version_status(caller: Caller): Answer<VersionStatus>;
	account_list(caller: Caller): Answer<AccountInfo[]>;
	account_create(caller: Caller, account: NewAccount): Answer<string>;
	account_change(caller: Caller, account: string, change: AccountChange): Answer<void>;
	account_remove(caller: Caller, account: string, keepFiles: boolean): Answer<void>;
	account_set_password(caller: Caller, account: string, proof: Credential, password: NewPassword): Answer<void>;
	account_reset_password(caller: Caller, account: string, password: NewPassword): Answer<void>;
	account_reset_effect(caller: Caller, account: string): Answer<PasswordReset>;
	account_unlock_keys(caller: Caller, proof: Credential): Answer<number>;
	account_make_recovery(caller: Caller, proof: Credential): Answer<string>;
	account_confirm_recovery(caller: Caller, code: Uint8Array<ArrayBuffer>): Answer<void>;
	account_add_passkey(caller: Caller, proof: Credential, passkey: NewPasskey): Answer<void>;
	account_remove_passkey(caller: Caller, account: string, id: Uint8Array<ArrayBuffer>): Answer<void>;
	account_passkeys(caller: Caller, account: string): Answer<Passkey[]>;
	logon(caller: Caller, account: string, credential: Credential): Answer<SessionInfo>;
	session_self(caller: Caller): Answer<SessionInfo | undefined>;
	session_list(caller: Caller): Answer<SessionInfo[]>;
	session_lock(caller: Caller): Answer<void>;
	session_log_off(caller: Caller, session: number): Answer<void>;
	session_next(caller: Caller): Answer<SessionEvent>;
	elevation_approve(caller: Caller, request: number, account: string, credential: Credential): Answer<void>;
	pc_disks(caller: Caller): Answer<PcDisk[]>;
	pc_install(caller: Caller, disk: string, passphrase: string): Answer<number>;
	pc_make_data(caller: Caller, disk: string, passphrase: string): Answer<number>;
	pc_job_state(caller: Caller, handle: number, seen: number): Answer<PcJobState>;
	pc_data(caller: Caller): Answer<PcData>;
	pc_data_passphrase(caller: Caller, present: string, next: string): Answer<void>;
	pc_judge_image(caller: Caller, signature: string, sizeBytes: number): Answer<PcImage>;
	pc_write_image(caller: Caller, file: number, signature: string, disk: string): Answer<number>;
	pc_update(caller: Caller): Answer<PcUpdate>;
	pc_update_find(caller: Caller): Answer<PcUpdateOffer[]>;
	pc_update_install(caller: Caller, offer: string): Answer<number>;
	pc_update_choose(caller: Caller, choice: PcUpdateChoice): Answer<void>;
	pc_drives(caller: Caller): Answer<PcDrive[]>;
	pc_drive_open(caller: Caller, drive: string): Answer<string>;
	pc_drive_eject(caller: Caller, drive: string): Answer<void>;
	pc_appliance(caller: Caller): Answer<PcAppliance>;
	pc_set_appliance(caller: Caller, start: string, account: string, keptFolders: string[]): Answer<void>;
	pc_leave_appliance(caller: Caller): Answer<void>;
	pc_facts(caller: Caller): Answer<PcFacts>;
	pc_power(caller: Caller): Answer<PcPower>;
	pc_settings(caller: Caller): Answer<PcSettings>;
	pc_change_settings(caller: Caller, change: PcSettingsChange): Answer<void>;
	pc_choices(caller: Caller): Answer<PcChoices>;
	pc_sound(caller: Caller): Answer<PcSound>;
	pc_set_sound(caller: Caller, output: string, percent: number, muted: boolean): Answer<void>;
	pc_network(caller: Caller): Answer<PcNetwork>;
	pc_screens(caller: Caller): Answer<PcScreen[]>;
	pc_set_screen(caller: Caller, name: string, mode: PcScreenMode, scale: number, keep: boolean): Answer<void>;
}

export interface CallShape {
	readonly name: keyof CallHandlers;
	/** Name of the first argument that does not fit the contract, or `undefined`. */
	readonly findBadArgument: (values: readonly unknown[]) => string | undefined;
	/** Rights the first argument, a handle, must carry, as bits. */
	readonly rights: number;
	readonly mutates: boolean;
}

const valuesCreateMode = new Set<unknown>(['open', 'open-or-create', 'create-new', 'replace', 'append']);
const valuesLockKind = new Set<unknown>(['shared', 'exclusive']);
const valuesSeekOrigin = new Set<unknown>(['start', 'position', 'end']);
const valuesSettingType = new Set<unknown>(['boolean', 'integer', 'real', 'string', 'strings', 'bytes']);
const valuesSignal = new Set<unknown>(['interrupt', 'terminate', 'kill', 'hangup', 'quit', 'abort', 'pipe', 'stop', 'continue']);
const valuesPrivilege = new Set<unknown>(['takeOwnership', 'manageAuditing', 'backup', 'restore', 'shutDown', 'changeTime', 'debug', 'secureDesktop', 'logon']);
const valuesAccessEntryKind = new Set<unknown>(['allow', 'deny', 'audit']);
const valuesEncryptionChange = new Set<unknown>(['encrypt', 'decrypt', 'renew']);
const valuesKeyBackupFormat = new Set<unknown>(['age', 'p12']);
const valuesAccountKind = new Set<unknown>(['administrator', 'standard', 'guest']);
const valuesCredentialKind = new Set<unknown>(['none', 'password', 'recovery', 'passkey']);
const valuesPcNetworkDoor = new Set<unknown>(['closed', 'open', 'always-open']);
const valuesPcUpdateChoice = new Set<unknown>(['keep', 'try-other', 'withdraw']);
const valuesLogChannel = new Set<unknown>(['system', 'security', 'application']);
const valuesLogLevel = new Set<unknown>(['debug', 'information', 'warning', 'error']);
function isTerminalSize(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.u32(record.rows) && is.u32(record.columns);
}
function isTerminalMode(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.boolean(record.canonical) && is.boolean(record.echo) && is.boolean(record.signals) && is.boolean(record.outputNewlines);
}
function isSettingValue(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return valuesSettingType.has(record.type) && (record.boolean === undefined || is.boolean(record.boolean)) && (record.number === undefined || is.real(record.number)) && (record.text === undefined || is.string(record.text)) && (record.list === undefined || is.strings(record.list)) && (record.bytes === undefined || is.bytes(record.bytes));
}
function isSettingChange(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.string(record.key) && (record.value === undefined || isSettingValue(record.value));
}
function isMountGrant(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.string(record.path) && is.handle(record.directory) && is.boolean(record.readOnly);
}
function isNamespaceGrant(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return isArrayOf(record.mounts, (item) => isMountGrant(item));
}
function isResourceLimits(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return (record.memoryBytes === undefined || is.size(record.memoryBytes)) && (record.handles === undefined || is.u32(record.handles)) && (record.processes === undefined || is.u32(record.processes)) && (record.wallTimeMs === undefined || is.u32(record.wallTimeMs)) && (record.processorPercent === undefined || is.u32(record.processorPercent));
}
function isDescriptorGrant(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return isArrayOf(record.handles, (item) => is.handle(item));
}
function isSpawnOptions(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.strings(record.arguments) && is.strings(record.environment) && is.string(record.workingDirectory) && (record.namespace === undefined || isNamespaceGrant(record.namespace)) && (record.limits === undefined || isResourceLimits(record.limits)) && (record.restriction === undefined || isTokenRestriction(record.restriction)) && (record.standardInput === undefined || is.handle(record.standardInput)) && (record.standardOutput === undefined || is.handle(record.standardOutput)) && (record.standardError === undefined || is.handle(record.standardError)) && (record.descriptors === undefined || isDescriptorGrant(record.descriptors)) && (record.group === undefined || is.pid(record.group)) && (record.newSession === undefined || is.boolean(record.newSession));
}
function isTokenRestriction(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return isArrayOf(record.privileges, (item) => valuesPrivilege.has(item)) && is.strings(record.groups);
}
function isAccessEntry(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return valuesAccessEntryKind.has(record.kind) && is.string(record.sid) && (record.name === undefined || is.string(record.name)) && is.u32(record.rights) && is.u32(record.flags);
}
function isAccessList(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return isArrayOf(record.entries, (item) => isAccessEntry(item));
}
function isSecurityChange(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return (record.owner === undefined || is.string(record.owner)) && (record.access === undefined || isAccessList(record.access)) && (record.audit === undefined || isAccessList(record.audit)) && (record.protected === undefined || is.boolean(record.protected));
}
function isPrincipal(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.string(record.user) && is.strings(record.groups);
}
function isCredential(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return valuesCredentialKind.has(record.kind) && is.bytes(record.secret);
}
function isNewAccount(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.string(record.name) && valuesAccountKind.has(record.kind) && is.bytes(record.password) && is.string(record.hint) && is.boolean(record.mustChange);
}
function isAccountChange(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return (record.name === undefined || is.string(record.name)) && (record.kind === undefined || valuesAccountKind.has(record.kind)) && (record.enabled === undefined || is.boolean(record.enabled)) && (record.picture === undefined || is.string(record.picture));
}
function isNewPassword(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.bytes(record.password) && is.string(record.hint) && is.boolean(record.mustChange);
}
function isNewPasskey(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.bytes(record.id) && is.bytes(record.salt) && is.bytes(record.secret) && is.string(record.name);
}
function isPcSettingsChange(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return (record.keyboardLayouts === undefined || is.strings(record.keyboardLayouts)) && (record.timeZone === undefined || is.string(record.timeZone)) && (record.clockIsLocal === undefined || is.boolean(record.clockIsLocal)) && (record.network === undefined || valuesPcNetworkDoor.has(record.network)) && (record.time === undefined || is.time(record.time));
}
function isPcScreenMode(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.u32(record.width) && is.u32(record.height) && is.u32(record.millihertz);
}
function isLogQuery(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return (record.after === undefined || is.size(record.after)) && (record.before === undefined || is.size(record.before)) && is.u32(record.limit) && valuesLogLevel.has(record.level) && isArrayOf(record.channels, (item) => valuesLogChannel.has(item)) && is.string(record.source) && is.string(record.text) && (record.since === undefined || is.time(record.since)) && (record.until === undefined || is.time(record.until));
}

export const callShapes: ReadonlyMap<number, CallShape> = new Map<number, CallShape>([
	[1, {
		name: 'process_self',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[2, {
		name: 'process_list',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[3, {
		name: 'process_spawn',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'program';
			if (!isSpawnOptions(values[1])) return 'options';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[4, {
		name: 'process_wait',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.pid(values[0])) return 'pid';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[5, {
		name: 'process_kill',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.pid(values[0])) return 'pid';
			if (!valuesSignal.has(values[1])) return 'signal';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[6, {
		name: 'process_exit',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.u32(values[0])) return 'code';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[7, {
		name: 'process_set_title',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'title';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[8, {
		name: 'process_wait_any',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.pid(values[0])) return 'group';
			if (!is.boolean(values[1])) return 'stops';
			if (!is.boolean(values[2])) return 'wait';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[9, {
		name: 'process_kill_group',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.pid(values[0])) return 'group';
			if (!valuesSignal.has(values[1])) return 'signal';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[16, {
		name: 'handle_close',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[17, {
		name: 'handle_duplicate',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[18, {
		name: 'stream_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'maximum';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[19, {
		name: 'stream_write',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.bytes(values[1])) return 'data';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[20, {
		name: 'pipe_create',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[21, {
		name: 'stream_seek',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.offset(values[1])) return 'offset';
			if (!valuesSeekOrigin.has(values[2])) return 'origin';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[22, {
		name: 'stream_poll',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!isArrayOf(values[0], (item) => is.handle(item))) return 'readers';
			if (!isArrayOf(values[1], (item) => is.handle(item))) return 'writers';
			if (!is.time(values[2])) return 'timeoutMs';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[159, {
		name: 'stream_read_line',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'maximum';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[32, {
		name: 'file_open',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!valuesCreateMode.has(values[1])) return 'mode';
			if (!is.u32(values[2])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[33, {
		name: 'file_read',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.u32(values[2])) return 'length';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[34, {
		name: 'file_write',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.bytes(values[2])) return 'data';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[35, {
		name: 'file_truncate',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'size';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[36, {
		name: 'file_stat',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[37, {
		name: 'file_append',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.bytes(values[1])) return 'data';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[38, {
		name: 'file_fill',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'page';
			if (!isArrayOf(values[2], (item) => is.u32(item))) return 'frames';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[39, {
		name: 'file_flush',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[188, {
		name: 'file_clear',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.size(values[2])) return 'length';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[189, {
		name: 'file_find_data',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[48, {
		name: 'path_stat',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[49, {
		name: 'path_list',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'cursor';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[50, {
		name: 'path_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.u32(values[1])) return 'maximum';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[51, {
		name: 'path_write',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.bytes(values[1])) return 'data';
			if (!valuesCreateMode.has(values[2])) return 'mode';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[52, {
		name: 'path_make_directory',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[53, {
		name: 'path_unlink',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[54, {
		name: 'path_remove_directory',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[55, {
		name: 'path_remove_tree',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[56, {
		name: 'path_rename',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'from';
			if (!is.path(values[1])) return 'to';
			if (!is.boolean(values[2])) return 'replace';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[57, {
		name: 'path_copy',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'from';
			if (!is.path(values[1])) return 'to';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[58, {
		name: 'path_set_times',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.time(values[1])) return 'modifiedTime';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[59, {
		name: 'path_set_attributes',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.u32(values[1])) return 'attributes';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[60, {
		name: 'path_search',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'root';
			if (!is.string(values[1])) return 'query';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[61, {
		name: 'path_usage',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[62, {
		name: 'path_resolve',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[194, {
		name: 'path_stat_link',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[195, {
		name: 'path_read_link',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[196, {
		name: 'path_make_link',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.path(values[1])) return 'target';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[112, {
		name: 'directory_open',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.u32(values[1])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[113, {
		name: 'directory_read',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.string(values[1])) return 'cursor';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 4,
		mutates: false,
	}],
	[114, {
		name: 'at_open',
		findBadArgument(values) {
			if (values.length !== 4) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.u32(values[2])) return 'flags';
			if (!is.u32(values[3])) return 'rights';
			return undefined;
		},
		rights: 32,
		mutates: true,
	}],
	[115, {
		name: 'at_status',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.boolean(values[2])) return 'follow';
			return undefined;
		},
		rights: 32,
		mutates: false,
	}],
	[116, {
		name: 'at_make_directory',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			return undefined;
		},
		rights: 64,
		mutates: true,
	}],
	[117, {
		name: 'at_make_link',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.path(values[2])) return 'target';
			return undefined;
		},
		rights: 64,
		mutates: true,
	}],
	[118, {
		name: 'at_read_link',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			return undefined;
		},
		rights: 32,
		mutates: false,
	}],
	[119, {
		name: 'at_add_name',
		findBadArgument(values) {
			if (values.length !== 5) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.boolean(values[2])) return 'follow';
			if (!is.handle(values[3])) return 'toDirectory';
			if (!is.path(values[4])) return 'toPath';
			return undefined;
		},
		rights: 32,
		mutates: true,
	}],
	[120, {
		name: 'at_unlink',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			return undefined;
		},
		rights: 128,
		mutates: true,
	}],
	[121, {
		name: 'at_remove_directory',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			return undefined;
		},
		rights: 128,
		mutates: true,
	}],
	[122, {
		name: 'at_rename',
		findBadArgument(values) {
			if (values.length !== 4) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.handle(values[2])) return 'toDirectory';
			if (!is.path(values[3])) return 'toPath';
			return undefined;
		},
		rights: 128,
		mutates: true,
	}],
	[123, {
		name: 'at_set_times',
		findBadArgument(values) {
			if (values.length !== 5) return 'number of arguments';
			if (!is.handle(values[0])) return 'directory';
			if (!is.path(values[1])) return 'path';
			if (!is.boolean(values[2])) return 'follow';
			if (!(values[3] === undefined || is.ns(values[3]))) return 'accessedTime';
			if (!(values[4] === undefined || is.ns(values[4]))) return 'modifiedTime';
			return undefined;
		},
		rights: 256,
		mutates: true,
	}],
	[124, {
		name: 'handle_status',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[125, {
		name: 'handle_kind',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[126, {
		name: 'handle_set_times',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!(values[1] === undefined || is.ns(values[1]))) return 'accessedTime';
			if (!(values[2] === undefined || is.ns(values[2]))) return 'modifiedTime';
			return undefined;
		},
		rights: 256,
		mutates: true,
	}],
	[127, {
		name: 'file_sync',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[128, {
		name: 'file_allocate',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.size(values[2])) return 'length';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[150, {
		name: 'terminal_create',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isTerminalSize(values[0])) return 'size';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[151, {
		name: 'terminal_open',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[152, {
		name: 'terminal_mode',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[153, {
		name: 'terminal_set_mode',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!isTerminalMode(values[1])) return 'mode';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[154, {
		name: 'terminal_size',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[155, {
		name: 'terminal_set_size',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!isTerminalSize(values[1])) return 'size';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[156, {
		name: 'terminal_await_size',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!isTerminalSize(values[1])) return 'known';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[157, {
		name: 'terminal_foreground',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[158, {
		name: 'terminal_set_foreground',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.pid(values[1])) return 'group';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[184, {
		name: 'path_get_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[185, {
		name: 'path_set_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'name';
			if (!is.bytes(values[2])) return 'value';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[186, {
		name: 'path_list_extended_attributes',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[187, {
		name: 'path_remove_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[190, {
		name: 'handle_get_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.string(values[1])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[191, {
		name: 'handle_set_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.string(values[1])) return 'name';
			if (!is.bytes(values[2])) return 'value';
			return undefined;
		},
		rights: 256,
		mutates: true,
	}],
	[192, {
		name: 'handle_list_extended_attributes',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[193, {
		name: 'handle_remove_extended_attribute',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.string(values[1])) return 'name';
			return undefined;
		},
		rights: 256,
		mutates: true,
	}],
	[180, {
		name: 'file_lock',
		findBadArgument(values) {
			if (values.length !== 5) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!valuesLockKind.has(values[1])) return 'kind';
			if (!is.size(values[2])) return 'offset';
			if (!is.size(values[3])) return 'length';
			if (!is.u32(values[4])) return 'timeoutMs';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[181, {
		name: 'file_unlock',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.size(values[2])) return 'length';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[182, {
		name: 'file_locks',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[72, {
		name: 'watch_open',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.boolean(values[1])) return 'recursive';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[183, {
		name: 'directory_watch',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.boolean(values[1])) return 'recursive';
			return undefined;
		},
		rights: 4,
		mutates: false,
	}],
	[73, {
		name: 'watch_read',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[74, {
		name: 'event_create',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.boolean(values[0])) return 'set';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[75, {
		name: 'event_set',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.boolean(values[1])) return 'set';
			return undefined;
		},
		rights: 16,
		mutates: false,
	}],
	[76, {
		name: 'event_wait',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'timeoutMs';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[140, {
		name: 'security_read',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[141, {
		name: 'security_change',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!isSecurityChange(values[1])) return 'change';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[142, {
		name: 'handle_security',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[143, {
		name: 'handle_change_security',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!isSecurityChange(values[1])) return 'change';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[144, {
		name: 'security_check',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!(values[1] === undefined || isPrincipal(values[1]))) return 'who';
			if (!is.u32(values[2])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[145, {
		name: 'token_read',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.pid(values[0])) return 'pid';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[146, {
		name: 'token_request_elevation',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.string(values[0])) return 'program';
			if (!isSpawnOptions(values[1])) return 'options';
			if (!is.string(values[2])) return 'reason';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[147, {
		name: 'elevation_next',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[148, {
		name: 'elevation_answer',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.size(values[0])) return 'request';
			if (!is.boolean(values[1])) return 'granted';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[149, {
		name: 'security_inherit',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[220, {
		name: 'encryption_read',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[221, {
		name: 'encryption_begin',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!valuesEncryptionChange.has(values[1])) return 'change';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[222, {
		name: 'encryption_continue',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[223, {
		name: 'encryption_share',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'account';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[224, {
		name: 'encryption_revoke',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'key';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[225, {
		name: 'encryption_update',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[226, {
		name: 'encryption_people',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[227, {
		name: 'encryption_agents',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[228, {
		name: 'encryption_add_agent',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'name';
			if (!is.bytes(values[1])) return 'publicKey';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[229, {
		name: 'encryption_remove_agent',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'key';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[230, {
		name: 'encryption_make_agent',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.bytes(values[0])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[231, {
		name: 'encryption_backup_key',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.bytes(values[0])) return 'backup';
			if (!is.bytes(values[1])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[232, {
		name: 'encryption_keys',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[233, {
		name: 'encryption_backup',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!valuesKeyBackupFormat.has(values[0])) return 'format';
			if (!is.bytes(values[1])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[234, {
		name: 'encryption_confirm_backup',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.bytes(values[0])) return 'backup';
			if (!is.bytes(values[1])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[235, {
		name: 'encryption_restore',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.bytes(values[0])) return 'backup';
			if (!is.bytes(values[1])) return 'passphrase';
			if (!is.boolean(values[2])) return 'keep';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[236, {
		name: 'encryption_raw_read',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.size(values[1])) return 'offset';
			if (!is.u32(values[2])) return 'length';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[237, {
		name: 'encryption_raw_restore',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[238, {
		name: 'encryption_cancel',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[250, {
		name: 'volume_scrub',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[251, {
		name: 'volume_scrub_state',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'seen';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[252, {
		name: 'volume_repair',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[253, {
		name: 'volume_export',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[254, {
		name: 'volume_export_read',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.u32(values[2])) return 'length';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[255, {
		name: 'volume_compact',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[96, {
		name: 'system_info',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[97, {
		name: 'volume_status',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[98, {
		name: 'volume_check',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[160, {
		name: 'setting_get',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'key';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[161, {
		name: 'setting_list',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.string(values[0])) return 'prefix';
			if (!is.string(values[1])) return 'after';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[162, {
		name: 'setting_change',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!isArrayOf(values[0], (item) => isSettingChange(item))) return 'changes';
			if (!(values[1] === undefined || is.size(values[1]))) return 'since';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[163, {
		name: 'setting_watch',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'prefix';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[164, {
		name: 'setting_describe',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'prefix';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[165, {
		name: 'setting_status',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[99, {
		name: 'log_write',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!valuesLogLevel.has(values[0])) return 'level';
			if (!is.string(values[1])) return 'message';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[100, {
		name: 'log_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.size(values[0])) return 'after';
			if (!is.u32(values[1])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[170, {
		name: 'log_query',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isLogQuery(values[0])) return 'query';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[171, {
		name: 'log_wait',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.size(values[0])) return 'after';
			if (!is.u32(values[1])) return 'timeoutMs';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[172, {
		name: 'log_record',
		findBadArgument(values) {
			if (values.length !== 4) return 'number of arguments';
			if (!valuesLogLevel.has(values[0])) return 'level';
			if (!is.string(values[1])) return 'code';
			if (!is.string(values[2])) return 'message';
			if (!is.strings(values[3])) return 'fields';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[173, {
		name: 'log_clear',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!valuesLogChannel.has(values[0])) return 'channel';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[174, {
		name: 'log_status',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[175, {
		name: 'service_list',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[176, {
		name: 'service_start',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[177, {
		name: 'service_stop',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[178, {
		name: 'service_restart',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'name';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[179, {
		name: 'service_ready',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[240, {
		name: 'version_list',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[241, {
		name: 'version_list_deleted',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[242, {
		name: 'version_restore',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.size(values[1])) return 'version';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[243, {
		name: 'version_erase',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.size(values[1])) return 'version';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[244, {
		name: 'path_erase',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[245, {
		name: 'version_status',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[200, {
		name: 'account_list',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[201, {
		name: 'account_create',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isNewAccount(values[0])) return 'account';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[202, {
		name: 'account_change',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!isAccountChange(values[1])) return 'change';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[203, {
		name: 'account_remove',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!is.boolean(values[1])) return 'keepFiles';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[204, {
		name: 'account_set_password',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!isCredential(values[1])) return 'proof';
			if (!isNewPassword(values[2])) return 'password';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[205, {
		name: 'account_reset_password',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!isNewPassword(values[1])) return 'password';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[206, {
		name: 'account_reset_effect',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[207, {
		name: 'account_unlock_keys',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isCredential(values[0])) return 'proof';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[208, {
		name: 'account_make_recovery',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isCredential(values[0])) return 'proof';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[209, {
		name: 'account_confirm_recovery',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.bytes(values[0])) return 'code';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[210, {
		name: 'account_add_passkey',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!isCredential(values[0])) return 'proof';
			if (!isNewPasskey(values[1])) return 'passkey';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[211, {
		name: 'account_remove_passkey',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!is.bytes(values[1])) return 'id';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[212, {
		name: 'account_passkeys',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[213, {
		name: 'logon',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'account';
			if (!isCredential(values[1])) return 'credential';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[214, {
		name: 'session_self',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[215, {
		name: 'session_list',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[216, {
		name: 'session_lock',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[217, {
		name: 'session_log_off',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.size(values[0])) return 'session';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[218, {
		name: 'session_next',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[219, {
		name: 'elevation_approve',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.size(values[0])) return 'request';
			if (!is.string(values[1])) return 'account';
			if (!isCredential(values[2])) return 'credential';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[260, {
		name: 'pc_disks',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[261, {
		name: 'pc_install',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'disk';
			if (!is.string(values[1])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[262, {
		name: 'pc_make_data',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'disk';
			if (!is.string(values[1])) return 'passphrase';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[263, {
		name: 'pc_job_state',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'seen';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[264, {
		name: 'pc_data',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[265, {
		name: 'pc_data_passphrase',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'present';
			if (!is.string(values[1])) return 'next';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[266, {
		name: 'pc_judge_image',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'signature';
			if (!is.size(values[1])) return 'sizeBytes';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[267, {
		name: 'pc_write_image',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'file';
			if (!is.string(values[1])) return 'signature';
			if (!is.string(values[2])) return 'disk';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[270, {
		name: 'pc_update',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[271, {
		name: 'pc_update_find',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[272, {
		name: 'pc_update_install',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'offer';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[273, {
		name: 'pc_update_choose',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!valuesPcUpdateChoice.has(values[0])) return 'choice';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[285, {
		name: 'pc_drives',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[286, {
		name: 'pc_drive_open',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'drive';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[287, {
		name: 'pc_drive_eject',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'drive';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[288, {
		name: 'pc_appliance',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[289, {
		name: 'pc_set_appliance',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.string(values[0])) return 'start';
			if (!is.string(values[1])) return 'account';
			if (!isArrayOf(values[2], (item) => is.string(item))) return 'keptFolders';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[290, {
		name: 'pc_leave_appliance',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[275, {
		name: 'pc_facts',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[276, {
		name: 'pc_power',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[277, {
		name: 'pc_settings',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[278, {
		name: 'pc_change_settings',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!isPcSettingsChange(values[0])) return 'change';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[279, {
		name: 'pc_choices',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[280, {
		name: 'pc_sound',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[281, {
		name: 'pc_set_sound',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.string(values[0])) return 'output';
			if (!is.u32(values[1])) return 'percent';
			if (!is.boolean(values[2])) return 'muted';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[282, {
		name: 'pc_network',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[283, {
		name: 'pc_screens',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[284, {
		name: 'pc_set_screen',
		findBadArgument(values) {
			if (values.length !== 4) return 'number of arguments';
			if (!is.string(values[0])) return 'name';
			if (!isPcScreenMode(values[1])) return 'mode';
			if (!is.real(values[2])) return 'scale';
			if (!is.boolean(values[3])) return 'keep';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
]);
