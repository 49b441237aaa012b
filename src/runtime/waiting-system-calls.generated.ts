// Generated from src/abi by `npm run generate`. Do not edit.

import type { AccessAnswer, AccountChange, AccountInfo, Change, ChildEvent, CreateMode, Credential, DeletedFile, DirectoryEntries, DirectoryPage, ElevationEvent, EncryptionChange, EncryptionInfo, EncryptionKeys, EncryptionProgress, ExitStatus, FileLock, FileRange, KeyBackupFormat, KeyHolder, LockKind, LogChannel, LogEvent, LogLevel, LogPage, LogQuery, LogStatus, NewAccount, NewPasskey, NewPassword, NodeStatus, ObjectKind, OpenedExport, OpenedNode, Passkey, PasswordReset, PcAppliance, PcChoices, PcData, PcDisk, PcDrive, PcFacts, PcImage, PcJobState, PcNetwork, PcPower, PcScreen, PcScreenMode, PcSettings, PcSettingsChange, PcSound, PcUpdate, PcUpdateChoice, PcUpdateOffer, PipeEnds, PreviousVersion, Principal, ProcessInfo, ProcessStart, RecoveryAgent, ScrubState, SearchHit, SecurityChange, SecurityDescriptor, SeekOrigin, ServiceInfo, SessionEvent, SessionInfo, Setting, SettingChange, SettingDefinition, SettingsStatus, Signal, SpawnOptions, Stat, SystemInfo, TerminalEnds, TerminalMode, TerminalSize, TokenInfo, TreeUsage, VersionStatus, VolumeRepair, VolumeStatus } from '#abi/structures.generated.ts';

/** Carries a call to the kernel and waits for its result, or throws its `OsError`. */
export interface WaitingTransport {
	call(number: number, callArguments: readonly unknown[]): unknown;
}

/** Every system call as a method that returns when the kernel has answered. Errors: `OsError`. */
export class WaitingSystemCalls {
	readonly #transport: WaitingTransport;

	constructor(transport: WaitingTransport) {
		this.#transport = transport;
	}

	/** Tells the caller who it is. See docs/syscalls/process_self.md. */
	processSelf(): ProcessStart {
		return this.#transport.call(1, []) as ProcessStart;
	}

	/** Lists all processes. See docs/syscalls/process_list.md. */
	processList(): ProcessInfo[] {
		return this.#transport.call(2, []) as ProcessInfo[];
	}

	/** Starts a program as a new process. See docs/syscalls/process_spawn.md. */
	processSpawn(program: string, options: SpawnOptions): number {
		return this.#transport.call(3, [program, options]) as number;
	}

	/** Waits until a process has ended. See docs/syscalls/process_wait.md. */
	processWait(pid: number): ExitStatus {
		return this.#transport.call(4, [pid]) as ExitStatus;
	}

	/** Asks or forces a process to end. See docs/syscalls/process_kill.md. */
	processKill(pid: number, signal: Signal): void {
		return this.#transport.call(5, [pid, signal]) as void;
	}

	/** Ends the calling process. See docs/syscalls/process_exit.md. */
	processExit(code: number): void {
		return this.#transport.call(6, [code]) as void;
	}

	/** Says what the process is doing. See docs/syscalls/process_set_title.md. */
	processSetTitle(title: string): void {
		return this.#transport.call(7, [title]) as void;
	}

	/** Waits until something has happened to a child. See docs/syscalls/process_wait_any.md. */
	processWaitAny(group: number, stops: boolean, wait: boolean): ChildEvent | undefined {
		return this.#transport.call(8, [group, stops, wait]) as ChildEvent | undefined;
	}

	/** Sends a signal to every process of a group. See docs/syscalls/process_kill_group.md. */
	processKillGroup(group: number, signal: Signal): void {
		return this.#transport.call(9, [group, signal]) as void;
	}

	/** Closes a handle. See docs/syscalls/handle_close.md. */
	handleClose(handle: number): void {
		return this.#transport.call(16, [handle]) as void;
	}

	/** Makes a second handle with the same or fewer rights. See docs/syscalls/handle_duplicate.md. */
	handleDuplicate(handle: number, rights: number): number {
		return this.#transport.call(17, [handle, rights]) as number;
	}

	/** Reads the next bytes of a stream. See docs/syscalls/stream_read.md. */
	streamRead(handle: number, maximum: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(18, [handle, maximum]) as Uint8Array<ArrayBuffer>;
	}

	/** Writes bytes to a stream. See docs/syscalls/stream_write.md. */
	streamWrite(handle: number, data: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(19, [handle, data]) as void;
	}

	/** Makes a pipe. See docs/syscalls/pipe_create.md. */
	pipeCreate(): PipeEnds {
		return this.#transport.call(20, []) as PipeEnds;
	}

	/** Moves the position of a stream. See docs/syscalls/stream_seek.md. */
	streamSeek(handle: number, offset: number, origin: SeekOrigin): number {
		return this.#transport.call(21, [handle, offset, origin]) as number;
	}

	/** Waits until one of several streams can be read or written. See docs/syscalls/stream_poll.md. */
	streamPoll(readers: number[], writers: number[], timeoutMs: number): number[] {
		return this.#transport.call(22, [readers, writers, timeoutMs]) as number[];
	}

	/** Reads the next line of a stream, and nothing behind it. See docs/syscalls/stream_read_line.md. */
	streamReadLine(handle: number, maximum: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(159, [handle, maximum]) as Uint8Array<ArrayBuffer>;
	}

	/** Opens a file. See docs/syscalls/file_open.md. */
	fileOpen(path: string, mode: CreateMode, rights: number): number {
		return this.#transport.call(32, [path, mode, rights]) as number;
	}

	/** Reads bytes at an offset. See docs/syscalls/file_read.md. */
	fileRead(handle: number, offset: number, length: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(33, [handle, offset, length]) as Uint8Array<ArrayBuffer>;
	}

	/** Writes bytes at an offset. See docs/syscalls/file_write.md. */
	fileWrite(handle: number, offset: number, data: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(34, [handle, offset, data]) as void;
	}

	/** Sets the size of a file. See docs/syscalls/file_truncate.md. */
	fileTruncate(handle: number, size: number): void {
		return this.#transport.call(35, [handle, size]) as void;
	}

	/** Tells what an open file is. See docs/syscalls/file_stat.md. */
	fileStat(handle: number): Stat {
		return this.#transport.call(36, [handle]) as Stat;
	}

	/** Writes bytes at the end of a file. See docs/syscalls/file_append.md. */
	fileAppend(handle: number, data: Uint8Array<ArrayBuffer>): number {
		return this.#transport.call(37, [handle, data]) as number;
	}

	/** Reads pages of a file into memory that the caller shares with the kernel. See docs/syscalls/file_fill.md. */
	fileFill(handle: number, page: number, frames: number[]): number {
		return this.#transport.call(38, [handle, page, frames]) as number;
	}

	/** Hands over what the caller has written to a file that it keeps itself. See docs/syscalls/file_flush.md. */
	fileFlush(handle: number): void {
		return this.#transport.call(39, [handle]) as void;
	}

	/** Makes a part of a file zero and gives up its room. See docs/syscalls/file_clear.md. */
	fileClear(handle: number, offset: number, length: number): void {
		return this.#transport.call(188, [handle, offset, length]) as void;
	}

	/** Finds the next part of a file that is stored. See docs/syscalls/file_find_data.md. */
	fileFindData(handle: number, offset: number): FileRange[] {
		return this.#transport.call(189, [handle, offset]) as FileRange[];
	}

	/** Tells what stands at a path. See docs/syscalls/path_stat.md. */
	pathStat(path: string): Stat {
		return this.#transport.call(48, [path]) as Stat;
	}

	/** Lists a directory, a page at a time. See docs/syscalls/path_list.md. */
	pathList(path: string, cursor: string, limit: number): DirectoryPage {
		return this.#transport.call(49, [path, cursor, limit]) as DirectoryPage;
	}

	/** Reads a whole file. See docs/syscalls/path_read.md. */
	pathRead(path: string, maximum: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(50, [path, maximum]) as Uint8Array<ArrayBuffer>;
	}

	/** Writes a whole file in one step. See docs/syscalls/path_write.md. */
	pathWrite(path: string, data: Uint8Array<ArrayBuffer>, mode: CreateMode): void {
		return this.#transport.call(51, [path, data, mode]) as void;
	}

	/** Makes a directory. See docs/syscalls/path_make_directory.md. */
	pathMakeDirectory(path: string): void {
		return this.#transport.call(52, [path]) as void;
	}

	/** Removes a file’s name. See docs/syscalls/path_unlink.md. */
	pathUnlink(path: string): void {
		return this.#transport.call(53, [path]) as void;
	}

	/** Removes an empty directory. See docs/syscalls/path_remove_directory.md. */
	pathRemoveDirectory(path: string): void {
		return this.#transport.call(54, [path]) as void;
	}

	/** Removes a file or a directory with all that is in it, in one step. See docs/syscalls/path_remove_tree.md. */
	pathRemoveTree(path: string): void {
		return this.#transport.call(55, [path]) as void;
	}

	/** Moves a file or directory to another name or place. See docs/syscalls/path_rename.md. */
	pathRename(from: string, to: string, replace: boolean): void {
		return this.#transport.call(56, [from, to, replace]) as void;
	}

	/** Copies one file without its bytes passing through the caller. See docs/syscalls/path_copy.md. */
	pathCopy(from: string, to: string): void {
		return this.#transport.call(57, [from, to]) as void;
	}

	/** Sets the modification time. See docs/syscalls/path_set_times.md. */
	pathSetTimes(path: string, modifiedTime: number): void {
		return this.#transport.call(58, [path, modifiedTime]) as void;
	}

	/** Sets the attribute bits. See docs/syscalls/path_set_attributes.md. */
	pathSetAttributes(path: string, attributes: number): void {
		return this.#transport.call(59, [path, attributes]) as void;
	}

	/** Finds files and directories by a part of their name. See docs/syscalls/path_search.md. */
	pathSearch(root: string, query: string, limit: number): SearchHit[] {
		return this.#transport.call(60, [root, query, limit]) as SearchHit[];
	}

	/** Counts files, directories and bytes below a path. See docs/syscalls/path_usage.md. */
	pathUsage(path: string): TreeUsage {
		return this.#transport.call(61, [path]) as TreeUsage;
	}

	/** Finds the real spelling of a path, ignoring case. See docs/syscalls/path_resolve.md. */
	pathResolve(path: string): string {
		return this.#transport.call(62, [path]) as string;
	}

	/** Tells what stands at a path, a link at its end itself. See docs/syscalls/path_stat_link.md. */
	pathStatLink(path: string): Stat {
		return this.#transport.call(194, [path]) as Stat;
	}

	/** Tells where a symbolic link points. See docs/syscalls/path_read_link.md. */
	pathReadLink(path: string): string {
		return this.#transport.call(195, [path]) as string;
	}

	/** Makes a symbolic link. See docs/syscalls/path_make_link.md. */
	pathMakeLink(path: string, target: string): void {
		return this.#transport.call(196, [path, target]) as void;
	}

	/** Opens a directory. See docs/syscalls/directory_open.md. */
	directoryOpen(path: string, rights: number): number {
		return this.#transport.call(112, [path, rights]) as number;
	}

	/** Reads entries of an open directory. See docs/syscalls/directory_read.md. */
	directoryRead(handle: number, cursor: string, limit: number): DirectoryEntries {
		return this.#transport.call(113, [handle, cursor, limit]) as DirectoryEntries;
	}

	/** Opens what stands below a directory. See docs/syscalls/at_open.md. */
	atOpen(directory: number, path: string, flags: number, rights: number): OpenedNode {
		return this.#transport.call(114, [directory, path, flags, rights]) as OpenedNode;
	}

	/** Tells what stands below a directory. See docs/syscalls/at_status.md. */
	atStatus(directory: number, path: string, follow: boolean): NodeStatus {
		return this.#transport.call(115, [directory, path, follow]) as NodeStatus;
	}

	/** Makes a directory below a directory. See docs/syscalls/at_make_directory.md. */
	atMakeDirectory(directory: number, path: string): void {
		return this.#transport.call(116, [directory, path]) as void;
	}

	/** Makes a symbolic link below a directory. See docs/syscalls/at_make_link.md. */
	atMakeLink(directory: number, path: string, target: string): void {
		return this.#transport.call(117, [directory, path, target]) as void;
	}

	/** Tells where a symbolic link leads. See docs/syscalls/at_read_link.md. */
	atReadLink(directory: number, path: string): string {
		return this.#transport.call(118, [directory, path]) as string;
	}

	/** Gives a file a second name. See docs/syscalls/at_add_name.md. */
	atAddName(directory: number, path: string, follow: boolean, toDirectory: number, toPath: string): void {
		return this.#transport.call(119, [directory, path, follow, toDirectory, toPath]) as void;
	}

	/** Removes the name of a file or link below a directory. See docs/syscalls/at_unlink.md. */
	atUnlink(directory: number, path: string): void {
		return this.#transport.call(120, [directory, path]) as void;
	}

	/** Removes an empty directory below a directory. See docs/syscalls/at_remove_directory.md. */
	atRemoveDirectory(directory: number, path: string): void {
		return this.#transport.call(121, [directory, path]) as void;
	}

	/** Moves what stands below a directory. See docs/syscalls/at_rename.md. */
	atRename(directory: number, path: string, toDirectory: number, toPath: string): void {
		return this.#transport.call(122, [directory, path, toDirectory, toPath]) as void;
	}

	/** Sets the times of what stands below a directory. See docs/syscalls/at_set_times.md. */
	atSetTimes(directory: number, path: string, follow: boolean, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): void {
		return this.#transport.call(123, [directory, path, follow, accessedTime, modifiedTime]) as void;
	}

	/** Tells what a handle points to. See docs/syscalls/handle_status.md. */
	handleStatus(handle: number): NodeStatus {
		return this.#transport.call(124, [handle]) as NodeStatus;
	}

	/** Tells what sort of thing a handle points to. See docs/syscalls/handle_kind.md. */
	handleKind(handle: number): ObjectKind {
		return this.#transport.call(125, [handle]) as ObjectKind;
	}

	/** Sets the times of an open file or directory. See docs/syscalls/handle_set_times.md. */
	handleSetTimes(handle: number, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): void {
		return this.#transport.call(126, [handle, accessedTime, modifiedTime]) as void;
	}

	/** Waits until all that was written to a file is durable. See docs/syscalls/file_sync.md. */
	fileSync(handle: number): void {
		return this.#transport.call(127, [handle]) as void;
	}

	/** Makes sure that a part of a file has room. See docs/syscalls/file_allocate.md. */
	fileAllocate(handle: number, offset: number, length: number): void {
		return this.#transport.call(128, [handle, offset, length]) as void;
	}

	/** Makes a terminal. See docs/syscalls/terminal_create.md. */
	terminalCreate(size: TerminalSize): TerminalEnds {
		return this.#transport.call(150, [size]) as TerminalEnds;
	}

	/** Opens the terminal of the calling process. See docs/syscalls/terminal_open.md. */
	terminalOpen(): number {
		return this.#transport.call(151, []) as number;
	}

	/** Tells what a terminal does with keys and text. See docs/syscalls/terminal_mode.md. */
	terminalMode(handle: number): TerminalMode {
		return this.#transport.call(152, [handle]) as TerminalMode;
	}

	/** Says what a terminal does with keys and text. See docs/syscalls/terminal_set_mode.md. */
	terminalSetMode(handle: number, mode: TerminalMode): void {
		return this.#transport.call(153, [handle, mode]) as void;
	}

	/** Tells how much a terminal shows. See docs/syscalls/terminal_size.md. */
	terminalSize(handle: number): TerminalSize {
		return this.#transport.call(154, [handle]) as TerminalSize;
	}

	/** Says how much a terminal shows. See docs/syscalls/terminal_set_size.md. */
	terminalSetSize(handle: number, size: TerminalSize): void {
		return this.#transport.call(155, [handle, size]) as void;
	}

	/** Waits until a terminal has another size. See docs/syscalls/terminal_await_size.md. */
	terminalAwaitSize(handle: number, known: TerminalSize): TerminalSize {
		return this.#transport.call(156, [handle, known]) as TerminalSize;
	}

	/** Tells which process group a terminal belongs to. See docs/syscalls/terminal_foreground.md. */
	terminalForeground(handle: number): number {
		return this.#transport.call(157, [handle]) as number;
	}

	/** Gives a terminal to a process group. See docs/syscalls/terminal_set_foreground.md. */
	terminalSetForeground(handle: number, group: number): void {
		return this.#transport.call(158, [handle, group]) as void;
	}

	/** Tells the value of an extended attribute. See docs/syscalls/path_get_extended_attribute.md. */
	pathGetExtendedAttribute(path: string, name: string): Uint8Array<ArrayBuffer> {
		return this.#transport.call(184, [path, name]) as Uint8Array<ArrayBuffer>;
	}

	/** Sets an extended attribute. See docs/syscalls/path_set_extended_attribute.md. */
	pathSetExtendedAttribute(path: string, name: string, value: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(185, [path, name, value]) as void;
	}

	/** Lists the names of the extended attributes of programs. See docs/syscalls/path_list_extended_attributes.md. */
	pathListExtendedAttributes(path: string): string[] {
		return this.#transport.call(186, [path]) as string[];
	}

	/** Removes an extended attribute. See docs/syscalls/path_remove_extended_attribute.md. */
	pathRemoveExtendedAttribute(path: string, name: string): void {
		return this.#transport.call(187, [path, name]) as void;
	}

	/** Tells the value of an extended attribute of what is open. See docs/syscalls/handle_get_extended_attribute.md. */
	handleGetExtendedAttribute(handle: number, name: string): Uint8Array<ArrayBuffer> {
		return this.#transport.call(190, [handle, name]) as Uint8Array<ArrayBuffer>;
	}

	/** Sets an extended attribute of what is open. See docs/syscalls/handle_set_extended_attribute.md. */
	handleSetExtendedAttribute(handle: number, name: string, value: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(191, [handle, name, value]) as void;
	}

	/** Lists the names of the extended attributes of what is open. See docs/syscalls/handle_list_extended_attributes.md. */
	handleListExtendedAttributes(handle: number): string[] {
		return this.#transport.call(192, [handle]) as string[];
	}

	/** Removes an extended attribute of what is open. See docs/syscalls/handle_remove_extended_attribute.md. */
	handleRemoveExtendedAttribute(handle: number, name: string): void {
		return this.#transport.call(193, [handle, name]) as void;
	}

	/** Locks a part of a file. See docs/syscalls/file_lock.md. */
	fileLock(handle: number, kind: LockKind, offset: number, length: number, timeoutMs: number): void {
		return this.#transport.call(180, [handle, kind, offset, length, timeoutMs]) as void;
	}

	/** Unlocks a part of a file. See docs/syscalls/file_unlock.md. */
	fileUnlock(handle: number, offset: number, length: number): void {
		return this.#transport.call(181, [handle, offset, length]) as void;
	}

	/** Tells which parts of a file are locked. See docs/syscalls/file_locks.md. */
	fileLocks(handle: number): FileLock[] {
		return this.#transport.call(182, [handle]) as FileLock[];
	}

	/** Watches a directory for changes. See docs/syscalls/watch_open.md. */
	watchOpen(path: string, recursive: boolean): number {
		return this.#transport.call(72, [path, recursive]) as number;
	}

	/** Watches the directory of a handle for changes. See docs/syscalls/directory_watch.md. */
	directoryWatch(handle: number, recursive: boolean): number {
		return this.#transport.call(183, [handle, recursive]) as number;
	}

	/** Waits for changes. See docs/syscalls/watch_read.md. */
	watchRead(handle: number): Change[] {
		return this.#transport.call(73, [handle]) as Change[];
	}

	/** Makes an event object. See docs/syscalls/event_create.md. */
	eventCreate(set: boolean): number {
		return this.#transport.call(74, [set]) as number;
	}

	/** Sets or resets an event. See docs/syscalls/event_set.md. */
	eventSet(handle: number, set: boolean): void {
		return this.#transport.call(75, [handle, set]) as void;
	}

	/** Waits until an event is set. See docs/syscalls/event_wait.md. */
	eventWait(handle: number, timeoutMs: number): void {
		return this.#transport.call(76, [handle, timeoutMs]) as void;
	}

	/** Tells who owns a file or folder, and who may do what with it. See docs/syscalls/security_read.md. */
	securityRead(path: string): SecurityDescriptor {
		return this.#transport.call(140, [path]) as SecurityDescriptor;
	}

	/** Changes who owns a file or folder, or who may do what with it. See docs/syscalls/security_change.md. */
	securityChange(path: string, change: SecurityChange): number {
		return this.#transport.call(141, [path, change]) as number;
	}

	/** Tells who owns what a handle points to, and who may do what with it. See docs/syscalls/handle_security.md. */
	handleSecurity(handle: number): SecurityDescriptor {
		return this.#transport.call(142, [handle]) as SecurityDescriptor;
	}

	/** Changes who owns what a handle points to, or who may do what with it. See docs/syscalls/handle_change_security.md. */
	handleChangeSecurity(handle: number, change: SecurityChange): number {
		return this.#transport.call(143, [handle, change]) as number;
	}

	/** Tells what somebody may do with a file or folder, and why. See docs/syscalls/security_check.md. */
	securityCheck(path: string, who: Principal | undefined, rights: number): AccessAnswer {
		return this.#transport.call(144, [path, who, rights]) as AccessAnswer;
	}

	/** Tells who a process acts for, and what that lets it do. See docs/syscalls/token_read.md. */
	tokenRead(pid: number): TokenInfo {
		return this.#transport.call(145, [pid]) as TokenInfo;
	}

	/** Asks the person to let a program administer this computer. See docs/syscalls/token_request_elevation.md. */
	tokenRequestElevation(program: string, options: SpawnOptions, reason: string): number {
		return this.#transport.call(146, [program, options, reason]) as number;
	}

	/** Waits until a program asks the person, or no longer does. See docs/syscalls/elevation_next.md. */
	elevationNext(): ElevationEvent {
		return this.#transport.call(147, []) as ElevationEvent;
	}

	/** Gives the answer of the person. See docs/syscalls/elevation_answer.md. */
	elevationAnswer(request: number, granted: boolean): void {
		return this.#transport.call(148, [request, granted]) as void;
	}

	/** Takes from the folder above anew what it hands down. See docs/syscalls/security_inherit.md. */
	securityInherit(path: string): number {
		return this.#transport.call(149, [path]) as number;
	}

	/** Tells whether a file or folder is encrypted, and who can open it. See docs/syscalls/encryption_read.md. */
	encryptionRead(path: string): EncryptionInfo {
		return this.#transport.call(220, [path]) as EncryptionInfo;
	}

	/** Begins to encrypt or decrypt a file. See docs/syscalls/encryption_begin.md. */
	encryptionBegin(path: string, change: EncryptionChange): EncryptionProgress {
		return this.#transport.call(221, [path, change]) as EncryptionProgress;
	}

	/** Goes on with a change of encryption. See docs/syscalls/encryption_continue.md. */
	encryptionContinue(path: string): EncryptionProgress {
		return this.#transport.call(222, [path]) as EncryptionProgress;
	}

	/** Lets somebody else open an encrypted file. See docs/syscalls/encryption_share.md. */
	encryptionShare(path: string, account: string): void {
		return this.#transport.call(223, [path, account]) as void;
	}

	/** Lets a key no longer open an encrypted file. See docs/syscalls/encryption_revoke.md. */
	encryptionRevoke(path: string, key: string): void {
		return this.#transport.call(224, [path, key]) as void;
	}

	/** Gives an encrypted file the keys that it should have. See docs/syscalls/encryption_update.md. */
	encryptionUpdate(path: string): boolean {
		return this.#transport.call(225, [path]) as boolean;
	}

	/** Tells with whom encrypted files can be shared. See docs/syscalls/encryption_people.md. */
	encryptionPeople(): KeyHolder[] {
		return this.#transport.call(226, []) as KeyHolder[];
	}

	/** Tells about the recovery agents of the policy. See docs/syscalls/encryption_agents.md. */
	encryptionAgents(): RecoveryAgent[] {
		return this.#transport.call(227, []) as RecoveryAgent[];
	}

	/** Makes somebody a recovery agent. See docs/syscalls/encryption_add_agent.md. */
	encryptionAddAgent(name: string, publicKey: Uint8Array<ArrayBuffer>): RecoveryAgent {
		return this.#transport.call(228, [name, publicKey]) as RecoveryAgent;
	}

	/** Takes a recovery agent out of the policy. See docs/syscalls/encryption_remove_agent.md. */
	encryptionRemoveAgent(key: string): void {
		return this.#transport.call(229, [key]) as void;
	}

	/** Makes the keys of a new recovery agent. See docs/syscalls/encryption_make_agent.md. */
	encryptionMakeAgent(passphrase: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
		return this.#transport.call(230, [passphrase]) as Uint8Array<ArrayBuffer>;
	}

	/** Tells the public half of the newest key in a backup. See docs/syscalls/encryption_backup_key.md. */
	encryptionBackupKey(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
		return this.#transport.call(231, [backup, passphrase]) as Uint8Array<ArrayBuffer>;
	}

	/** Tells about the keys of the person. See docs/syscalls/encryption_keys.md. */
	encryptionKeys(): EncryptionKeys {
		return this.#transport.call(232, []) as EncryptionKeys;
	}

	/** Makes a backup of the keys of the person. See docs/syscalls/encryption_backup.md. */
	encryptionBackup(format: KeyBackupFormat, passphrase: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
		return this.#transport.call(233, [format, passphrase]) as Uint8Array<ArrayBuffer>;
	}

	/** Proves that a backup of the keys was kept and opens. See docs/syscalls/encryption_confirm_backup.md. */
	encryptionConfirmBackup(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(234, [backup, passphrase]) as void;
	}

	/** Takes the keys of a backup in. See docs/syscalls/encryption_restore.md. */
	encryptionRestore(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>, keep: boolean): string[] {
		return this.#transport.call(235, [backup, passphrase, keep]) as string[];
	}

	/** Reads an encrypted file without opening it. See docs/syscalls/encryption_raw_read.md. */
	encryptionRawRead(path: string, offset: number, length: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(236, [path, offset, length]) as Uint8Array<ArrayBuffer>;
	}

	/** Makes an encrypted file of its raw form. See docs/syscalls/encryption_raw_restore.md. */
	encryptionRawRestore(path: string): void {
		return this.#transport.call(237, [path]) as void;
	}

	/** Turns an unfinished change of encryption round. See docs/syscalls/encryption_cancel.md. */
	encryptionCancel(path: string): EncryptionProgress {
		return this.#transport.call(238, [path]) as EncryptionProgress;
	}

	/** Begins to read the whole volume and verify every checksum. See docs/syscalls/volume_scrub.md. */
	volumeScrub(): number {
		return this.#transport.call(250, []) as number;
	}

	/** Tells how reading the whole volume goes. See docs/syscalls/volume_scrub_state.md. */
	volumeScrubState(handle: number, seen: number): ScrubState {
		return this.#transport.call(251, [handle, seen]) as ScrubState;
	}

	/** Makes damaged parts of the volume anew whose content follows from others. See docs/syscalls/volume_repair.md. */
	volumeRepair(): VolumeRepair {
		return this.#transport.call(252, []) as VolumeRepair;
	}

	/** Opens a copy of the whole volume as one file. See docs/syscalls/volume_export.md. */
	volumeExport(): OpenedExport {
		return this.#transport.call(253, []) as OpenedExport;
	}

	/** Reads a copy of the whole volume. See docs/syscalls/volume_export_read.md. */
	volumeExportRead(handle: number, offset: number, length: number): Uint8Array<ArrayBuffer> {
		return this.#transport.call(254, [handle, offset, length]) as Uint8Array<ArrayBuffer>;
	}

	/** Gives the free room of the volume back to this computer. See docs/syscalls/volume_compact.md. */
	volumeCompact(): number {
		return this.#transport.call(255, []) as number;
	}

	/** Tells about the running system. See docs/syscalls/system_info.md. */
	systemInfo(): SystemInfo {
		return this.#transport.call(96, []) as SystemInfo;
	}

	/** Tells about the system volume. See docs/syscalls/volume_status.md. */
	volumeStatus(): VolumeStatus {
		return this.#transport.call(97, []) as VolumeStatus;
	}

	/** Reads the whole volume and verifies every checksum. See docs/syscalls/volume_check.md. */
	volumeCheck(): string[] {
		return this.#transport.call(98, []) as string[];
	}

	/** Tells the value of a setting. See docs/syscalls/setting_get.md. */
	settingGet(key: string): Setting {
		return this.#transport.call(160, [key]) as Setting;
	}

	/** Lists settings. See docs/syscalls/setting_list.md. */
	settingList(prefix: string, after: string, limit: number): Setting[] {
		return this.#transport.call(161, [prefix, after, limit]) as Setting[];
	}

	/** Changes settings, all of them or none. See docs/syscalls/setting_change.md. */
	settingChange(changes: SettingChange[], since: number | undefined): number {
		return this.#transport.call(162, [changes, since]) as number;
	}

	/** Watches settings. See docs/syscalls/setting_watch.md. */
	settingWatch(prefix: string): number {
		return this.#transport.call(163, [prefix]) as number;
	}

	/** Tells what is known of settings. See docs/syscalls/setting_describe.md. */
	settingDescribe(prefix: string): SettingDefinition[] {
		return this.#transport.call(164, [prefix]) as SettingDefinition[];
	}

	/** Tells about the settings store as a whole. See docs/syscalls/setting_status.md. */
	settingStatus(): SettingsStatus {
		return this.#transport.call(165, []) as SettingsStatus;
	}

	/** Writes an event to the log of the applications. See docs/syscalls/log_write.md. */
	logWrite(level: LogLevel, message: string): void {
		return this.#transport.call(99, [level, message]) as void;
	}

	/** Reads events of the system log. See docs/syscalls/log_read.md. */
	logRead(after: number, limit: number): LogEvent[] {
		return this.#transport.call(100, [after, limit]) as LogEvent[];
	}

	/** Searches the system log. See docs/syscalls/log_query.md. */
	logQuery(query: LogQuery): LogPage {
		return this.#transport.call(170, [query]) as LogPage;
	}

	/** Waits for an event. See docs/syscalls/log_wait.md. */
	logWait(after: number, timeoutMs: number): number {
		return this.#transport.call(171, [after, timeoutMs]) as number;
	}

	/** Writes an event with a code and fields. See docs/syscalls/log_record.md. */
	logRecord(level: LogLevel, code: string, message: string, fields: string[]): void {
		return this.#transport.call(172, [level, code, message, fields]) as void;
	}

	/** Removes all events of a log. See docs/syscalls/log_clear.md. */
	logClear(channel: LogChannel): void {
		return this.#transport.call(173, [channel]) as void;
	}

	/** Tells about the system log as a whole. See docs/syscalls/log_status.md. */
	logStatus(): LogStatus {
		return this.#transport.call(174, []) as LogStatus;
	}

	/** Tells about all services. See docs/syscalls/service_list.md. */
	serviceList(): ServiceInfo[] {
		return this.#transport.call(175, []) as ServiceInfo[];
	}

	/** Starts a service. See docs/syscalls/service_start.md. */
	serviceStart(name: string): void {
		return this.#transport.call(176, [name]) as void;
	}

	/** Stops a service. See docs/syscalls/service_stop.md. */
	serviceStop(name: string): void {
		return this.#transport.call(177, [name]) as void;
	}

	/** Stops a service and starts it again, with those that need it and ran. See docs/syscalls/service_restart.md. */
	serviceRestart(name: string): void {
		return this.#transport.call(178, [name]) as void;
	}

	/** Says that the calling service is ready. See docs/syscalls/service_ready.md. */
	serviceReady(): void {
		return this.#transport.call(179, []) as void;
	}

	/** Lists the previous versions of a file. See docs/syscalls/version_list.md. */
	versionList(path: string): PreviousVersion[] {
		return this.#transport.call(240, [path]) as PreviousVersion[];
	}

	/** Lists the deleted files of a folder whose versions are kept. See docs/syscalls/version_list_deleted.md. */
	versionListDeleted(path: string): DeletedFile[] {
		return this.#transport.call(241, [path]) as DeletedFile[];
	}

	/** Makes a file hold again what a version holds. See docs/syscalls/version_restore.md. */
	versionRestore(path: string, version: number): number {
		return this.#transport.call(242, [path, version]) as number;
	}

	/** Deletes versions of a file for good. See docs/syscalls/version_erase.md. */
	versionErase(path: string, version: number): number {
		return this.#transport.call(243, [path, version]) as number;
	}

	/** Deletes a file, or a folder with all that is in it, for good. See docs/syscalls/path_erase.md. */
	pathErase(path: string): void {
		return this.#transport.call(244, [path]) as void;
	}

	/** Tells how many versions there are and what room they take. See docs/syscalls/version_status.md. */
	versionStatus(): VersionStatus {
		return this.#transport.call(245, []) as VersionStatus;
	}

	/** Tells about all accounts. See docs/syscalls/account_list.md. */
	accountList(): AccountInfo[] {
		return this.#transport.call(200, []) as AccountInfo[];
	}

	/** Makes an account. See docs/syscalls/account_create.md. */
	accountCreate(account: NewAccount): string {
		return this.#transport.call(201, [account]) as string;
	}

	/** Changes an account. See docs/syscalls/account_change.md. */
	accountChange(account: string, change: AccountChange): void {
		return this.#transport.call(202, [account, change]) as void;
	}

	/** Removes an account. See docs/syscalls/account_remove.md. */
	accountRemove(account: string, keepFiles: boolean): void {
		return this.#transport.call(203, [account, keepFiles]) as void;
	}

	/** Sets another password. See docs/syscalls/account_set_password.md. */
	accountSetPassword(account: string, proof: Credential, password: NewPassword): void {
		return this.#transport.call(204, [account, proof, password]) as void;
	}

	/** Sets the password of somebody who has forgotten it. See docs/syscalls/account_reset_password.md. */
	accountResetPassword(account: string, password: NewPassword): void {
		return this.#transport.call(205, [account, password]) as void;
	}

	/** Tells what a reset of the password would close. See docs/syscalls/account_reset_effect.md. */
	accountResetEffect(account: string): PasswordReset {
		return this.#transport.call(206, [account]) as PasswordReset;
	}

	/** Opens keys that a reset of the password has closed. See docs/syscalls/account_unlock_keys.md. */
	accountUnlockKeys(proof: Credential): number {
		return this.#transport.call(207, [proof]) as number;
	}

	/** Makes a recovery code. See docs/syscalls/account_make_recovery.md. */
	accountMakeRecovery(proof: Credential): string {
		return this.#transport.call(208, [proof]) as string;
	}

	/** Proves that a recovery code was kept. See docs/syscalls/account_confirm_recovery.md. */
	accountConfirmRecovery(code: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(209, [code]) as void;
	}

	/** Lets an account log on with a passkey. See docs/syscalls/account_add_passkey.md. */
	accountAddPasskey(proof: Credential, passkey: NewPasskey): void {
		return this.#transport.call(210, [proof, passkey]) as void;
	}

	/** Takes a passkey away from an account. See docs/syscalls/account_remove_passkey.md. */
	accountRemovePasskey(account: string, id: Uint8Array<ArrayBuffer>): void {
		return this.#transport.call(211, [account, id]) as void;
	}

	/** Tells which passkeys an account can log on with. See docs/syscalls/account_passkeys.md. */
	accountPasskeys(account: string): Passkey[] {
		return this.#transport.call(212, [account]) as Passkey[];
	}

	/** Logs on, or unlocks the session that the account has. See docs/syscalls/logon.md. */
	logon(account: string, credential: Credential): SessionInfo {
		return this.#transport.call(213, [account, credential]) as SessionInfo;
	}

	/** Tells about the session of the calling process. See docs/syscalls/session_self.md. */
	sessionSelf(): SessionInfo | undefined {
		return this.#transport.call(214, []) as SessionInfo | undefined;
	}

	/** Tells about all sessions. See docs/syscalls/session_list.md. */
	sessionList(): SessionInfo[] {
		return this.#transport.call(215, []) as SessionInfo[];
	}

	/** Locks the session of the calling process. See docs/syscalls/session_lock.md. */
	sessionLock(): void {
		return this.#transport.call(216, []) as void;
	}

	/** Ends a session. See docs/syscalls/session_log_off.md. */
	sessionLogOff(session: number): void {
		return this.#transport.call(217, [session]) as void;
	}

	/** Waits until something happens to a session. See docs/syscalls/session_next.md. */
	sessionNext(): SessionEvent {
		return this.#transport.call(218, []) as SessionEvent;
	}

	/** Agrees, as an administrator, that a program of somebody else administers this computer. See docs/syscalls/elevation_approve.md. */
	elevationApprove(request: number, account: string, credential: Credential): void {
		return this.#transport.call(219, [request, account, credential]) as void;
	}

	/** Lists the disks and sticks of the PC. See docs/syscalls/pc_disks.md. */
	pcDisks(): PcDisk[] {
		return this.#transport.call(260, []) as PcDisk[];
	}

	/** Begins to install Vitrine to a disk, erasing it. See docs/syscalls/pc_install.md. */
	pcInstall(disk: string, passphrase: string): number {
		return this.#transport.call(261, [disk, passphrase]) as number;
	}

	/** Begins to make a data partition. See docs/syscalls/pc_make_data.md. */
	pcMakeData(disk: string, passphrase: string): number {
		return this.#transport.call(262, [disk, passphrase]) as number;
	}

	/** Tells how something goes that the PC does. See docs/syscalls/pc_job_state.md. */
	pcJobState(handle: number, seen: number): PcJobState {
		return this.#transport.call(263, [handle, seen]) as PcJobState;
	}

	/** Tells about the data partition. See docs/syscalls/pc_data.md. */
	pcData(): PcData {
		return this.#transport.call(264, []) as PcData;
	}

	/** Sets another passphrase for the data partition. See docs/syscalls/pc_data_passphrase.md. */
	pcDataPassphrase(present: string, next: string): void {
		return this.#transport.call(265, [present, next]) as void;
	}

	/** Tells what the signature of an image says of it. See docs/syscalls/pc_judge_image.md. */
	pcJudgeImage(signature: string, sizeBytes: number): PcImage {
		return this.#transport.call(266, [signature, sizeBytes]) as PcImage;
	}

	/** Begins to write an image to a stick, erasing it. See docs/syscalls/pc_write_image.md. */
	pcWriteImage(file: number, signature: string, disk: string): number {
		return this.#transport.call(267, [file, signature, disk]) as number;
	}

	/** Tells which versions this PC has, and which one starts next. See docs/syscalls/pc_update.md. */
	pcUpdate(): PcUpdate {
		return this.#transport.call(270, []) as PcUpdate;
	}

	/** Looks for updates on the sticks and discs of the PC. See docs/syscalls/pc_update_find.md. */
	pcUpdateFind(): PcUpdateOffer[] {
		return this.#transport.call(271, []) as PcUpdateOffer[];
	}

	/** Begins to install an update beside the running version. See docs/syscalls/pc_update_install.md. */
	pcUpdateInstall(offer: string): number {
		return this.#transport.call(272, [offer]) as number;
	}

	/** Decides which version starts. See docs/syscalls/pc_update_choose.md. */
	pcUpdateChoose(choice: PcUpdateChoice): void {
		return this.#transport.call(273, [choice]) as void;
	}

	/** Lists the sticks, cards and discs that are plugged in. See docs/syscalls/pc_drives.md. */
	pcDrives(): PcDrive[] {
		return this.#transport.call(285, []) as PcDrive[];
	}

	/** Makes the files of a drive a folder. See docs/syscalls/pc_drive_open.md. */
	pcDriveOpen(drive: string): string {
		return this.#transport.call(286, [drive]) as string;
	}

	/** Takes the folder of a drive away, so that it can be unplugged. See docs/syscalls/pc_drive_eject.md. */
	pcDriveEject(drive: string): void {
		return this.#transport.call(287, [drive]) as void;
	}

	/** Tells what the PC does by itself from its start on. See docs/syscalls/pc_appliance.md. */
	pcAppliance(): PcAppliance {
		return this.#transport.call(288, []) as PcAppliance;
	}

	/** Decides what the PC does by itself from its next starts on. See docs/syscalls/pc_set_appliance.md. */
	pcSetAppliance(start: string, account: string, keptFolders: string[]): void {
		return this.#transport.call(289, [start, account, keptFolders]) as void;
	}

	/** Makes the PC an ordinary one until it is started again. See docs/syscalls/pc_leave_appliance.md. */
	pcLeaveAppliance(): void {
		return this.#transport.call(290, []) as void;
	}

	/** Tells what the PC is and how it was started. See docs/syscalls/pc_facts.md. */
	pcFacts(): PcFacts {
		return this.#transport.call(275, []) as PcFacts;
	}

	/** Tells where the PC has its power from. See docs/syscalls/pc_power.md. */
	pcPower(): PcPower {
		return this.#transport.call(276, []) as PcPower;
	}

	/** Tells what was chosen for the PC. See docs/syscalls/pc_settings.md. */
	pcSettings(): PcSettings {
		return this.#transport.call(277, []) as PcSettings;
	}

	/** Changes what was chosen for the PC. See docs/syscalls/pc_change_settings.md. */
	pcChangeSettings(change: PcSettingsChange): void {
		return this.#transport.call(278, [change]) as void;
	}

	/** Lists what the settings of the PC may be. See docs/syscalls/pc_choices.md. */
	pcChoices(): PcChoices {
		return this.#transport.call(279, []) as PcChoices;
	}

	/** Tells where sound goes, and how loud. See docs/syscalls/pc_sound.md. */
	pcSound(): PcSound {
		return this.#transport.call(280, []) as PcSound;
	}

	/** Sets where sound goes, and how loud. See docs/syscalls/pc_set_sound.md. */
	pcSetSound(output: string, percent: number, muted: boolean): void {
		return this.#transport.call(281, [output, percent, muted]) as void;
	}

	/** Tells about the network of the PC. See docs/syscalls/pc_network.md. */
	pcNetwork(): PcNetwork {
		return this.#transport.call(282, []) as PcNetwork;
	}

	/** Tells about the screens of the PC. See docs/syscalls/pc_screens.md. */
	pcScreens(): PcScreen[] {
		return this.#transport.call(283, []) as PcScreen[];
	}

	/** Sets what a screen shows. See docs/syscalls/pc_set_screen.md. */
	pcSetScreen(name: string, mode: PcScreenMode, scale: number, keep: boolean): void {
		return this.#transport.call(284, [name, mode, scale, keep]) as void;
	}
}
