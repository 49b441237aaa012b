/**
 * Brings a machine into the state in which the image can be built and started in a virtual PC, where that can be done
 * without asking: as root it installs the programs from the distribution.
 */
import { readFile } from 'node:fs/promises';
import { say } from '../setup/progress.ts';
import { runCommand } from '../setup/run-command.ts';
import { findMissing, findMissingPackages, type Requirement, requirements } from './requirements.ts';

const forTrying: readonly Requirement[] = [
	...requirements,
	{ program: 'qemu-system-x86_64', packageName: 'qemu-system-x86' },
];

/** The PC's two gigabytes, and what the tests beside it take. */
const neededMemoryBytes = 3 * 1024 ** 3;

/** Sentences that say what is missing for it, and for what is wanted `beside` it; empty when all is there. */
export async function makeReady(beside: readonly Requirement[] = []): Promise<string[]> {
	if (process.platform !== 'linux' || process.arch !== 'x64')
		return ['The image is built on Debian for PCs (linux, x64).'];
	return (
		(await installPrograms([...forTrying, ...beside])) ?? [...(await findMissing()), ...(await findMissingMemory())]
	);
}

/** Sentences when programs are missing in the end. */
async function installPrograms(wanted: readonly Requirement[]): Promise<string[] | undefined> {
	const missing = findMissingPackages(wanted);
	if (missing.length === 0) return undefined;
	const names = missing.join(' ');
	if (process.getuid?.() !== 0) return [`Programs are missing: sudo apt-get install ${names}`];
	say(`Installing from the distribution: ${names}…`);
	await runCommand('apt-get', ['update', '-q']);
	const words = ['install', '-y', '-q', '--no-install-recommends', ...missing];
	const { output } = await runCommand('apt-get', words, { environment: { DEBIAN_FRONTEND: 'noninteractive' } });
	if (findMissingPackages(wanted).length === 0) return undefined;
	return [`These could not be installed from the distribution: ${names}\n${output.trim().slice(-1_000)}`];
}

async function findMissingMemory(): Promise<string[]> {
	const available = /^MemAvailable: +(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1];
	if (available === undefined || Number(available) * 1024 >= neededMemoryBytes) return [];
	const megabytes = Math.round(Number(available) / 1024);
	return [`A virtual PC needs ${neededMemoryBytes / 1024 ** 3} GB of free memory; there are ${megabytes} MB.`];
}
