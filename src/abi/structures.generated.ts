// Generated from src/abi by `npm run generate`. Do not edit.

/** What a directory entry is; `link` is a symbolic link. */
export type NodeKind = 'file' | 'directory' | 'link' | 'device';

/** What a handle points to. */
export type ObjectKind = 'file' | 'directory' | 'device' | 'pipe' | 'terminal' | 'watch' | 'event';

/** What to do about a file that exists: require it, open it or make it, insist on a new one, empty it, or open or make it so that streams write at its end (`file_open` only). */
export type CreateMode = 'open' | 'open-or-create' | 'create-new' | 'replace' | 'append';

/** How much a lock keeps out: `shared` every exclusive one, `exclusive` every other. */
export type LockKind = 'shared' | 'exclusive';

/** Where an offset is counted from. */
export type SeekOrigin = 'start' | 'position' | 'end';

/** What happened to a watched path; `overflow` means that changes were dropped: read the folder again. */
export type ChangeKind = 'created' | 'changed' | 'removed' | 'overflow';

/** What a setting holds; an integer lies between -2^53 and 2^53. */
export type SettingType = 'boolean' | 'integer' | 'real' | 'string' | 'strings' | 'bytes';

/** Where the value that holds comes from; each goes before those named before it. */
export type SettingSource = 'default' | 'machine' | 'user' | 'user-policy' | 'machine-policy';

/** Whether each user may have a value of a setting, or the machine has one. */
export type SettingScope = 'machine' | 'user';

/** What a process is asked or made to do. `hangup`, `interrupt`, `quit` and `terminate` may be refused by a program that listens; `abort`, `kill` and `pipe` end it; `stop` makes it stand still until `continue`. */
export type Signal = 'interrupt' | 'terminate' | 'kill' | 'hangup' | 'quit' | 'abort' | 'pipe' | 'stop' | 'continue';

/** Where a process is in its life. */
export type ProcessState = 'starting' | 'running' | 'exited' | 'stopped';

/** What has happened to a child. */
export type ChildEventKind = 'ended' | 'stopped' | 'continued';

/** How far a process is trusted: as a program of a person, as one that the person has let administer this computer, as a part of the system. */
export type Integrity = 'user' | 'elevated' | 'system';

/** What a token may do beside what access lists allow; `secureDesktop` is to ask the person, `logon` to let people in; neither can be handed on. */
export type Privilege = 'takeOwnership' | 'manageAuditing' | 'backup' | 'restore' | 'shutDown' | 'changeTime' | 'debug' | 'secureDesktop' | 'logon';

/** What an entry of a list does: it allows, it denies, or it has access written down. */
export type AccessEntryKind = 'allow' | 'deny' | 'audit';

/** A program asks the person, or it no longer does. */
export type ElevationEventKind = 'asked' | 'withdrawn';

/** What becomes of a file: it is encrypted, it is encrypted no longer, or it is encrypted anew, with a key that nobody had before. Of a folder: what is made in it is encrypted from now on, or no longer. */
export type EncryptionChange = 'encrypt' | 'decrypt' | 'renew';

/** Whose key opens a file: that of a person, or that of a recovery agent. */
export type KeyHolderKind = 'person' | 'agent';

/** The form of a backup of keys: age (`.age`), or PKCS #12 (`.p12`) for other systems. */
export type KeyBackupFormat = 'age' | 'p12';

/** A way back to encrypted files when the password is gone: a recovery code that was typed back, a backup of the keys that was opened once, a recovery agent. */
export type RecoveryPath = 'code' | 'backup' | 'agent';

/** How far reading the whole volume is. */
export type ScrubPhase = 'running' | 'done' | 'failed';

/** What ended the time of a version: its file was written to, another file took its name, it was deleted, or an older version was restored. */
export type VersionReason = 'changed' | 'replaced' | 'deleted' | 'restored';

/** What an account may do: administer this computer, work with what is its own, or that only until it logs off; a guest leaves nothing behind. */
export type AccountKind = 'administrator' | 'standard' | 'guest';

/** How somebody proves who they are: not at all (an account without a password), by password, by the recovery code, or by the secret of a passkey. */
export type CredentialKind = 'none' | 'password' | 'recovery' | 'passkey';

/** Whether a session is before its person, or waits behind the logon screen; its programs run either way. */
export type SessionState = 'active' | 'locked';

/** What happened to a session. */
export type SessionEventKind = 'started' | 'locked' | 'unlocked' | 'ended';

/** Whether a disk can be used for something: it can, it is the one that the PC was started from, it is in use, it cannot be written, it is too small, it has what it needs already, it is of a kind that is not supported, or it is built in. */
export type PcDiskUse = 'possible' | 'started-from' | 'in-use' | 'read-only' | 'too-small' | 'there-already' | 'not-supported' | 'not-removable';

/** What is known of an image before it is read: it is signed with the key of the running one, it has no signature, its signature is none that can be checked here, or it is not what was signed. */
export type PcImageVerdict = 'signed' | 'unsigned' | 'unverifiable' | 'damaged';

/** How far something is that the PC does. */
export type PcJobPhase = 'running' | 'done' | 'failed' | 'cancelled';

/** How the data partition is: there is none, files are kept on it, it is locked, it was left alone for this session, or it is damaged. */
export type PcDataState = 'none' | 'kept' | 'locked' | 'left-alone' | 'damaged';

/** What started the PC. */
export type PcFirmware = 'bios' | 'uefi';

/** What becomes of files at the end: `kept` on the data partition, `forgotten`, or forgotten because the data partition is `damaged`. */
export type PcKeeping = 'kept' | 'forgotten' | 'damaged';

/** Whether packets may leave the PC: never, until it goes off, or at every start. */
export type PcNetworkDoor = 'closed' | 'open' | 'always-open';

/** What a battery does now. */
export type PcBatteryState = 'charging' | 'discharging' | 'full' | 'idle';

/** What is to become of the other version on the disk: nothing, it is tried at the next start, its trial is under way, or its trial came to nothing. */
export type PcUpdatePending = 'none' | 'next-start' | 'trial' | 'failed';

/** What a found update is, beside the running version: newer, the same, or older; or why it is not taken: its signature cannot be read, is of another key, or is false; it is before the oldest version that this disk takes, or too large. */
export type PcUpdateVerdict = 'newer' | 'same' | 'older' | 'unreadable' | 'foreign' | 'forged' | 'below-floor' | 'too-large';

/** What a person decides: the running version is to start from now on; the other version is tried at the next start; or it is not. */
export type PcUpdateChoice = 'keep' | 'try-other' | 'withdraw';

/** Where a service is in its life; `waiting` for its next start after a failure, `failed` when there will be none. */
export type ServiceState = 'stopped' | 'starting' | 'running' | 'stopping' | 'waiting' | 'failed';

/** When a service starts: with the system, some time after it, when asked, or not at all. */
export type ServiceStart = 'automatic' | 'delayed' | 'manual' | 'disabled';

/** Which log an event stands in. Each has room of its own, so that one that is flooded pushes nothing out of another. */
export type LogChannel = 'system' | 'security' | 'application';

/** How grave an event is; `debug` is not stored. */
export type LogLevel = 'debug' | 'information' | 'warning' | 'error';

/** What the system knows of a file or directory. */
export interface Stat {
	/** number of the inode, unique in its file system */
	inode: number;
	/** file or directory */
	kind: NodeKind;
	/** bytes of content; 0 for a directory */
	size: number;
	/** names that point to it */
	links: number;
	/** bits: 1 read-only, 2 hidden, 4 system; of a directory, 8: names in it are found, and are taken, whatever their case */
	attributes: number;
	/** last change of the content */
	modifiedTime: number;
	/** last change of the inode */
	changedTime: number;
	/** creation */
	createdTime: number;
}

/** A run of directory entries in the order of their names, in columns of equal length. */
export interface DirectoryPage {
	/** names */
	names: string[];
	/** 0 file, 1 directory, 2 symbolic link, 3 device */
	kinds: Uint8Array;
	/** attribute bits as in `Stat` */
	attributes: Uint8Array;
	/** bytes of content */
	sizes: Float64Array;
	/** last change of the content */
	modifiedTimes: Float64Array;
	/** inode numbers */
	inodes: Float64Array;
	/** cursor of the next page; empty at the end */
	next: string;
}

/** What the system knows of what stands at a path, with its times to the nanosecond. */
export interface NodeStatus {
	/** number of the file system, unique while the system runs */
	device: number;
	/** number of the inode, unique in its file system */
	inode: number;
	/** file, directory, symbolic link or device */
	kind: NodeKind;
	/** bytes of content; of a link, of its target in UTF-8 */
	size: number;
	/** names that point to it */
	links: number;
	/** last time it was said to be read */
	accessedTime: bigint;
	/** last change of the content */
	modifiedTime: bigint;
	/** last change of the inode */
	changedTime: bigint;
}

/** What `at_open` has opened. */
export interface OpenedNode {
	/** the new handle */
	handle: number;
	/** file, directory or device */
	kind: NodeKind;
	/** where the caller may keep pages of the file; absent: nowhere */
	slot?: number | undefined;
}

/** A run of directory entries in the order of their names, in columns of equal length. */
export interface DirectoryEntries {
	/** names */
	names: string[];
	/** 0 file, 1 directory, 2 symbolic link, 3 device */
	kinds: Uint8Array;
	/** inode numbers */
	inodes: Float64Array;
	/** cursor of the next run; empty at the end */
	next: string;
}

/** A locked part of a file. */
export interface FileLock {
	/** shared or exclusive */
	kind: LockKind;
	/** where it begins */
	offset: number;
	/** bytes of it; 0: all from the offset on */
	length: number;
	/** held by the open file that was asked by */
	own: boolean;
}

/** A part of a file. */
export interface FileRange {
	/** where it begins */
	offset: number;
	/** bytes of it */
	length: number;
}

/** A file or directory whose name holds what was searched. */
export interface SearchHit {
	/** absolute path */
	path: string;
	/** file or directory */
	kind: NodeKind;
	/** bytes of content */
	size: number;
	/** last change of the content */
	modifiedTime: number;
}

/** What stands below a path, itself included. */
export interface TreeUsage {
	/** files */
	files: number;
	/** directories */
	directories: number;
	/** bytes of content of all files */
	bytes: number;
	/** bytes that the content takes; holes take none, and a file with several names counts once */
	storedBytes: number;
}

/** One change below a watched directory. */
export interface Change {
	/** what happened */
	kind: ChangeKind;
	/** absolute path of what it happened to; of a `directory_watch`, from the directory on */
	path: string;
	/** the same number in the `removed` and the `created` of one rename; one of them alone: it came from or went to where nobody watches */
	rename?: number | undefined;
}

/** The two ends of a pipe. */
export interface PipeEnds {
	/** end to read from */
	read: number;
	/** end to write to */
	write: number;
}

/** How much a terminal shows. */
export interface TerminalSize {
	/** lines */
	rows: number;
	/** characters a line */
	columns: number;
}

/** What a terminal does between the keys and the program that reads them (POSIX, chapter 11). */
export interface TerminalMode {
	/** lines are edited here, and a program gets whole ones */
	canonical: boolean;
	/** what is typed is shown */
	echo: boolean;
	/** Ctrl+C, Ctrl+\ and Ctrl+Z are signals and not bytes */
	signals: boolean;
	/** a line feed of a program starts a new line at its left end */
	outputNewlines: boolean;
}

/** The two ends of a terminal. */
export interface TerminalEnds {
	/** where somebody types and looks */
	controller: number;
	/** what programs read and write */
	terminal: number;
}

/** The running system. */
export interface SystemInfo {
	/** version of Vitrine */
	version: string;
	/** `web` or `node` */
	host: string;
	/** when the kernel started */
	startedTime: number;
}

/** The system volume. */
export interface VolumeStatus {
	/** volume identifier, hexadecimal */
	identifier: string;
	/** bytes its files take on the host */
	usedBytes: number;
	/** bytes of content of all files */
	contentBytes: number;
	/** bytes kept so that a full disk can still delete */
	reserveBytes: number;
	/** files and directories */
	files: number;
	/** `good`, or a sentence that says what is damaged */
	health: string;
}

/** A value with its type: exactly the field that belongs to the type is there. */
export interface SettingValue {
	/** what it is */
	type: SettingType;
	/** of a boolean */
	boolean?: boolean | undefined;
	/** of an integer or a real */
	number?: number | undefined;
	/** of a string */
	text?: string | undefined;
	/** of strings */
	list?: string[] | undefined;
	/** of bytes */
	bytes?: Uint8Array<ArrayBuffer> | undefined;
}

/** A value of the settings store. */
export interface Setting {
	/** the key that was asked for or found */
	key: string;
	/** its value */
	value: SettingValue;
	/** where it comes from */
	source: SettingSource;
}

/** One change of a transaction. */
export interface SettingChange {
	/** a key below `/machine`, `/user/SID` or `/policy` */
	key: string;
	/** the new value; absent: the value is removed */
	value?: SettingValue | undefined;
}

/** What a part of the system says of a setting of its own. */
export interface SettingDefinition {
	/** the key without its hive, such as `desktop/appearance/theme` */
	name: string;
	/** what a person calls it */
	title: string;
	/** what it does, in a sentence */
	summary: string;
	/** whether each user may have a value */
	scope: SettingScope;
	/** the value when nobody chose one */
	default: SettingValue;
	/** of a string: the texts it may be; empty: any */
	choices: string[];
	/** of a number: the least */
	minimum?: number | undefined;
	/** of a number: the most */
	maximum?: number | undefined;
}

/** The settings store as a whole. */
export interface SettingsStatus {
	/** number of the newest transaction since the system started */
	revision: number;
	/** what of the stored settings could not be read, in words */
	damaged: string[];
}

/** A directory that a new process is to see. */
export interface MountGrant {
	/** absolute path under which it sees it */
	path: string;
	/** handle of the directory; its rights bound what can be done there */
	directory: number;
	/** nothing can be changed there */
	readOnly: boolean;
}

/** All that a new process sees of the files. */
export interface NamespaceGrant {
	/** directories; none: it sees nothing */
	mounts: MountGrant[];
}

/** What a process may use. A child never gets more than its parent has. */
export interface ResourceLimits {
	/** bytes of memory of a program for WASI */
	memoryBytes?: number | undefined;
	/** open handles */
	handles?: number | undefined;
	/** processes that it and those it starts have alive, itself included */
	processes?: number | undefined;
	/** milliseconds until it is ended */
	wallTimeMs?: number | undefined;
	/** part of one processor that a program for WASI may use: it is made to wait at its calls */
	processorPercent?: number | undefined;
}

/** Handles beside the standard streams. A program for WASI has them as descriptors after those of its directories, and their numbers in `VITRINE_DESCRIPTORS` of its environment, as in `5-6`. */
export interface DescriptorGrant {
	/** handles, in order */
	handles: number[];
}

/** What a new process is given. */
export interface SpawnOptions {
	/** arguments after the name of the program */
	arguments: string[];
	/** `NAME=value` each */
	environment: string[];
	/** absolute path */
	workingDirectory: string;
	/** what it sees of the files; absent: what its parent sees */
	namespace?: NamespaceGrant | undefined;
	/** what it may use; absent: what its parent may */
	limits?: ResourceLimits | undefined;
	/** rights that it does not get; absent: it gets its parent’s */
	restriction?: TokenRestriction | undefined;
	/** handle to hand over as standard input; none: end of file */
	standardInput?: number | undefined;
	/** handle to hand over as standard output; none: discarded */
	standardOutput?: number | undefined;
	/** handle to hand over as standard error; none: discarded */
	standardError?: number | undefined;
	/** more handles to hand over */
	descriptors?: DescriptorGrant | undefined;
	/** process group to join, in the session of the caller; 0: a new one, whose number is the pid of the new process; absent: that of the caller */
	group?: number | undefined;
	/** it begins a session and a group of its own */
	newSession?: boolean | undefined;
}

/** What has happened to a child of the caller. */
export interface ChildEvent {
	/** the child */
	pid: number;
	/** its process group */
	group: number;
	/** what has happened */
	kind: ChildEventKind;
	/** how it ended, when it has */
	status?: ExitStatus | undefined;
}

/** A process as Task Manager shows it. */
export interface ProcessInfo {
	/** identifier, never used again until the system restarts */
	pid: number;
	/** the process that started it; 0 for those the system started and those whose parent has ended */
	parent: number;
	/** its process group */
	group: number;
	/** its session */
	session: number;
	/** security identifier of the account it acts for */
	user: string;
	/** name of its program */
	program: string;
	/** what it says it is doing; at first the program’s name */
	title: string;
	/** arguments it was started with */
	arguments: string[];
	/** absolute path */
	workingDirectory: string;
	/** starting, running, stopped, exited */
	state: ProcessState;
	/** when it was started */
	startedTime: number;
	/** calls so far, those that are answered inside the process included */
	calls: number;
	/** calls that the kernel has answered */
	crossings: number;
	/** bytes it read from files and streams */
	bytesRead: number;
	/** bytes it wrote to files and streams */
	bytesWritten: number;
	/** microseconds in which it did not wait; absent where that is not measured: programs of the system */
	processorTimeUs?: number | undefined;
	/** bytes of memory it has, as of its last call; absent likewise */
	memoryBytes?: number | undefined;
	/** open handles */
	handles: number;
}

/** What a process learns of itself when it attaches. */
export interface ProcessStart {
	/** its identifier */
	pid: number;
	/** its process group */
	group: number;
	/** its session */
	session: number;
	/** name of its program */
	program: string;
	/** arguments */
	arguments: string[];
	/** `NAME=value` each */
	environment: string[];
	/** absolute path */
	workingDirectory: string;
	/** paths of the directories that it was given */
	mounts: string[];
	/** standard input, when given */
	standardInput?: number | undefined;
	/** standard output, when given */
	standardOutput?: number | undefined;
	/** standard error, when given */
	standardError?: number | undefined;
	/** more handles that it was given */
	descriptors?: DescriptorGrant | undefined;
}

/** How a process ended. */
export interface ExitStatus {
	/** exit code; 128 + signal number when a signal ended it */
	code: number;
	/** `exited`, `signal` or `crashed: …` */
	reason: string;
}

/** What a new process does not get of what its parent has; what the parent does not have is EINVAL. */
export interface TokenRestriction {
	/** privileges that it does not get */
	privileges: Privilege[];
	/** groups that count for it only where they are denied something */
	groups: string[];
}

/** An entry of an access or audit list. The first entry that speaks of a right decides. */
export interface AccessEntry {
	/** allow, deny or audit */
	kind: AccessEntryKind;
	/** security identifier of an account or group, `S-1-…` */
	sid: string;
	/** what it is called, when that is known; not looked at in a change */
	name?: string | undefined;
	/** bits of rights to a file or folder (`abi/access.ts`) */
	rights: number;
	/** bits: 1 for files in a folder, 2 for folders in it, 4 not further down, 8 not for the folder itself, 16 inherited; of an audit entry also 64 what was allowed, 128 what was refused */
	flags: number;
}

/** A list of entries, in the order in which they count. */
export interface AccessList {
	/** the entries, at most 256 */
	entries: AccessEntry[];
}

/** Who owns a file or folder, and who may do what with it. */
export interface SecurityDescriptor {
	/** security identifier of the owner */
	owner: string;
	/** what the owner is called, when that is known */
	ownerName?: string | undefined;
	/** security identifier of the owner’s group */
	group: string;
	/** who may do what; nobody may do anything that nothing allows */
	access: AccessEntry[];
	/** what is written down */
	audit: AccessEntry[];
	/** what the folder above hands down is not taken */
	protected: boolean;
}

/** Parts of a descriptor to change; what is absent stays. */
export interface SecurityChange {
	/** the new owner */
	owner?: string | undefined;
	/** the new access list */
	access?: AccessList | undefined;
	/** the new audit list */
	audit?: AccessList | undefined;
	/** whether what the folder above hands down is not taken */
	protected?: boolean | undefined;
}

/** An account with the groups it belongs to. */
export interface Principal {
	/** security identifier of the account */
	user: string;
	/** security identifiers of its groups */
	groups: string[];
}

/** What somebody may do with a file or folder. */
export interface AccessAnswer {
	/** whether all that was asked for is allowed */
	allowed: boolean;
	/** all rights that they have */
	rights: number;
	/** what decides, in words for a person */
	reason: string;
}

/** Who a process acts for. */
export interface TokenInfo {
	/** security identifier of the account */
	user: string;
	/** what the account is called */
	userName: string;
	/** security identifiers of its groups */
	groups: string[];
	/** groups that count only where they are denied something */
	denyOnly: string[];
	/** what it may do beside what access lists allow */
	privileges: Privilege[];
	/** how far it is trusted */
	integrity: Integrity;
	/** whether the person can let it start a program that administers */
	mayElevate: boolean;
}

/** What a program asks the person for. */
export interface ElevationEvent {
	/** number of the request */
	request: number;
	/** whether it asks, or no longer does */
	kind: ElevationEventKind;
	/** the process that asks */
	pid: number;
	/** its program */
	requester: string;
	/** the program that it wants to start */
	program: string;
	/** arguments of that */
	arguments: string[];
	/** the account it acts for */
	account: string;
	/** security identifiers of the administrators one of whom must agree with a password (`elevation_approve`); empty: the person may agree */
	approvers: string[];
	/** what it is needed for, in the words of the program that asks */
	reason: string;
}

/** Somebody whose key opens, or could open, encrypted files. */
export interface KeyHolder {
	/** a person or a recovery agent */
	kind: KeyHolderKind;
	/** identifier of the key: the first 16 bytes of the SHA-256 of its public half, in hexadecimal */
	key: string;
	/** what the person or the agent is called; empty when nobody here knows the key */
	name: string;
	/** security identifier of the account, of a person who is known here */
	sid?: string | undefined;
}

/** Whether a file or folder is encrypted, and who can open it. */
export interface EncryptionInfo {
	/** the content is encrypted; of a folder: what is made in it is */
	encrypted: boolean;
	/** it stands where files can be encrypted */
	supported: boolean;
	/** the caller has a key that opens it; true of what is not encrypted */
	mayOpen: boolean;
	/** whose keys open it; none of a folder */
	holders: KeyHolder[];
	/** a change that was begun and is not finished */
	unfinished?: EncryptionProgress | undefined;
	/** agents of the policy, or the newest key of the person who asks, are missing: `encryption_update` adds them */
	outdated: boolean;
}

/** How far a change of encryption is. */
export interface EncryptionProgress {
	/** what becomes of the file */
	change: EncryptionChange;
	/** bytes that are done */
	doneBytes: number;
	/** bytes of the file */
	totalBytes: number;
	/** the change is made, and stored */
	finished: boolean;
}

/** The keys of the person whom the caller acts for. */
export interface EncryptionKeys {
	/** identifier of the key for new files; empty while there is none */
	key: string;
	/** the keys are at hand; they are from logging on to logging off */
	loaded: boolean;
	/** identifiers of older keys that are at hand */
	older: string[];
	/** ways back that were proved; with none, nothing can be encrypted */
	recovery: RecoveryPath[];
}

/** Somebody who can open all files that are encrypted on this computer from now on. */
export interface RecoveryAgent {
	/** identifier of the key, as in `KeyHolder` */
	key: string;
	/** what the agent is called */
	name: string;
	/** the public half, 32 bytes of X25519 */
	publicKey: Uint8Array<ArrayBuffer>;
}

/** How reading the whole volume goes, and what it has found. */
export interface ScrubState {
	/** grows with each change of the state */
	sequence: number;
	/** how far it is */
	phase: ScrubPhase;
	/** bytes that have been read */
	doneBytes: number;
	/** bytes that are to be read, as far as is known */
	totalBytes: number;
	/** paths whose bytes are damaged; `/` when the damage is in no file */
	damaged: string[];
	/** pages that were put right on the way */
	mendedPages: number;
	/** pages that are damaged */
	damagedPages: number;
	/** why it failed; empty otherwise */
	problem: string;
}

/** What a repair of the volume has done. */
export interface VolumeRepair {
	/** pages that were made anew from what else is stored */
	rebuiltPages: number;
	/** pages that stay damaged */
	damagedPages: number;
}

/** A copy of the whole volume as one file, as of one moment. */
export interface OpenedExport {
	/** for `volume_export_read`; closing it ends the export */
	handle: number;
	/** bytes of the file */
	size: number;
	/** volume identifier, hexadecimal */
	identifier: string;
}

/** What a file held at an earlier time. */
export interface PreviousVersion {
	/** number of the version */
	id: number;
	/** what came after it */
	reason: VersionReason;
	/** until when it was what the file held */
	keptTime: number;
	/** its own last change */
	modifiedTime: number;
	/** bytes of content */
	size: number;
	/** where it can be opened and read, and not changed */
	path: string;
}

/** A file that is not in its folder any more, and of which versions were kept. */
export interface DeletedFile {
	/** the name it had */
	name: string;
	/** what it held, the newest first */
	versions: PreviousVersion[];
}

/** Previous versions of files as a whole. */
export interface VersionStatus {
	/** how many there are */
	versions: number;
	/** bytes that nothing but they hold, as counted last */
	bytes: number;
	/** bytes that they may hold before the oldest go */
	quotaBytes: number;
	/** until when the oldest was what its file held; absent: there are none */
	oldestTime?: number | undefined;
}

/** What somebody proves who they are with. */
export interface Credential {
	/** what it is */
	kind: CredentialKind;
	/** the password or recovery code in UTF-8, or the 32 bytes that a passkey gives; empty for `none`. At most 1,024 bytes */
	secret: Uint8Array<ArrayBuffer>;
}

/** What is known of an account. */
export interface AccountInfo {
	/** its security identifier */
	sid: string;
	/** what it is called */
	name: string;
	/** what it may do */
	kind: AccountKind;
	/** whether it can log on */
	enabled: boolean;
	/** folder of its files */
	home: string;
	/** its picture, a `data:` address; empty: none */
	picture: string;
	/** what it can log on with; `none` alone when it has no password */
	credentials: CredentialKind[];
	/** what helps to remember the password; told to itself, administrators and the logon screen */
	hint: string;
	/** when it was made */
	createdTime: number;
	/** when it last logged on */
	lastLogonTime?: number | undefined;
	/** when its password was last set */
	passwordTime?: number | undefined;
	/** from when on it must choose a new one to log on */
	passwordExpiresTime?: number | undefined;
	/** no attempt to log on is looked at before */
	lockedUntilTime?: number | undefined;
	/** its session, when it is logged on */
	session?: number | undefined;
	/** sets of older keys that wait for the old password, the recovery code or an agent to be opened */
	lockedKeys: number;
}

/** An account to make. */
export interface NewAccount {
	/** what it is called; its home folder gets this name */
	name: string;
	/** what it may do */
	kind: AccountKind;
	/** in UTF-8; empty: none */
	password: Uint8Array<ArrayBuffer>;
	/** what helps to remember the password; everybody at the screen can read it */
	hint: string;
	/** it must choose another password when it first logs on */
	mustChange: boolean;
}

/** Parts of an account to change; what is absent stays. */
export interface AccountChange {
	/** what it is called; the home folder keeps its name */
	name?: string | undefined;
	/** what it may do, from its next logon on */
	kind?: AccountKind | undefined;
	/** whether it can log on */
	enabled?: boolean | undefined;
	/** its picture, a `data:image/` address of at most 64 KiB; empty: none */
	picture?: string | undefined;
}

/** A password to set. */
export interface NewPassword {
	/** in UTF-8; empty: none */
	password: Uint8Array<ArrayBuffer>;
	/** what helps to remember it; everybody at the screen can read it */
	hint: string;
	/** the person must choose another one at the next logon; for who resets it */
	mustChange: boolean;
}

/** What becomes of encrypted files when an administrator resets a password. */
export interface PasswordReset {
	/** the person has keys of their own, which stay locked */
	hasKeys: boolean;
	/** files that only the locked keys open for the person */
	encryptedFiles: number;
	/** the person has a recovery code that opens them again */
	hasRecovery: boolean;
	/** an agent can open them again */
	hasAgent: boolean;
}

/** A passkey that an account can log on with. */
export interface Passkey {
	/** its credential identifier */
	id: Uint8Array<ArrayBuffer>;
	/** what the passkey makes the secret of */
	salt: Uint8Array<ArrayBuffer>;
	/** what the person calls it */
	name: string;
	/** when it was added */
	createdTime: number;
}

/** A passkey to add. */
export interface NewPasskey {
	/** its credential identifier, at most 1,023 bytes */
	id: Uint8Array<ArrayBuffer>;
	/** 32 random bytes that the passkey made the secret of */
	salt: Uint8Array<ArrayBuffer>;
	/** the 32 bytes that the passkey gave for the salt */
	secret: Uint8Array<ArrayBuffer>;
	/** what the person calls it */
	name: string;
}

/** Somebody’s work at this computer, from logging on to logging off. */
export interface SessionInfo {
	/** its number */
	id: number;
	/** security identifier of the account */
	account: string;
	/** what the account is called */
	name: string;
	/** what it may do */
	kind: AccountKind;
	/** folder of its files */
	home: string;
	/** whether it is before its person */
	state: SessionState;
	/** when it logged on */
	startedTime: number;
	/** processes that belong to it */
	processes: number;
	/** the password has served its time: the person is to choose another one now */
	mustChange: boolean;
}

/** Something that happened to a session. */
export interface SessionEvent {
	/** what happened */
	kind: SessionEventKind;
	/** the session as it is now */
	session: SessionInfo;
}

/** A disk or stick of the PC. */
export interface PcDisk {
	/** names it in other calls, while it stays plugged in */
	identifier: string;
	/** its name in Linux, such as `sda` */
	device: string;
	/** maker and model; empty when it does not say */
	model: string;
	/** how it is attached, such as `usb`, `sata`, `nvme`; empty when unknown */
	connection: string;
	/** its size */
	sizeBytes: number;
	/** a stick, a card or a disk on USB */
	removable: boolean;
	/** the PC was started from it */
	startedFrom: boolean;
	/** what is on it */
	parts: PcDiskPart[];
	/** whether Vitrine can be installed to it, which erases it */
	install: PcDiskUse;
	/** whether it can take a data partition */
	makeData: PcDiskUse;
	/** making a data partition erases the disk */
	dataErases: boolean;
	/** how large that data partition would be */
	dataBytes: number;
	/** whether an image can be written to it, which erases it */
	writeImage: PcDiskUse;
}

/** A part of a disk, or a whole disk that holds files without parts. */
export interface PcDiskPart {
	/** its name in Linux, such as `sda1` */
	device: string;
	/** its name; empty without one */
	label: string;
	/** how it stores files, in the words of Linux, such as `ntfs`; empty when unknown */
	format: string;
	/** its size */
	sizeBytes: number;
}

/** What the signature of an image says of it. Its bytes have not been read. */
export interface PcImage {
	/** what is known */
	verdict: PcImageVerdict;
	/** the version of Vitrine that it is; empty unless it is signed */
	version: string;
}

/** How something goes that the PC does. */
export interface PcJobState {
	/** grows with each change of the state */
	sequence: number;
	/** how far it is */
	phase: PcJobPhase;
	/** what is being done: a word of the one who began it; empty before the first */
	step: string;
	/** bytes that are done */
	doneBytes: number;
	/** bytes in all; 0 while nobody can tell */
	totalBytes: number;
	/** name of the error when it failed; empty otherwise */
	error: string;
	/** why it failed; empty otherwise */
	problem: string;
}

/** The data partition, where files are kept beyond the end of the session. */
export interface PcData {
	/** how it is */
	state: PcDataState;
	/** its name in Linux; empty without one */
	device: string;
	/** model of the disk that it is on; empty when unknown */
	disk: string;
	/** a passphrase opens it */
	encrypted: boolean;
	/** its size */
	sizeBytes: number;
	/** what is free of that; 0 unless files are kept on it */
	freeBytes: number;
}

/** A stick, card, disc or disk that was plugged in, as far as it holds files. */
export interface PcDrive {
	/** names it in other calls, while it stays plugged in */
	identifier: string;
	/** its label, else its model */
	name: string;
	/** how it stores files, in the words of Linux, such as `vfat` */
	format: string;
	/** its size */
	sizeBytes: number;
	/** nothing can be written to it; known for certain once it is open */
	readOnly: boolean;
	/** the folder that it is open at; empty while it is not */
	path: string;
}

/** The one thing that the PC does from its start on, when it is an appliance. */
export interface PcAppliance {
	/** path of the file that is opened, or name of a program; empty: no appliance */
	start: string;
	/** SID of the account that it acts for */
	account: string;
	/** paths of the folders whose files outlive the session */
	keptFolders: string[];
	/** an administrator has left it until the next start */
	left: boolean;
}

/** What the PC is, and how it was started; nothing of it changes before the next start. */
export interface PcFacts {
	/** who made it; empty when it does not say */
	maker: string;
	/** its model; empty when it does not say */
	model: string;
	/** name of its processor */
	processor: string;
	/** how many programs it runs at the same moment */
	processors: number;
	/** memory that Vitrine can use */
	memoryBytes: number;
	/** the driver of its graphics card; empty without one */
	graphics: string;
	/** what started it */
	firmware: PcFirmware;
	/** version and date of that; empty when it does not say */
	firmwareVersion: string;
	/** it starts only what is signed */
	secureBoot: boolean;
	/** version of the Linux kernel that drives it */
	kernelVersion: string;
	/** the disc, stick or disk that Vitrine was started from */
	startedFrom: string;
	/** what becomes of files at the end */
	keeping: PcKeeping;
}

/** Where the PC has its power from. */
export interface PcPower {
	/** it is plugged in, or has no battery */
	onMains: boolean;
	/** its batteries; mice and keyboards not among them */
	batteries: PcBattery[];
}

/** A battery of the PC. */
export interface PcBattery {
	/** what the PC calls it */
	name: string;
	/** how full it is, 0 to 100 */
	percent: number;
	/** what it does */
	state: PcBatteryState;
	/** until it is empty or full, where the PC can tell */
	minutesLeft?: number | undefined;
}

/** What an administrator chose for the PC; it holds for all people, and is kept where files are kept. */
export interface PcSettings {
	/** one to four layouts as `PcKeyboardLayout` names them; Win+Space goes on to the next */
	keyboardLayouts: string[];
	/** a name of the IANA database, such as `Europe/Berlin` */
	timeZone: string;
	/** the clock in the PC shows the time of the zone, as Windows sets it, and not UTC */
	clockIsLocal: boolean;
	/** whether packets may leave */
	network: PcNetworkDoor;
}

/** What of the settings of the PC is to change; what is absent stays. */
export interface PcSettingsChange {
	/** the new layouts */
	keyboardLayouts?: string[] | undefined;
	/** the new zone */
	timeZone?: string | undefined;
	/** how the clock in the PC is read and set from now on */
	clockIsLocal?: boolean | undefined;
	/** whether packets may leave from now on */
	network?: PcNetworkDoor | undefined;
	/** what time it is now; the clock in the PC is set to it */
	time?: number | undefined;
}

/** What the settings of the PC may be. */
export interface PcChoices {
	/** the layouts that it knows, by their titles */
	keyboardLayouts: PcKeyboardLayout[];
	/** the time zones that it knows, by their names */
	timeZones: string[];
}

/** A keyboard layout that the PC knows. */
export interface PcKeyboardLayout {
	/** its name in the X Keyboard Extension, such as `de(nodeadkeys)` */
	id: string;
	/** what a person calls it */
	title: string;
}

/** Where sound goes, and how loud. */
export interface PcSound {
	/** the sound cards that can play; none: the PC is silent */
	outputs: PcSoundOutput[];
	/** the card that plays; empty without one */
	output: string;
	/** its volume, 0 to 100 */
	percent: number;
	/** it is silent whatever the volume */
	muted: boolean;
}

/** A sound card. */
export interface PcSoundOutput {
	/** its name for `pc_set_sound` */
	id: string;
	/** what its driver calls it */
	title: string;
}

/** The network as the PC sees it. */
export interface PcNetwork {
	/** whether packets may leave */
	door: PcNetworkDoor;
	/** its network cards */
	cards: PcNetworkCard[];
}

/** A network card. */
export interface PcNetworkCard {
	/** what the kernel calls it */
	name: string;
	/** its driver */
	driver: string;
	/** its address on the cable */
	hardwareAddress: string;
	/** a cable leads somewhere; absent while the card is off */
	connected?: boolean | undefined;
	/** its address in the network, with the length of the prefix; empty without one */
	address: string;
	/** where packets to other networks go; empty when nowhere */
	gateway: string;
}

/** A screen of the PC. */
export interface PcScreen {
	/** the socket of the graphics card, such as `HDMI-A-1` */
	name: string;
	/** maker and model; empty when it does not say */
	title: string;
	/** what it can show */
	modes: PcScreenMode[];
	/** what it shows; absent when it is off */
	current?: PcScreenMode | undefined;
	/** dots of the screen for one of the desktop */
	scale: number;
}

/** How many dots a screen shows, and how often. */
export interface PcScreenMode {
	/** dots in a line */
	width: number;
	/** lines */
	height: number;
	/** pictures in a thousand seconds */
	millihertz: number;
}

/** Which versions of Vitrine this PC has, and which one starts next. */
export interface PcUpdate {
	/** it was started from a disk that Vitrine was installed to */
	installed: boolean;
	/** the running image has a key by which updates are told from forgeries */
	verifiable: boolean;
	/** the running version */
	version: string;
	/** the running version is the one that starts */
	isDefault: boolean;
	/** what is whole in the other slot; empty for nothing */
	otherVersion: string;
	/** what is to become of the other version */
	pending: PcUpdatePending;
}

/** An update on a stick or a disc. */
export interface PcUpdateOffer {
	/** names it in `pc_update_install`, while the stick stays plugged in */
	identifier: string;
	/** name or model of the stick or disc */
	place: string;
	/** path of the image on it */
	file: string;
	/** what the signature says it is; empty when that is not to be believed */
	version: string;
	/** its size */
	sizeBytes: number;
	/** whether it is taken */
	verdict: PcUpdateVerdict;
}

/** A service and what it does now. */
export interface ServiceInfo {
	/** its name */
	name: string;
	/** what a person calls it */
	title: string;
	/** what it is for, in a sentence */
	summary: string;
	/** name of its program */
	program: string;
	/** when it starts */
	start: ServiceStart;
	/** who says so */
	startSource: SettingSource;
	/** services that run before it */
	needs: string[];
	/** where it is in its life */
	state: ServiceState;
	/** since when */
	since: number;
	/** its process, when it has one */
	pid?: number | undefined;
	/** failures in a row */
	failures: number;
	/** why it failed last, in words; empty when it did not */
	failure: string;
	/** when it is started again */
	nextStart?: number | undefined;
}

/** An event of the system log. */
export interface LogEvent {
	/** number of the event; it rises from event to event, over restarts too */
	sequence: number;
	/** when it was written */
	time: number;
	/** how grave */
	level: LogLevel;
	/** the log it stands in */
	channel: LogChannel;
	/** who wrote it */
	source: string;
	/** what kind of event it is, for programs; empty when nobody said */
	code: string;
	/** what happened */
	message: string;
	/** `NAME=value` each */
	fields: string[];
	/** the process that wrote it, when it was one */
	pid?: number | undefined;
	/** SID of its user */
	user?: string | undefined;
}

/** Which events are asked for; an empty text asks for all. */
export interface LogQuery {
	/** events after this number, oldest first */
	after?: number | undefined;
	/** without `after`: events before this number, newest first; absent: from the end */
	before?: number | undefined;
	/** most events; at most 1,000 are returned */
	limit: number;
	/** the least grave */
	level: LogLevel;
	/** the logs; none: all */
	channels: LogChannel[];
	/** a part of the source, upper and lower case alike */
	source: string;
	/** a part of source, code, message or fields, upper and lower case alike */
	text: string;
	/** the earliest time */
	since?: number | undefined;
	/** the latest time */
	until?: number | undefined;
}

/** Some of the events that were asked for. */
export interface LogPage {
	/** the events; perhaps none, although there are more */
	events: LogEvent[];
	/** what to give as `after` or `before` for the next page; absent: there are no more */
	next?: number | undefined;
}

/** The system log as a whole. */
export interface LogStatus {
	/** number of the newest event; 0 when there is none */
	newest: number;
	/** bytes that its files take */
	storedBytes: number;
	/** events that wait to be stored */
	unstored: number;
	/** events lost since the start: there was no room for them, or one program wrote too many */
	dropped: number;
	/** what of the stored events could not be read, in words */
	damaged: string[];
}
