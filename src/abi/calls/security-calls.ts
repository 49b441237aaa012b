/** Who may do what: descriptors of files and folders, tokens of processes, and asking the person for more. */
import {
	call,
	changeErrors,
	handleErrors,
	type SystemCallDefinition,
	startErrors,
	walkErrors,
} from '../call-definition.ts';

const changeDescription =
	'The owner is changed by who may change it (`writeOwner`) or take ownership, to itself; to anybody else by who may restore. The access list needs `writeDacl`, the audit list the privilege `manageAuditing`. Entries that are marked as inherited are not taken from the caller: unless the descriptor is protected, they are made anew from the folder above. Of a folder, what it hands down is made anew in all below it that the caller may change (`writeDacl`) and that is not protected. All of it is one step.';

export const securityCalls: readonly SystemCallDefinition[] = [
	call(140, 'security_read', 'Tells who owns a file or folder, and who may do what with it', {
		description:
			'Needs `readControl`. The audit list is told to those who may manage auditing, and is empty for others.',
		arguments: { path: ['path', 'the file or folder'] },
		result: 'SecurityDescriptor',
		errors: [...walkErrors, 'ENOTSUP'],
		seeAlso: ['security_change', 'security_check', 'handle_security'],
	}),
	call(141, 'security_change', 'Changes who owns a file or folder, or who may do what with it', {
		description: `${changeDescription} Returns how many things below have changed with it. Handles that are open keep their rights.`,
		arguments: { path: ['path', 'the file or folder'], change: ['SecurityChange', 'what to change'] },
		result: 'size',
		errors: [...changeErrors, 'ENOTSUP', 'EINVAL'],
		mutates: true,
		seeAlso: ['security_read', 'security_inherit'],
	}),
	call(142, 'handle_security', 'Tells who owns what a handle points to, and who may do what with it', {
		arguments: { handle: ['handle', 'an open file or directory'] },
		result: 'SecurityDescriptor',
		errors: [...handleErrors, 'ENOTSUP'],
		seeAlso: ['security_read'],
	}),
	call(143, 'handle_change_security', 'Changes who owns what a handle points to, or who may do what with it', {
		description: 'As `security_change`.',
		arguments: { handle: ['handle', 'an open file or directory'], change: ['SecurityChange', 'what to change'] },
		result: 'size',
		errors: [...handleErrors, 'ENOTSUP', 'EINVAL', 'EROFS', 'ENOSPC'],
		mutates: true,
		seeAlso: ['security_change'],
	}),
	call(144, 'security_check', 'Tells what somebody may do with a file or folder, and why', {
		description:
			'For the caller itself, or for the account and groups that are given; that needs `readControl`. `rights` is what is decided with a reason; all other rights that it would have are told beside it. Folders on the way are not looked at.',
		arguments: {
			path: ['path', 'the file or folder'],
			who: ['Principal?', 'an account; absent: the caller'],
			rights: ['u32', 'bits of rights to a file or folder'],
		},
		result: 'AccessAnswer',
		errors: [...walkErrors, 'EINVAL'],
		seeAlso: ['security_read'],
	}),
	call(145, 'token_read', 'Tells who a process acts for, and what that lets it do', {
		arguments: { pid: ['pid', 'the process; 0: the caller'] },
		result: 'TokenInfo',
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['token_request_elevation', 'process_spawn'],
	}),
	call(146, 'token_request_elevation', 'Asks the person to let a program administer this computer', {
		description:
			'The person is asked on the secure desktop, and sees who asks, for what, and the reason. Replies with the process when they have agreed; EPERM when they have not, or when the caller acts for nobody who may agree. The program starts with the caller’s standard streams as `options` names them and sees all files; of the environment it gets what only describes the terminal and the language. A caller that sees only a part of the files cannot ask.',
		arguments: {
			program: ['string', 'name of the program, or path of its file'],
			options: ['SpawnOptions', 'what the new process is given; neither a namespace nor a restriction'],
			reason: ['string', 'what it is needed for, in words for the person; at most 200 code units are shown'],
		},
		result: 'pid',
		errors: [...startErrors, 'EPERM', 'EINVAL', 'ENOTSUP', 'ECANCELED'],
		seeAlso: ['process_spawn', 'token_read'],
	}),
	call(147, 'elevation_next', 'Waits until a program asks the person, or no longer does', {
		description: 'For the secure desktop alone.',
		result: 'ElevationEvent',
		errors: ['EPERM', 'EAGAIN'],
		seeAlso: ['elevation_answer'],
	}),
	call(148, 'elevation_answer', 'Gives the answer of the person', {
		description: 'For the secure desktop alone. ESRCH when the program asks no longer.',
		arguments: { request: ['size', 'number of the request'], granted: ['boolean', 'whether they agree'] },
		errors: ['EPERM', 'ESRCH'],
		seeAlso: ['elevation_next'],
	}),
	call(149, 'security_inherit', 'Takes from the folder above anew what it hands down', {
		description:
			'For a file or folder that was moved, and all below it: a move keeps what was inherited at the old place. Changes nothing that is protected or that the caller may not change. Returns how many have changed.',
		arguments: { path: ['path', 'the file or folder'] },
		result: 'size',
		errors: [...changeErrors, 'ENOTSUP'],
		mutates: true,
		seeAlso: ['security_change'],
	}),
];
