/**
 * Types room by room: each `tsconfig.json` gives its room only what it may see.
 *
 * The rooms below the hosts have neither the DOM nor Node in their types, and that is checked by what the compiler
 * read, because one foreign declaration file with `/// <reference lib="dom" />` would open the DOM again.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { mapLimited } from '../setup/map-limited.ts';
import { fromRoot } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';

const withoutHost = ['base', 'abi', 'security', 'fs', 'volume', 'vault', 'kernel', 'runtime', 'media'];
const hostTypes = /[/\\](lib\.dom[\w.]*|lib\.webworker[\w.]*)\.d\.ts$|[/\\]@types[/\\]node[/\\]/m;

export async function checkTypes(): Promise<string[]> {
	const projects = await findProjects();
	const results = await mapLimited(projects, 2, checkProject);
	return results.flat();
}

async function findProjects(): Promise<string[]> {
	const projects: string[] = [];
	for (const directory of ['src', 'tools', 'tests']) {
		const entries = await readdir(fromRoot(directory), { recursive: true, withFileTypes: true });
		for (const entry of entries)
			if (/^tsconfig.*\.json$/.test(entry.name)) projects.push(path.join(entry.parentPath, entry.name));
	}
	return projects.sort();
}

async function checkProject(project: string): Promise<string[]> {
	const directory = path.dirname(project);
	const room = path.relative(fromRoot('src'), directory);
	const breaches = await compile(project);
	if (withoutHost.includes(room)) breaches.push(...(await findHostTypes(project, room)));
	return breaches;
}

export async function compile(project: string): Promise<string[]> {
	const { status, output } = await runCommand(fromRoot('node_modules', '.bin', 'tsc'), ['-p', project], {
		directory: fromRoot(),
	});
	return status === 0 ? [] : [`${path.relative(fromRoot(), project)}:\n${output.trim()}`];
}

/** What the compiler read for `project` that belongs to a host. */
export async function findHostTypes(project: string, room: string): Promise<string[]> {
	const { output } = await runCommand(fromRoot('node_modules', '.bin', 'tsc'), ['-p', project, '--listFilesOnly'], {
		directory: fromRoot(),
	});
	const found = output.split('\n').filter((file) => hostTypes.test(file));
	return found.map(
		(file) =>
			`src/${room} sees ${path.basename(file)}. Find what refers to it with \`tsc --explainFiles\` and keep it out.`,
	);
}
