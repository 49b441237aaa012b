/** Says in one sentence what holds a TCP port of this machine. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

const probeTimeoutMs = 1_000;

export async function describePortHolder(port: number): Promise<string> {
	const address = `http://localhost:${port}/`;
	const holder = await findHolder(port);
	const by = holder === undefined ? '' : ` (process ${holder.pid}, ${holder.name})`;
	if (await isVitrine(address))
		return (
			`Vitrine is already running at ${address}${by}. Open that address in the browser; ` +
			'your files are there. To stop it, press Ctrl+C in its terminal.'
		);
	return (
		`Port ${port} is taken by another program${by}, so Vitrine has not started. Stop that program, or choose ` +
		'another port with VITRINE_PORT; mind that another port has files of its own.'
	);
}

async function isVitrine(address: string): Promise<boolean> {
	try {
		const response = await fetch(`${address}build.json`, { signal: AbortSignal.timeout(probeTimeoutMs) });
		const stamp = (await response.json()) as { product?: unknown };
		return stamp.product === 'Vitrine';
	} catch {
		// Whatever answers there, or does not, is not Vitrine.
		return false;
	}
}

/** The process that listens on `port`; `undefined` when it belongs to somebody else or cannot be seen. */
export async function findHolder(port: number): Promise<{ pid: number; name: string } | undefined> {
	const inodes = await findListeningInodes(port);
	if (inodes.size === 0) return undefined;
	const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
	for (const pid of pids) {
		const directory = path.join('/proc', pid, 'fd');
		for (const descriptor of await readdir(directory).catch(() => [])) {
			const target = await readlink(path.join(directory, descriptor)).catch(() => '');
			if (!inodes.has(target)) continue;
			return { pid: Number(pid), name: await readProgramName(pid) };
		}
	}
	return undefined;
}

async function readProgramName(pid: string): Promise<string> {
	const commandLine = await readFile(path.join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
	return path.basename(commandLine.split('\0', 1)[0] || 'unknown');
}

/** Socket names as `/proc/PID/fd` shows them, of what listens on `port` (state `0A` in `/proc/net/tcp`). */
async function findListeningInodes(port: number): Promise<Set<string>> {
	const portText = port.toString(16).toUpperCase().padStart(4, '0');
	const inodes = new Set<string>();
	for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
		const text = await readFile(table, 'utf8').catch(() => '');
		for (const line of text.split('\n').slice(1)) {
			const fields = line.trim().split(/\s+/);
			if (fields[3] === '0A' && fields[1]?.endsWith(`:${portText}`)) inodes.add(`socket:[${fields[9]}]`);
		}
	}
	return inodes;
}
