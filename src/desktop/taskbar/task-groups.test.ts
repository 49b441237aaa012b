import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramDescriptor } from '#runtime/window-program.ts';
import { ProgramRegistry } from '../programs/program-registry.ts';
import { WindowManager } from '../windows/window-manager.ts';
import { groupTasks, moveKey } from './task-groups.ts';

const describe = (name: string): ProgramDescriptor => ({
	name,
	title: name.toUpperCase(),
	icon: 'program',
	kind: 'window',
	opens: [],
	showInStart: true,
	keywords: [],
});
const programs = new ProgramRegistry(['notepad', 'help', 'settings'].map(describe));

function makeWindows() {
	const windows = new WindowManager({ width: 1280, height: 720 }, { x: 0, y: 0, width: 1280, height: 672 });
	const open = (programName: string | undefined, ownerId?: string) =>
		windows.open({
			title: programName ?? 'Loose',
			icon: 'program',
			content: null,
			size: { width: 300, height: 200 },
			programName,
			ownerId,
		});
	return { windows, open };
}

test('pinned programs come first in their order, running ones after in the order of opening', () => {
	const { windows, open } = makeWindows();
	open('settings');
	open('notepad');
	const groups = groupTasks(windows.windows, ['help', 'notepad'], programs);
	assert.deepEqual(
		groups.map(({ key, windows: members }) => [key, members.length]),
		[
			['help', 0],
			['notepad', 1],
			['settings', 1],
		],
	);
});

test('windows of one program are one group; a question belongs to its window', () => {
	const { windows, open } = makeWindows();
	const first = open('notepad');
	open('notepad');
	const question = open(undefined, first.id);
	question.requestAttention();
	const [group, ...others] = groupTasks(windows.windows, [], programs);
	assert.equal(others.length, 0);
	assert.equal(group?.windows.length, 2);
	assert.equal(group?.focused, true);
});

test('a program that is pinned but not there is left out; a window without program stands for itself', () => {
	const { windows, open } = makeWindows();
	const loose = open(undefined);
	const groups = groupTasks(windows.windows, ['gone'], programs);
	assert.deepEqual(
		groups.map(({ key, title }) => [key, title]),
		[[loose.id, 'Loose']],
	);
});

test('progress and attention show on the group', () => {
	const { windows, open } = makeWindows();
	const notepad = open('notepad');
	open('help');
	notepad.setProgress(0.4);
	notepad.requestAttention();
	const group = groupTasks(windows.windows, [], programs).find(({ key }) => key === 'notepad');
	assert.deepEqual([group?.progress, group?.attention], [0.4, true]);
});

test('dragging moves one key to the place of another', () => {
	assert.deepEqual(moveKey(['a', 'b', 'c', 'd'], 0, 2), ['b', 'c', 'a', 'd']);
	assert.deepEqual(moveKey(['a', 'b', 'c', 'd'], 3, 0), ['d', 'a', 'b', 'c']);
});
