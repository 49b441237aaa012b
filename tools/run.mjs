/**
 * The door of every `npm` script: plain JavaScript that runs on Node 20 with nothing installed.
 *
 * It installs the dependencies when they are missing or not those of the lock file, then runs `tools/COMMAND.ts` under
 * the Node 24 that is one of them. Its exit status is the command's.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { ensureDependencies, repositoryRoot } from './setup/dependencies.mjs';

const [command = '', ...commandArguments] = process.argv.slice(2);
const script = path.join(repositoryRoot, 'tools', `${command}.ts`);
if (!/^[a-z-]+$/.test(command) || !existsSync(script)) {
	console.error(`There is no command "${command}". See "scripts" in package.json.`);
	process.exit(2);
}

try {
	ensureDependencies();
} catch (error) {
	console.error(error.message);
	process.exit(1);
}

const binaries = path.join(repositoryRoot, 'node_modules', '.bin');
const child = spawn(
	path.join(binaries, 'node'),
	['--disable-warning=ExperimentalWarning', script, ...commandArguments],
	{
		stdio: 'inherit',
		env: { ...process.env, PATH: binaries + path.delimiter + (process.env.PATH ?? '') },
	},
);
// A terminal's Ctrl+C reaches the child by itself; this process only waits for it. `kill` reaches only this one.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
endWithNpm();
child.once('error', (error) => {
	console.error(`Node 24 could not be started: ${error.message}`);
	process.exitCode = 1;
});
child.once('exit', (code, signal) => {
	process.exitCode = code ?? statusOf(signal);
});

/** To stop serving is no failure; everything else that a signal ends has the status that a shell gives it. */
function statusOf(signal) {
	const isServer = command === 'start' || commandArguments[0] === 'start';
	return isServer && (signal === 'SIGINT' || signal === 'SIGTERM') ? 0 : 128 + (constants.signals[signal] ?? 0);
}

/** `kill` of npm alone would leave the command running: its end, which makes this process an orphan, ends the command. */
function endWithNpm() {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		child.kill('SIGTERM');
	}, 500);
	timer.unref();
}
