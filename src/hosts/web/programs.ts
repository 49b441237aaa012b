/**
 * The programs there are, as the desktop and the kernel's host know them. Their code loads when they are started.
 *
 * Worker programs stand in `../common/worker-programs.ts`; here they are only described.
 */

import { machineExtensions } from '#programs/machine/file-types.ts';
import { textExtensions } from '#programs/notepad/file-types.ts';
import { pictureExtensions } from '#programs/pictures/picture-types.ts';
import type { ProgramDescriptor } from '#runtime/window-program.ts';
import { machine } from './machine.ts';

/** Only where Vitrine has a PC for itself. */
const pcPrograms: readonly ProgramDescriptor[] = [
	{
		name: 'install',
		title: 'Install Vitrine',
		icon: 'drive',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['disk', 'setup', 'erase', 'format', 'stick', 'data partition', 'encrypt', 'keep files'],
		load: () => import('#programs/install/program.tsx'),
	},
];

export const programs: readonly ProgramDescriptor[] = [
	...(machine === undefined ? [] : pcPrograms),
	{
		name: 'explorer',
		title: 'Explorer',
		icon: 'explorer',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['files', 'folders', 'computer', 'documents', 'recycle bin'],
		load: () => import('#desktop/explorer/program.tsx'),
	},
	// Before Notepad, which also opens batch files: a double-click runs one.
	{
		name: 'machine',
		title: 'Machine',
		icon: 'machine',
		kind: 'window',
		opens: machineExtensions,
		showInStart: false,
		keywords: [],
		load: () => import('#programs/machine/program.tsx'),
	},
	{
		name: 'notepad',
		title: 'Notepad',
		icon: 'notepad',
		kind: 'window',
		opens: textExtensions,
		showInStart: true,
		keywords: ['text', 'editor', 'write', 'encoding', 'code page'],
		load: () => import('#programs/notepad/program.tsx'),
	},
	{
		name: 'pictures',
		title: 'Pictures',
		icon: 'pictures',
		kind: 'window',
		opens: pictureExtensions,
		showInStart: true,
		keywords: ['image', 'photo', 'viewer', 'slide show'],
		load: () => import('#programs/pictures/program.tsx'),
	},
	{
		name: 'terminal',
		title: 'Terminal',
		icon: 'terminal',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['shell', 'command', 'prompt', 'console', 'sh'],
		load: () => import('#programs/terminal/program.tsx'),
	},
	{
		name: 'task-manager',
		title: 'Task Manager',
		icon: 'task-manager',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['processes', 'end task', 'performance', 'services', 'kill'],
		load: () => import('#programs/task-manager/program.tsx'),
	},
	{
		name: 'event-viewer',
		title: 'Event Viewer',
		icon: 'event-viewer',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['log', 'events', 'errors', 'warnings', 'audit', 'security', 'history'],
		load: () => import('#programs/event-viewer/program.tsx'),
	},
	{
		name: 'settings',
		title: 'Settings',
		icon: 'settings',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['control panel', 'options', 'preferences', 'appearance', 'storage', 'about'],
		load: () => import('#programs/settings/program.tsx'),
	},
	{
		name: 'help',
		title: 'Help',
		icon: 'help',
		kind: 'window',
		opens: [],
		showInStart: true,
		keywords: ['manual', 'support', 'how to', 'questions'],
		load: () => import('#programs/help/program.tsx'),
	},
	{
		name: 'sh',
		title: 'Shell',
		icon: 'terminal',
		kind: 'worker',
		opens: [],
		showInStart: false,
		keywords: [],
	},
];
