/** Starts a process with a system on a volume, lets a program work in it, and kills it, again and again. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SeededRandom } from '../crash/test-volume.ts';
import type { KillReport } from './browser-kills.ts';
import type { NodeMessage } from './node-program.ts';

const longestWorkMs = 400;
/** The same modules are compiled for each of the kills. */
const compileCache = path.join(tmpdir(), 'vitrine-compile-cache');

interface NodeKillOptions {
	readonly kills: number;
	/** So many steps are acknowledged before they are done. */
	readonly ahead: number;
	readonly onKill?: (report: KillReport) => void;
}

/** Rejects at the first step that was lost. */
export async function killNodeRepeatedly({ kills, ahead, onKill }: NodeKillOptions): Promise<KillReport> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-kill-node-'));
	const random = new SeededRandom(kills);
	const report: KillReport = { kills: 0, acknowledged: 0, openTimes: [] };
	try {
		for (let kill = 0; kill <= kills; kill++) {
			await workAndKill({ directory, ahead, workMs: random.below(longestWorkMs) }, report);
			report.kills = kill;
			onKill?.(report);
		}
	} finally {
		await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
	report.openTimes.shift();
	report.openTimes.sort((a, b) => a - b);
	return report;
}

async function workAndKill(
	run: { directory: string; ahead: number; workMs: number },
	report: KillReport,
): Promise<void> {
	const program = path.join(import.meta.dirname, 'node-program.ts');
	const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
	const child = fork(program, [run.directory, String(report.acknowledged), String(run.ahead)], { env });
	const ended = once(child, 'exit');
	const found = Promise.withResolvers<Extract<NodeMessage, { kind: 'found' }>>();
	child.on('message', (message: NodeMessage) => {
		if (message.kind === 'found') found.resolve(message);
		else report.acknowledged = message.step;
	});
	ended.then(() => found.reject(new Error('the process ended by itself')), found.reject);
	try {
		const { steps, openMs } = await found.promise;
		assert.equal(typeof steps, 'number', `after ${report.acknowledged} acknowledged steps: ${steps}`);
		report.acknowledged = Math.max(report.acknowledged, Number(steps));
		report.openTimes.push(openMs);
		await wait(run.workMs);
	} finally {
		child.kill('SIGKILL');
		await ended;
	}
}
