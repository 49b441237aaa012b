// Generated from src/abi by `npm run generate`. Do not edit.

import type { AccessAnswer, AccountChange, AccountInfo, Change, ChildEvent, CreateMode, Credential, DeletedFile, DirectoryEntries, DirectoryPage, ElevationEvent, EncryptionChange, EncryptionInfo, EncryptionKeys, EncryptionProgress, ExitStatus, FileLock, FileRange, KeyBackupFormat, KeyHolder, LockKind, LogChannel, LogEvent, LogLevel, LogPage, LogQuery, LogStatus, NewAccount, NewPasskey, NewPassword, NodeStatus, ObjectKind, OpenedExport, OpenedNode, Passkey, PasswordReset, PcAppliance, PcChoices, PcData, PcDisk, PcDrive, PcFacts, PcImage, PcJobState, PcNetwork, PcPower, PcScreen, PcScreenMode, PcSettings, PcSettingsChange, PcSound, PcUpdate, PcUpdateChoice, PcUpdateOffer, PipeEnds, PreviousVersion, Principal, ProcessInfo, ProcessStart, RecoveryAgent, ScrubState, SearchHit, SecurityChange, SecurityDescriptor, SeekOrigin, ServiceInfo, SessionEvent, SessionInfo, Setting, SettingChange, SettingDefinition, SettingsStatus, Signal, SpawnOptions, Stat, SystemInfo, TerminalEnds, TerminalMode, TerminalSize, TokenInfo, TreeUsage, VersionStatus, VolumeRepair, VolumeStatus } from '#abi/structures.generated.ts';

/** Carries a call to the kernel and brings back its result, or throws its `OsError`. */
export interface Transport {
	call(number: number, callArguments: readonly unknown[]): Promise<unknown>;
}

/** Every system call as a method. Errors: `OsError` with the codes that its reference page lists. */
export class SystemCalls {
	readonly #transport: Transport;

	constructor(transport: Transport) {
		this.#transport = transport;
	}

	/** Tells the caller who it is. See docs/syscalls/process_self.md. */
	processSelf(): Promise<ProcessStart> {
		return this.#transport.call(1, []) as Promise<ProcessStart>;
	}

	/** Lists all processes. See docs/syscalls/process_list.md. */
	processList(): Promise<ProcessInfo[]> {
		return this.#transport.call(2, []) as Promise<ProcessInfo[]>;
	}

	/** Starts a program as a new process. See docs/syscalls/process_spawn.md. */
	processSpawn(program: string, options: SpawnOptions): Promise<number> {
		return this.#transport.call(3, [program, options]) as Promise<number>;
	}

	/** Waits until a process has ended. See docs/syscalls/process_wait.md. */
	processWait(pid: number): Promise<ExitStatus> {
		return this.#transport.call(4, [pid]) as Promise<ExitStatus>;
	}

	/** Asks or forces a process to end. See docs/syscalls/process_kill.md. */
	processKill(pid: number, signal: Signal): Promise<void> {
		return this.#transport.call(5, [pid, signal]) as Promise<void>;
	}

	/** Ends the calling process. See docs/syscalls/process_exit.md. */
	processExit(code: number): Promise<void> {
		return this.#transport.call(6, [code]) as Promise<void>;
	}

	/** Says what the process is doing. See docs/syscalls/process_set_title.md. */
	processSetTitle(title: string): Promise<void> {
		return this.#transport.call(7, [title]) as Promise<void>;
	}

	/** Waits until something has happened to a child. See docs/syscalls/process_wait_any.md. */
	processWaitAny(group: number, stops: boolean, wait: boolean): Promise<ChildEvent | undefined> {
		return this.#transport.call(8, [group, stops, wait]) as Promise<ChildEvent | undefined>;
	}

	/** Sends a signal to every process of a group. See docs/syscalls/process_kill_group.md. */
	processKillGroup(group: number, signal: Signal): Promise<void> {
		return this.#transport.call(9, [group, signal]) as Promise<void>;
	}

	/** Closes a handle. See docs/syscalls/handle_close.md. */
	handleClose(handle: number): Promise<void> {
		return this.#transport.call(16, [handle]) as Promise<void>;
	}

	/** Makes a second handle with the same or fewer rights. See docs/syscalls/handle_duplicate.md. */
	handleDuplicate(handle: number, rights: number): Promise<number> {
		return this.#transport.call(17, [handle, rights]) as Promise<number>;
	}

	/** Reads the next bytes of a stream. See docs/syscalls/stream_read.md. */
	streamRead(handle: number, maximum: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(18, [handle, maximum]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Writes bytes to a stream. See docs/syscalls/stream_write.md. */
	streamWrite(handle: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(19, [handle, data]) as Promise<void>;
	}

	/** Makes a pipe. See docs/syscalls/pipe_create.md. */
	pipeCreate(): Promise<PipeEnds> {
		return this.#transport.call(20, []) as Promise<PipeEnds>;
	}

	/** Moves the position of a stream. See docs/syscalls/stream_seek.md. */
	streamSeek(handle: number, offset: number, origin: SeekOrigin): Promise<number> {
		return this.#transport.call(21, [handle, offset, origin]) as Promise<number>;
	}

	/** Waits until one of several streams can be read or written. See docs/syscalls/stream_poll.md. */
	streamPoll(readers: number[], writers: number[], timeoutMs: number): Promise<number[]> {
		return this.#transport.call(22, [readers, writers, timeoutMs]) as Promise<number[]>;
	}

	/** Reads the next line of a stream, and nothing behind it. See docs/syscalls/stream_read_line.md. */
	streamReadLine(handle: number, maximum: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(159, [handle, maximum]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Opens a file. See docs/syscalls/file_open.md. */
	fileOpen(path: string, mode: CreateMode, rights: number): Promise<number> {
		return this.#transport.call(32, [path, mode, rights]) as Promise<number>;
	}

	/** Reads bytes at an offset. See docs/syscalls/file_read.md. */
	fileRead(handle: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(33, [handle, offset, length]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Writes bytes at an offset. See docs/syscalls/file_write.md. */
	fileWrite(handle: number, offset: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(34, [handle, offset, data]) as Promise<void>;
	}

	/** Sets the size of a file. See docs/syscalls/file_truncate.md. */
	fileTruncate(handle: number, size: number): Promise<void> {
		return this.#transport.call(35, [handle, size]) as Promise<void>;
	}

	/** Tells what an open file is. See docs/syscalls/file_stat.md. */
	fileStat(handle: number): Promise<Stat> {
		return this.#transport.call(36, [handle]) as Promise<Stat>;
	}

	/** Writes bytes at the end of a file. See docs/syscalls/file_append.md. */
	fileAppend(handle: number, data: Uint8Array<ArrayBuffer>): Promise<number> {
		return this.#transport.call(37, [handle, data]) as Promise<number>;
	}

	/** Reads pages of a file into memory that the caller shares with the kernel. See docs/syscalls/file_fill.md. */
	fileFill(handle: number, page: number, frames: number[]): Promise<number> {
		return this.#transport.call(38, [handle, page, frames]) as Promise<number>;
	}

	/** Hands over what the caller has written to a file that it keeps itself. See docs/syscalls/file_flush.md. */
	fileFlush(handle: number): Promise<void> {
		return this.#transport.call(39, [handle]) as Promise<void>;
	}

	/** Makes a part of a file zero and gives up its room. See docs/syscalls/file_clear.md. */
	fileClear(handle: number, offset: number, length: number): Promise<void> {
		return this.#transport.call(188, [handle, offset, length]) as Promise<void>;
	}

	/** Finds the next part of a file that is stored. See docs/syscalls/file_find_data.md. */
	fileFindData(handle: number, offset: number): Promise<FileRange[]> {
		return this.#transport.call(189, [handle, offset]) as Promise<FileRange[]>;
	}

	/** Tells what stands at a path. See docs/syscalls/path_stat.md. */
	pathStat(path: string): Promise<Stat> {
		return this.#transport.call(48, [path]) as Promise<Stat>;
	}

	/** Lists a directory, a page at a time. See docs/syscalls/path_list.md. */
	pathList(path: string, cursor: string, limit: number): Promise<DirectoryPage> {
		return this.#transport.call(49, [path, cursor, limit]) as Promise<DirectoryPage>;
	}

	/** Reads a whole file. See docs/syscalls/path_read.md. */
	pathRead(path: string, maximum: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(50, [path, maximum]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Writes a whole file in one step. See docs/syscalls/path_write.md. */
	pathWrite(path: string, data: Uint8Array<ArrayBuffer>, mode: CreateMode): Promise<void> {
		return this.#transport.call(51, [path, data, mode]) as Promise<void>;
	}

	/** Makes a directory. See docs/syscalls/path_make_directory.md. */
	pathMakeDirectory(path: string): Promise<void> {
		return this.#transport.call(52, [path]) as Promise<void>;
	}

	/** Removes a file’s name. See docs/syscalls/path_unlink.md. */
	pathUnlink(path: string): Promise<void> {
		return this.#transport.call(53, [path]) as Promise<void>;
	}

	/** Removes an empty directory. See docs/syscalls/path_remove_directory.md. */
	pathRemoveDirectory(path: string): Promise<void> {
		return this.#transport.call(54, [path]) as Promise<void>;
	}

	/** Removes a file or a directory with all that is in it, in one step. See docs/syscalls/path_remove_tree.md. */
	pathRemoveTree(path: string): Promise<void> {
		return this.#transport.call(55, [path]) as Promise<void>;
	}

	/** Moves a file or directory to another name or place. See docs/syscalls/path_rename.md. */
	pathRename(from: string, to: string, replace: boolean): Promise<void> {
		return this.#transport.call(56, [from, to, replace]) as Promise<void>;
	}

	/** Copies one file without its bytes passing through the caller. See docs/syscalls/path_copy.md. */
	pathCopy(from: string, to: string): Promise<void> {
		return this.#transport.call(57, [from, to]) as Promise<void>;
	}

	/** Sets the modification time. See docs/syscalls/path_set_times.md. */
	pathSetTimes(path: string, modifiedTime: number): Promise<void> {
		return this.#transport.call(58, [path, modifiedTime]) as Promise<void>;
	}

	/** Sets the attribute bits. See docs/syscalls/path_set_attributes.md. */
	pathSetAttributes(path: string, attributes: number): Promise<void> {
		return this.#transport.call(59, [path, attributes]) as Promise<void>;
	}

	/** Finds files and directories by a part of their name. See docs/syscalls/path_search.md. */
	pathSearch(root: string, query: string, limit: number): Promise<SearchHit[]> {
		return this.#transport.call(60, [root, query, limit]) as Promise<SearchHit[]>;
	}

	/** Counts files, directories and bytes below a path. See docs/syscalls/path_usage.md. */
	pathUsage(path: string): Promise<TreeUsage> {
		return this.#transport.call(61, [path]) as Promise<TreeUsage>;
	}

	/** Finds the real spelling of a path, ignoring case. See docs/syscalls/path_resolve.md. */
	pathResolve(path: string): Promise<string> {
		return this.#transport.call(62, [path]) as Promise<string>;
	}

	/** Tells what stands at a path, a link at its end itself. See docs/syscalls/path_stat_link.md. */
	pathStatLink(path: string): Promise<Stat> {
		return this.#transport.call(194, [path]) as Promise<Stat>;
	}

	/** Tells where a symbolic link points. See docs/syscalls/path_read_link.md. */
	pathReadLink(path: string): Promise<string> {
		return this.#transport.call(195, [path]) as Promise<string>;
	}

	/** Makes a symbolic link. See docs/syscalls/path_make_link.md. */
	pathMakeLink(path: string, target: string): Promise<void> {
		return this.#transport.call(196, [path, target]) as Promise<void>;
	}

	/** Opens a directory. See docs/syscalls/directory_open.md. */
	directoryOpen(path: string, rights: number): Promise<number> {
		return this.#transport.call(112, [path, rights]) as Promise<number>;
	}

	/** Reads entries of an open directory. See docs/syscalls/directory_read.md. */
	directoryRead(handle: number, cursor: string, limit: number): Promise<DirectoryEntries> {
		return this.#transport.call(113, [handle, cursor, limit]) as Promise<DirectoryEntries>;
	}

	/** Opens what stands below a directory. See docs/syscalls/at_open.md. */
	atOpen(directory: number, path: string, flags: number, rights: number): Promise<OpenedNode> {
		return this.#transport.call(114, [directory, path, flags, rights]) as Promise<OpenedNode>;
	}

	/** Tells what stands below a directory. See docs/syscalls/at_status.md. */
	atStatus(directory: number, path: string, follow: boolean): Promise<NodeStatus> {
		return this.#transport.call(115, [directory, path, follow]) as Promise<NodeStatus>;
	}

	/** Makes a directory below a directory. See docs/syscalls/at_make_directory.md. */
	atMakeDirectory(directory: number, path: string): Promise<void> {
		return this.#transport.call(116, [directory, path]) as Promise<void>;
	}

	/** Makes a symbolic link below a directory. See docs/syscalls/at_make_link.md. */
	atMakeLink(directory: number, path: string, target: string): Promise<void> {
		return this.#transport.call(117, [directory, path, target]) as Promise<void>;
	}

	/** Tells where a symbolic link leads. See docs/syscalls/at_read_link.md. */
	atReadLink(directory: number, path: string): Promise<string> {
		return this.#transport.call(118, [directory, path]) as Promise<string>;
	}

	/** Gives a file a second name. See docs/syscalls/at_add_name.md. */
	atAddName(directory: number, path: string, follow: boolean, toDirectory: number, toPath: string): Promise<void> {
		return this.#transport.call(119, [directory, path, follow, toDirectory, toPath]) as Promise<void>;
	}

	/** Removes the name of a file or link below a directory. See docs/syscalls/at_unlink.md. */
	atUnlink(directory: number, path: string): Promise<void> {
		return this.#transport.call(120, [directory, path]) as Promise<void>;
	}

	/** Removes an empty directory below a directory. See docs/syscalls/at_remove_directory.md. */
	atRemoveDirectory(directory: number, path: string): Promise<void> {
		return this.#transport.call(121, [directory, path]) as Promise<void>;
	}

	/** Moves what stands below a directory. See docs/syscalls/at_rename.md. */
	atRename(directory: number, path: string, toDirectory: number, toPath: string): Promise<void> {
		return this.#transport.call(122, [directory, path, toDirectory, toPath]) as Promise<void>;
	}

	/** Sets the times of what stands below a directory. See docs/syscalls/at_set_times.md. */
	atSetTimes(directory: number, path: string, follow: boolean, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): Promise<void> {
		return this.#transport.call(123, [directory, path, follow, accessedTime, modifiedTime]) as Promise<void>;
	}

	/** Tells what a handle points to. See docs/syscalls/handle_status.md. */
	handleStatus(handle: number): Promise<NodeStatus> {
		return this.#transport.call(124, [handle]) as Promise<NodeStatus>;
	}

	/** Tells what sort of thing a handle points to. See docs/syscalls/handle_kind.md. */
	handleKind(handle: number): Promise<ObjectKind> {
		return this.#transport.call(125, [handle]) as Promise<ObjectKind>;
	}

	/** Sets the times of an open file or directory. See docs/syscalls/handle_set_times.md. */
	handleSetTimes(handle: number, accessedTime: bigint | undefined, modifiedTime: bigint | undefined): Promise<void> {
		return this.#transport.call(126, [handle, accessedTime, modifiedTime]) as Promise<void>;
	}

	/** Waits until all that was written to a file is durable. See docs/syscalls/file_sync.md. */
	fileSync(handle: number): Promise<void> {
		return this.#transport.call(127, [handle]) as Promise<void>;
	}

	/** Makes sure that a part of a file has room. See docs/syscalls/file_allocate.md. */
	fileAllocate(handle: number, offset: number, length: number): Promise<void> {
		return this.#transport.call(128, [handle, offset, length]) as Promise<void>;
	}

	/** Makes a terminal. See docs/syscalls/terminal_create.md. */
	terminalCreate(size: TerminalSize): Promise<TerminalEnds> {
		return this.#transport.call(150, [size]) as Promise<TerminalEnds>;
	}

	/** Opens the terminal of the calling process. See docs/syscalls/terminal_open.md. */
	terminalOpen(): Promise<number> {
		return this.#transport.call(151, []) as Promise<number>;
	}

	/** Tells what a terminal does with keys and text. See docs/syscalls/terminal_mode.md. */
	terminalMode(handle: number): Promise<TerminalMode> {
		return this.#transport.call(152, [handle]) as Promise<TerminalMode>;
	}

	/** Says what a terminal does with keys and text. See docs/syscalls/terminal_set_mode.md. */
	terminalSetMode(handle: number, mode: TerminalMode): Promise<void> {
		return this.#transport.call(153, [handle, mode]) as Promise<void>;
	}

	/** Tells how much a terminal shows. See docs/syscalls/terminal_size.md. */
	terminalSize(handle: number): Promise<TerminalSize> {
		return this.#transport.call(154, [handle]) as Promise<TerminalSize>;
	}

	/** Says how much a terminal shows. See docs/syscalls/terminal_set_size.md. */
	terminalSetSize(handle: number, size: TerminalSize): Promise<void> {
		return this.#transport.call(155, [handle, size]) as Promise<void>;
	}

	/** Waits until a terminal has another size. See docs/syscalls/terminal_await_size.md. */
	terminalAwaitSize(handle: number, known: TerminalSize): Promise<TerminalSize> {
		return this.#transport.call(156, [handle, known]) as Promise<TerminalSize>;
	}

	/** Tells which process group a terminal belongs to. See docs/syscalls/terminal_foreground.md. */
	terminalForeground(handle: number): Promise<number> {
		return this.#transport.call(157, [handle]) as Promise<number>;
	}

	/** Gives a terminal to a process group. See docs/syscalls/terminal_set_foreground.md. */
	terminalSetForeground(handle: number, group: number): Promise<void> {
		return this.#transport.call(158, [handle, group]) as Promise<void>;
	}

	/** Tells the value of an extended attribute. See docs/syscalls/path_get_extended_attribute.md. */
	pathGetExtendedAttribute(path: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(184, [path, name]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Sets an extended attribute. See docs/syscalls/path_set_extended_attribute.md. */
	pathSetExtendedAttribute(path: string, name: string, value: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(185, [path, name, value]) as Promise<void>;
	}

	/** Lists the names of the extended attributes of programs. See docs/syscalls/path_list_extended_attributes.md. */
	pathListExtendedAttributes(path: string): Promise<string[]> {
		return this.#transport.call(186, [path]) as Promise<string[]>;
	}

	/** Removes an extended attribute. See docs/syscalls/path_remove_extended_attribute.md. */
	pathRemoveExtendedAttribute(path: string, name: string): Promise<void> {
		return this.#transport.call(187, [path, name]) as Promise<void>;
	}

	/** Tells the value of an extended attribute of what is open. See docs/syscalls/handle_get_extended_attribute.md. */
	handleGetExtendedAttribute(handle: number, name: string): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(190, [handle, name]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Sets an extended attribute of what is open. See docs/syscalls/handle_set_extended_attribute.md. */
	handleSetExtendedAttribute(handle: number, name: string, value: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(191, [handle, name, value]) as Promise<void>;
	}

	/** Lists the names of the extended attributes of what is open. See docs/syscalls/handle_list_extended_attributes.md. */
	handleListExtendedAttributes(handle: number): Promise<string[]> {
		return this.#transport.call(192, [handle]) as Promise<string[]>;
	}

	/** Removes an extended attribute of what is open. See docs/syscalls/handle_remove_extended_attribute.md. */
	handleRemoveExtendedAttribute(handle: number, name: string): Promise<void> {
		return this.#transport.call(193, [handle, name]) as Promise<void>;
	}

	/** Locks a part of a file. See docs/syscalls/file_lock.md. */
	fileLock(handle: number, kind: LockKind, offset: number, length: number, timeoutMs: number): Promise<void> {
		return this.#transport.call(180, [handle, kind, offset, length, timeoutMs]) as Promise<void>;
	}

	/** Unlocks a part of a file. See docs/syscalls/file_unlock.md. */
	fileUnlock(handle: number, offset: number, length: number): Promise<void> {
		return this.#transport.call(181, [handle, offset, length]) as Promise<void>;
	}

	/** Tells which parts of a file are locked. See docs/syscalls/file_locks.md. */
	fileLocks(handle: number): Promise<FileLock[]> {
		return this.#transport.call(182, [handle]) as Promise<FileLock[]>;
	}

	/** Watches a directory for changes. See docs/syscalls/watch_open.md. */
	watchOpen(path: string, recursive: boolean): Promise<number> {
		return this.#transport.call(72, [path, recursive]) as Promise<number>;
	}

	/** Watches the directory of a handle for changes. See docs/syscalls/directory_watch.md. */
	directoryWatch(handle: number, recursive: boolean): Promise<number> {
		return this.#transport.call(183, [handle, recursive]) as Promise<number>;
	}

	/** Waits for changes. See docs/syscalls/watch_read.md. */
	watchRead(handle: number): Promise<Change[]> {
		return this.#transport.call(73, [handle]) as Promise<Change[]>;
	}

	/** Makes an event object. See docs/syscalls/event_create.md. */
	eventCreate(set: boolean): Promise<number> {
		return this.#transport.call(74, [set]) as Promise<number>;
	}

	/** Sets or resets an event. See docs/syscalls/event_set.md. */
	eventSet(handle: number, set: boolean): Promise<void> {
		return this.#transport.call(75, [handle, set]) as Promise<void>;
	}

	/** Waits until an event is set. See docs/syscalls/event_wait.md. */
	eventWait(handle: number, timeoutMs: number): Promise<void> {
		return this.#transport.call(76, [handle, timeoutMs]) as Promise<void>;
	}

	/** Tells who owns a file or folder, and who may do what with it. See docs/syscalls/security_read.md. */
	securityRead(path: string): Promise<SecurityDescriptor> {
		return this.#transport.call(140, [path]) as Promise<SecurityDescriptor>;
	}

	/** Changes who owns a file or folder, or who may do what with it. See docs/syscalls/security_change.md. */
	securityChange(path: string, change: SecurityChange): Promise<number> {
		return this.#transport.call(141, [path, change]) as Promise<number>;
	}

	/** Tells who owns what a handle points to, and who may do what with it. See docs/syscalls/handle_security.md. */
	handleSecurity(handle: number): Promise<SecurityDescriptor> {
		return this.#transport.call(142, [handle]) as Promise<SecurityDescriptor>;
	}

	/** Changes who owns what a handle points to, or who may do what with it. See docs/syscalls/handle_change_security.md. */
	handleChangeSecurity(handle: number, change: SecurityChange): Promise<number> {
		return this.#transport.call(143, [handle, change]) as Promise<number>;
	}

	/** Tells what somebody may do with a file or folder, and why. See docs/syscalls/security_check.md. */
	securityCheck(path: string, who: Principal | undefined, rights: number): Promise<AccessAnswer> {
		return this.#transport.call(144, [path, who, rights]) as Promise<AccessAnswer>;
	}

	/** Tells who a process acts for, and what that lets it do. See docs/syscalls/token_read.md. */
	tokenRead(pid: number): Promise<TokenInfo> {
		return this.#transport.call(145, [pid]) as Promise<TokenInfo>;
	}

	/** Asks the person to let a program administer this computer. See docs/syscalls/token_request_elevation.md. */
	tokenRequestElevation(program: string, options: SpawnOptions, reason: string): Promise<number> {
		return this.#transport.call(146, [program, options, reason]) as Promise<number>;
	}

	/** Waits until a program asks the person, or no longer does. See docs/syscalls/elevation_next.md. */
	elevationNext(): Promise<ElevationEvent> {
		return this.#transport.call(147, []) as Promise<ElevationEvent>;
	}

	/** Gives the answer of the person. See docs/syscalls/elevation_answer.md. */
	elevationAnswer(request: number, granted: boolean): Promise<void> {
		return this.#transport.call(148, [request, granted]) as Promise<void>;
	}

	/** Takes from the folder above anew what it hands down. See docs/syscalls/security_inherit.md. */
	securityInherit(path: string): Promise<number> {
		return this.#transport.call(149, [path]) as Promise<number>;
	}

	/** Tells whether a file or folder is encrypted, and who can open it. See docs/syscalls/encryption_read.md. */
	encryptionRead(path: string): Promise<EncryptionInfo> {
		return this.#transport.call(220, [path]) as Promise<EncryptionInfo>;
	}

	/** Begins to encrypt or decrypt a file. See docs/syscalls/encryption_begin.md. */
	encryptionBegin(path: string, change: EncryptionChange): Promise<EncryptionProgress> {
		return this.#transport.call(221, [path, change]) as Promise<EncryptionProgress>;
	}

	/** Goes on with a change of encryption. See docs/syscalls/encryption_continue.md. */
	encryptionContinue(path: string): Promise<EncryptionProgress> {
		return this.#transport.call(222, [path]) as Promise<EncryptionProgress>;
	}

	/** Lets somebody else open an encrypted file. See docs/syscalls/encryption_share.md. */
	encryptionShare(path: string, account: string): Promise<void> {
		return this.#transport.call(223, [path, account]) as Promise<void>;
	}

	/** Lets a key no longer open an encrypted file. See docs/syscalls/encryption_revoke.md. */
	encryptionRevoke(path: string, key: string): Promise<void> {
		return this.#transport.call(224, [path, key]) as Promise<void>;
	}

	/** Gives an encrypted file the keys that it should have. See docs/syscalls/encryption_update.md. */
	encryptionUpdate(path: string): Promise<boolean> {
		return this.#transport.call(225, [path]) as Promise<boolean>;
	}

	/** Tells with whom encrypted files can be shared. See docs/syscalls/encryption_people.md. */
	encryptionPeople(): Promise<KeyHolder[]> {
		return this.#transport.call(226, []) as Promise<KeyHolder[]>;
	}

	/** Tells about the recovery agents of the policy. See docs/syscalls/encryption_agents.md. */
	encryptionAgents(): Promise<RecoveryAgent[]> {
		return this.#transport.call(227, []) as Promise<RecoveryAgent[]>;
	}

	/** Makes somebody a recovery agent. See docs/syscalls/encryption_add_agent.md. */
	encryptionAddAgent(name: string, publicKey: Uint8Array<ArrayBuffer>): Promise<RecoveryAgent> {
		return this.#transport.call(228, [name, publicKey]) as Promise<RecoveryAgent>;
	}

	/** Takes a recovery agent out of the policy. See docs/syscalls/encryption_remove_agent.md. */
	encryptionRemoveAgent(key: string): Promise<void> {
		return this.#transport.call(229, [key]) as Promise<void>;
	}

	/** Makes the keys of a new recovery agent. See docs/syscalls/encryption_make_agent.md. */
	encryptionMakeAgent(passphrase: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(230, [passphrase]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Tells the public half of the newest key in a backup. See docs/syscalls/encryption_backup_key.md. */
	encryptionBackupKey(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(231, [backup, passphrase]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Tells about the keys of the person. See docs/syscalls/encryption_keys.md. */
	encryptionKeys(): Promise<EncryptionKeys> {
		return this.#transport.call(232, []) as Promise<EncryptionKeys>;
	}

	/** Makes a backup of the keys of the person. See docs/syscalls/encryption_backup.md. */
	encryptionBackup(format: KeyBackupFormat, passphrase: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(233, [format, passphrase]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Proves that a backup of the keys was kept and opens. See docs/syscalls/encryption_confirm_backup.md. */
	encryptionConfirmBackup(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(234, [backup, passphrase]) as Promise<void>;
	}

	/** Takes the keys of a backup in. See docs/syscalls/encryption_restore.md. */
	encryptionRestore(backup: Uint8Array<ArrayBuffer>, passphrase: Uint8Array<ArrayBuffer>, keep: boolean): Promise<string[]> {
		return this.#transport.call(235, [backup, passphrase, keep]) as Promise<string[]>;
	}

	/** Reads an encrypted file without opening it. See docs/syscalls/encryption_raw_read.md. */
	encryptionRawRead(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(236, [path, offset, length]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Makes an encrypted file of its raw form. See docs/syscalls/encryption_raw_restore.md. */
	encryptionRawRestore(path: string): Promise<void> {
		return this.#transport.call(237, [path]) as Promise<void>;
	}

	/** Turns an unfinished change of encryption round. See docs/syscalls/encryption_cancel.md. */
	encryptionCancel(path: string): Promise<EncryptionProgress> {
		return this.#transport.call(238, [path]) as Promise<EncryptionProgress>;
	}

	/** Begins to read the whole volume and verify every checksum. See docs/syscalls/volume_scrub.md. */
	volumeScrub(): Promise<number> {
		return this.#transport.call(250, []) as Promise<number>;
	}

	/** Tells how reading the whole volume goes. See docs/syscalls/volume_scrub_state.md. */
	volumeScrubState(handle: number, seen: number): Promise<ScrubState> {
		return this.#transport.call(251, [handle, seen]) as Promise<ScrubState>;
	}

	/** Makes damaged parts of the volume anew whose content follows from others. See docs/syscalls/volume_repair.md. */
	volumeRepair(): Promise<VolumeRepair> {
		return this.#transport.call(252, []) as Promise<VolumeRepair>;
	}

	/** Opens a copy of the whole volume as one file. See docs/syscalls/volume_export.md. */
	volumeExport(): Promise<OpenedExport> {
		return this.#transport.call(253, []) as Promise<OpenedExport>;
	}

	/** Reads a copy of the whole volume. See docs/syscalls/volume_export_read.md. */
	volumeExportRead(handle: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#transport.call(254, [handle, offset, length]) as Promise<Uint8Array<ArrayBuffer>>;
	}

	/** Gives the free room of the volume back to this computer. See docs/syscalls/volume_compact.md. */
	volumeCompact(): Promise<number> {
		return this.#transport.call(255, []) as Promise<number>;
	}

	/** Tells about the running system. See docs/syscalls/system_info.md. */
	systemInfo(): Promise<SystemInfo> {
		return this.#transport.call(96, []) as Promise<SystemInfo>;
	}

	/** Tells about the system volume. See docs/syscalls/volume_status.md. */
	volumeStatus(): Promise<VolumeStatus> {
		return this.#transport.call(97, []) as Promise<VolumeStatus>;
	}

	/** Reads the whole volume and verifies every checksum. See docs/syscalls/volume_check.md. */
	volumeCheck(): Promise<string[]> {
		return this.#transport.call(98, []) as Promise<string[]>;
	}

	/** Tells the value of a setting. See docs/syscalls/setting_get.md. */
	settingGet(key: string): Promise<Setting> {
		return this.#transport.call(160, [key]) as Promise<Setting>;
	}

	/** Lists settings. See docs/syscalls/setting_list.md. */
	settingList(prefix: string, after: string, limit: number): Promise<Setting[]> {
		return this.#transport.call(161, [prefix, after, limit]) as Promise<Setting[]>;
	}

	/** Changes settings, all of them or none. See docs/syscalls/setting_change.md. */
	settingChange(changes: SettingChange[], since: number | undefined): Promise<number> {
		return this.#transport.call(162, [changes, since]) as Promise<number>;
	}

	/** Watches settings. See docs/syscalls/setting_watch.md. */
	settingWatch(prefix: string): Promise<number> {
		return this.#transport.call(163, [prefix]) as Promise<number>;
	}

	/** Tells what is known of settings. See docs/syscalls/setting_describe.md. */
	settingDescribe(prefix: string): Promise<SettingDefinition[]> {
		return this.#transport.call(164, [prefix]) as Promise<SettingDefinition[]>;
	}

	/** Tells about the settings store as a whole. See docs/syscalls/setting_status.md. */
	settingStatus(): Promise<SettingsStatus> {
		return this.#transport.call(165, []) as Promise<SettingsStatus>;
	}

	/** Writes an event to the log of the applications. See docs/syscalls/log_write.md. */
	logWrite(level: LogLevel, message: string): Promise<void> {
		return this.#transport.call(99, [level, message]) as Promise<void>;
	}

	/** Reads events of the system log. See docs/syscalls/log_read.md. */
	logRead(after: number, limit: number): Promise<LogEvent[]> {
		return this.#transport.call(100, [after, limit]) as Promise<LogEvent[]>;
	}

	/** Searches the system log. See docs/syscalls/log_query.md. */
	logQuery(query: LogQuery): Promise<LogPage> {
		return this.#transport.call(170, [query]) as Promise<LogPage>;
	}

	/** Waits for an event. See docs/syscalls/log_wait.md. */
	logWait(after: number, timeoutMs: number): Promise<number> {
		return this.#transport.call(171, [after, timeoutMs]) as Promise<number>;
	}

	/** Writes an event with a code and fields. See docs/syscalls/log_record.md. */
	logRecord(level: LogLevel, code: string, message: string, fields: string[]): Promise<void> {
		return this.#transport.call(172, [level, code, message, fields]) as Promise<void>;
	}

	/** Removes all events of a log. See docs/syscalls/log_clear.md. */
	logClear(channel: LogChannel): Promise<void> {
		return this.#transport.call(173, [channel]) as Promise<void>;
	}

	/** Tells about the system log as a whole. See docs/syscalls/log_status.md. */
	logStatus(): Promise<LogStatus> {
		return this.#transport.call(174, []) as Promise<LogStatus>;
	}

	/** Tells about all services. See docs/syscalls/service_list.md. */
	serviceList(): Promise<ServiceInfo[]> {
		return this.#transport.call(175, []) as Promise<ServiceInfo[]>;
	}

	/** Starts a service. See docs/syscalls/service_start.md. */
	serviceStart(name: string): Promise<void> {
		return this.#transport.call(176, [name]) as Promise<void>;
	}

	/** Stops a service. See docs/syscalls/service_stop.md. */
	serviceStop(name: string): Promise<void> {
		return this.#transport.call(177, [name]) as Promise<void>;
	}

	/** Stops a service and starts it again, with those that need it and ran. See docs/syscalls/service_restart.md. */
	serviceRestart(name: string): Promise<void> {
		return this.#transport.call(178, [name]) as Promise<void>;
	}

	/** Says that the calling service is ready. See docs/syscalls/service_ready.md. */
	serviceReady(): Promise<void> {
		return this.#transport.call(179, []) as Promise<void>;
	}

	/** Lists the previous versions of a file. See docs/syscalls/version_list.md. */
	versionList(path: string): Promise<PreviousVersion[]> {
		return this.#transport.call(240, [path]) as Promise<PreviousVersion[]>;
	}

	/** Lists the deleted files of a folder whose versions are kept. See docs/syscalls/version_list_deleted.md. */
	versionListDeleted(path: string): Promise<DeletedFile[]> {
		return this.#transport.call(241, [path]) as Promise<DeletedFile[]>;
	}

	/** Makes a file hold again what a version holds. See docs/syscalls/version_restore.md. */
	versionRestore(path: string, version: number): Promise<number> {
		return this.#transport.call(242, [path, version]) as Promise<number>;
	}

	/** Deletes versions of a file for good. See docs/syscalls/version_erase.md. */
	versionErase(path: string, version: number): Promise<number> {
		return this.#transport.call(243, [path, version]) as Promise<number>;
	}

	/** Deletes a file, or a folder with all that is in it, for good. See docs/syscalls/path_erase.md. */
	pathErase(path: string): Promise<void> {
		return this.#transport.call(244, [path]) as Promise<void>;
	}

	/** Tells how many versions there are and what room they take. See docs/syscalls/version_status.md. */
	versionStatus(): Promise<VersionStatus> {
		return this.#transport.call(245, []) as Promise<VersionStatus>;
	}

	/** Tells about all accounts. See docs/syscalls/account_list.md. */
	accountList(): Promise<AccountInfo[]> {
		return this.#transport.call(200, []) as Promise<AccountInfo[]>;
	}

	/** Makes an account. See docs/syscalls/account_create.md. */
	accountCreate(account: NewAccount): Promise<string> {
		return this.#transport.call(201, [account]) as Promise<string>;
	}

	/** Changes an account. See docs/syscalls/account_change.md. */
	accountChange(account: string, change: AccountChange): Promise<void> {
		return this.#transport.call(202, [account, change]) as Promise<void>;
	}

	/** Removes an account. See docs/syscalls/account_remove.md. */
	accountRemove(account: string, keepFiles: boolean): Promise<void> {
		return this.#transport.call(203, [account, keepFiles]) as Promise<void>;
	}

	/** Sets another password. See docs/syscalls/account_set_password.md. */
	accountSetPassword(account: string, proof: Credential, password: NewPassword): Promise<void> {
		return this.#transport.call(204, [account, proof, password]) as Promise<void>;
	}

	/** Sets the password of somebody who has forgotten it. See docs/syscalls/account_reset_password.md. */
	accountResetPassword(account: string, password: NewPassword): Promise<void> {
		return this.#transport.call(205, [account, password]) as Promise<void>;
	}

	/** Tells what a reset of the password would close. See docs/syscalls/account_reset_effect.md. */
	accountResetEffect(account: string): Promise<PasswordReset> {
		return this.#transport.call(206, [account]) as Promise<PasswordReset>;
	}

	/** Opens keys that a reset of the password has closed. See docs/syscalls/account_unlock_keys.md. */
	accountUnlockKeys(proof: Credential): Promise<number> {
		return this.#transport.call(207, [proof]) as Promise<number>;
	}

	/** Makes a recovery code. See docs/syscalls/account_make_recovery.md. */
	accountMakeRecovery(proof: Credential): Promise<string> {
		return this.#transport.call(208, [proof]) as Promise<string>;
	}

	/** Proves that a recovery code was kept. See docs/syscalls/account_confirm_recovery.md. */
	accountConfirmRecovery(code: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(209, [code]) as Promise<void>;
	}

	/** Lets an account log on with a passkey. See docs/syscalls/account_add_passkey.md. */
	accountAddPasskey(proof: Credential, passkey: NewPasskey): Promise<void> {
		return this.#transport.call(210, [proof, passkey]) as Promise<void>;
	}

	/** Takes a passkey away from an account. See docs/syscalls/account_remove_passkey.md. */
	accountRemovePasskey(account: string, id: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(211, [account, id]) as Promise<void>;
	}

	/** Tells which passkeys an account can log on with. See docs/syscalls/account_passkeys.md. */
	accountPasskeys(account: string): Promise<Passkey[]> {
		return this.#transport.call(212, [account]) as Promise<Passkey[]>;
	}

	/** Logs on, or unlocks the session that the account has. See docs/syscalls/logon.md. */
	logon(account: string, credential: Credential): Promise<SessionInfo> {
		return this.#transport.call(213, [account, credential]) as Promise<SessionInfo>;
	}

	/** Tells about the session of the calling process. See docs/syscalls/session_self.md. */
	sessionSelf(): Promise<SessionInfo | undefined> {
		return this.#transport.call(214, []) as Promise<SessionInfo | undefined>;
	}

	/** Tells about all sessions. See docs/syscalls/session_list.md. */
	sessionList(): Promise<SessionInfo[]> {
		return this.#transport.call(215, []) as Promise<SessionInfo[]>;
	}

	/** Locks the session of the calling process. See docs/syscalls/session_lock.md. */
	sessionLock(): Promise<void> {
		return this.#transport.call(216, []) as Promise<void>;
	}

	/** Ends a session. See docs/syscalls/session_log_off.md. */
	sessionLogOff(session: number): Promise<void> {
		return this.#transport.call(217, [session]) as Promise<void>;
	}

	/** Waits until something happens to a session. See docs/syscalls/session_next.md. */
	sessionNext(): Promise<SessionEvent> {
		return this.#transport.call(218, []) as Promise<SessionEvent>;
	}

	/** Agrees, as an administrator, that a program of somebody else administers this computer. See docs/syscalls/elevation_approve.md. */
	elevationApprove(request: number, account: string, credential: Credential): Promise<void> {
		return this.#transport.call(219, [request, account, credential]) as Promise<void>;
	}

	/** Lists the disks and sticks of the PC. See docs/syscalls/pc_disks.md. */
	pcDisks(): Promise<PcDisk[]> {
		return this.#transport.call(260, []) as Promise<PcDisk[]>;
	}

	/** Begins to install Vitrine to a disk, erasing it. See docs/syscalls/pc_install.md. */
	pcInstall(disk: string, passphrase: string): Promise<number> {
		return this.#transport.call(261, [disk, passphrase]) as Promise<number>;
	}

	/** Begins to make a data partition. See docs/syscalls/pc_make_data.md. */
	pcMakeData(disk: string, passphrase: string): Promise<number> {
		return this.#transport.call(262, [disk, passphrase]) as Promise<number>;
	}

	/** Tells how something goes that the PC does. See docs/syscalls/pc_job_state.md. */
	pcJobState(handle: number, seen: number): Promise<PcJobState> {
		return this.#transport.call(263, [handle, seen]) as Promise<PcJobState>;
	}

	/** Tells about the data partition. See docs/syscalls/pc_data.md. */
	pcData(): Promise<PcData> {
		return this.#transport.call(264, []) as Promise<PcData>;
	}

	/** Sets another passphrase for the data partition. See docs/syscalls/pc_data_passphrase.md. */
	pcDataPassphrase(present: string, next: string): Promise<void> {
		return this.#transport.call(265, [present, next]) as Promise<void>;
	}

	/** Tells what the signature of an image says of it. See docs/syscalls/pc_judge_image.md. */
	pcJudgeImage(signature: string, sizeBytes: number): Promise<PcImage> {
		return this.#transport.call(266, [signature, sizeBytes]) as Promise<PcImage>;
	}

	/** Begins to write an image to a stick, erasing it. See docs/syscalls/pc_write_image.md. */
	pcWriteImage(file: number, signature: string, disk: string): Promise<number> {
		return this.#transport.call(267, [file, signature, disk]) as Promise<number>;
	}

	/** Tells which versions this PC has, and which one starts next. See docs/syscalls/pc_update.md. */
	pcUpdate(): Promise<PcUpdate> {
		return this.#transport.call(270, []) as Promise<PcUpdate>;
	}

	/** Looks for updates on the sticks and discs of the PC. See docs/syscalls/pc_update_find.md. */
	pcUpdateFind(): Promise<PcUpdateOffer[]> {
		return this.#transport.call(271, []) as Promise<PcUpdateOffer[]>;
	}

	/** Begins to install an update beside the running version. See docs/syscalls/pc_update_install.md. */
	pcUpdateInstall(offer: string): Promise<number> {
		return this.#transport.call(272, [offer]) as Promise<number>;
	}

	/** Decides which version starts. See docs/syscalls/pc_update_choose.md. */
	pcUpdateChoose(choice: PcUpdateChoice): Promise<void> {
		return this.#transport.call(273, [choice]) as Promise<void>;
	}

	/** Lists the sticks, cards and discs that are plugged in. See docs/syscalls/pc_drives.md. */
	pcDrives(): Promise<PcDrive[]> {
		return this.#transport.call(285, []) as Promise<PcDrive[]>;
	}

	/** Makes the files of a drive a folder. See docs/syscalls/pc_drive_open.md. */
	pcDriveOpen(drive: string): Promise<string> {
		return this.#transport.call(286, [drive]) as Promise<string>;
	}

	/** Takes the folder of a drive away, so that it can be unplugged. See docs/syscalls/pc_drive_eject.md. */
	pcDriveEject(drive: string): Promise<void> {
		return this.#transport.call(287, [drive]) as Promise<void>;
	}

	/** Tells what the PC does by itself from its start on. See docs/syscalls/pc_appliance.md. */
	pcAppliance(): Promise<PcAppliance> {
		return this.#transport.call(288, []) as Promise<PcAppliance>;
	}

	/** Decides what the PC does by itself from its next starts on. See docs/syscalls/pc_set_appliance.md. */
	pcSetAppliance(start: string, account: string, keptFolders: string[]): Promise<void> {
		return this.#transport.call(289, [start, account, keptFolders]) as Promise<void>;
	}

	/** Makes the PC an ordinary one until it is started again. See docs/syscalls/pc_leave_appliance.md. */
	pcLeaveAppliance(): Promise<void> {
		return this.#transport.call(290, []) as Promise<void>;
	}

	/** Tells what the PC is and how it was started. See docs/syscalls/pc_facts.md. */
	pcFacts(): Promise<PcFacts> {
		return this.#transport.call(275, []) as Promise<PcFacts>;
	}

	/** Tells where the PC has its power from. See docs/syscalls/pc_power.md. */
	pcPower(): Promise<PcPower> {
		return this.#transport.call(276, []) as Promise<PcPower>;
	}

	/** Tells what was chosen for the PC. See docs/syscalls/pc_settings.md. */
	pcSettings(): Promise<PcSettings> {
		return this.#transport.call(277, []) as Promise<PcSettings>;
	}

	/** Changes what was chosen for the PC. See docs/syscalls/pc_change_settings.md. */
	pcChangeSettings(change: PcSettingsChange): Promise<void> {
		return this.#transport.call(278, [change]) as Promise<void>;
	}

	/** Lists what the settings of the PC may be. See docs/syscalls/pc_choices.md. */
	pcChoices(): Promise<PcChoices> {
		return this.#transport.call(279, []) as Promise<PcChoices>;
	}

	/** Tells where sound goes, and how loud. See docs/syscalls/pc_sound.md. */
	pcSound(): Promise<PcSound> {
		return this.#transport.call(280, []) as Promise<PcSound>;
	}

	/** Sets where sound goes, and how loud. See docs/syscalls/pc_set_sound.md. */
	pcSetSound(output: string, percent: number, muted: boolean): Promise<void> {
		return this.#transport.call(281, [output, percent, muted]) as Promise<void>;
	}

	/** Tells about the network of the PC. See docs/syscalls/pc_network.md. */
	pcNetwork(): Promise<PcNetwork> {
		return this.#transport.call(282, []) as Promise<PcNetwork>;
	}

	/** Tells about the screens of the PC. See docs/syscalls/pc_screens.md. */
	pcScreens(): Promise<PcScreen[]> {
		return this.#transport.call(283, []) as Promise<PcScreen[]>;
	}

	/** Sets what a screen shows. See docs/syscalls/pc_set_screen.md. */
	pcSetScreen(name: string, mode: PcScreenMode, scale: number, keep: boolean): Promise<void> {
		return this.#transport.call(284, [name, mode, scale, keep]) as Promise<void>;
	}
}
