/** What the Start menu shows before anything is typed: pinned programs, what was opened last, all programs. */
import { baseName } from '#base/path.ts';
import type { ProgramDescriptor } from '#runtime/window-program.ts';
import type { IconName } from '#ui/icon.tsx';
import type { DesktopModel } from '../desktop-model.ts';
import { iconOf } from '../files/file-types.ts';
import type { DesktopRecord } from '../session/desktop-record.ts';
import type { StartOption, StartSection } from './start-list.tsx';

const mostRecent = 4;

function programOption(desktop: DesktopModel, program: ProgramDescriptor, prefix: string): StartOption {
	return {
		id: `${prefix}:${program.name}`,
		title: program.title,
		icon: program.icon as IconName,
		programName: program.name,
		open: () => desktop.launch(program.name, []),
	};
}

/** Files that were opened last, over all programs, each program's newest first. */
function recentOptions(desktop: DesktopModel, record: DesktopRecord): StartOption[] {
	const lists = Object.entries(record.recent).filter(([program]) => program !== 'explorer');
	const longest = Math.max(0, ...lists.map(([, paths]) => paths.length));
	const options: StartOption[] = [];
	for (let rank = 0; rank < longest; rank++) {
		for (const [program, paths] of lists) {
			const path = paths[rank];
			if (path === undefined) continue;
			options.push({
				id: `recent:${program}:${path}`,
				title: baseName(path),
				icon: iconOf({ name: baseName(path), kind: 'file' }),
				open: () => desktop.launchFile(program, path),
			});
		}
	}
	return options.slice(0, mostRecent);
}

export function startSections(desktop: DesktopModel, record: DesktopRecord): StartSection[] {
	const pinned = record.startPinned.flatMap((name) => desktop.programs.find(name) ?? []);
	const sections: StartSection[] = [
		{
			title: 'Pinned',
			layout: 'tiles',
			options: pinned.map((program) => programOption(desktop, program, 'pinned')),
		},
		{ title: 'Recent', layout: 'rows', options: recentOptions(desktop, record) },
		{
			title: 'All programs',
			layout: 'rows',
			options: desktop.programs.startPrograms.map((program) => programOption(desktop, program, 'all')),
		},
	];
	return sections.filter(({ options }) => options.length > 0);
}
