// Generated from src/abi by `npm run generate`. Do not edit.

/** What a directory entry is. */
export type NodeKind = 'file' | 'directory';

/** What to do about a file that exists: require it, open it or make it, insist on a new one, empty it, or open or make it so that streams write at its end (`file_open` only). */
export type CreateMode = 'open' | 'open-or-create' | 'create-new' | 'replace' | 'append';

/** A request to end; `kill` cannot be refused. */
export type Signal = 'interrupt' | 'terminate' | 'kill';

/** Where a process is in its life. */
export type ProcessState = 'starting' | 'running' | 'exited';

/** What happened to a watched path; `overflow` means that changes were dropped: read the folder again. */
export type ChangeKind = 'created' | 'changed' | 'removed' | 'overflow';

/** How grave an event is. */
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
	/** bits: 1 read-only, 2 hidden, 4 system */
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
	/** 0 file, 1 directory */
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
}

/** One change below a watched directory. */
export interface Change {
	/** what happened */
	kind: ChangeKind;
	/** absolute path of what it happened to; a rename is a `removed` and a `created` */
	path: string;
}

/** The two ends of a pipe. */
export interface PipeEnds {
	/** end to read from */
	read: number;
	/** end to write to */
	write: number;
}

/** What a new process is given. */
export interface SpawnOptions {
	/** arguments after the name of the program */
	arguments: string[];
	/** `NAME=value` each */
	environment: string[];
	/** absolute path */
	workingDirectory: string;
	/** handle to hand over as standard input; none: end of file */
	standardInput?: number;
	/** handle to hand over as standard output; none: discarded */
	standardOutput?: number;
	/** handle to hand over as standard error; none: discarded */
	standardError?: number;
}

/** A process as Task Manager shows it. */
export interface ProcessInfo {
	/** identifier, never used again until the system restarts */
	pid: number;
	/** the process that started it; 0 for those the system started */
	parent: number;
	/** name of its program */
	program: string;
	/** what it says it is doing; at first the program’s name */
	title: string;
	/** arguments it was started with */
	arguments: string[];
	/** absolute path */
	workingDirectory: string;
	/** starting, running, exited */
	state: ProcessState;
	/** when it was started */
	startedTime: number;
	/** system calls so far */
	calls: number;
	/** bytes it read through the gate */
	bytesRead: number;
	/** bytes it wrote through the gate */
	bytesWritten: number;
	/** open handles */
	handles: number;
}

/** What a process learns of itself when it attaches. */
export interface ProcessStart {
	/** its identifier */
	pid: number;
	/** name of its program */
	program: string;
	/** arguments */
	arguments: string[];
	/** `NAME=value` each */
	environment: string[];
	/** absolute path */
	workingDirectory: string;
	/** standard input, when given */
	standardInput?: number;
	/** standard output, when given */
	standardOutput?: number;
	/** standard error, when given */
	standardError?: number;
}

/** How a process ended. */
export interface ExitStatus {
	/** exit code; 128 + signal number when a signal ended it */
	code: number;
	/** `exited`, `signal` or `crashed: …` */
	reason: string;
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

/** An event of the system log. */
export interface LogEvent {
	/** number of the event since start */
	sequence: number;
	/** when it was written */
	time: number;
	/** how grave */
	level: LogLevel;
	/** who wrote it */
	source: string;
	/** what happened */
	message: string;
}
