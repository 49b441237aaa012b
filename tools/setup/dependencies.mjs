/**
 * Installs the npm dependencies from the lock file when they are missing or stale.
 *
 * Rules of use:
 * - Plain JavaScript for Node 20: it runs before anything is installed.
 * - What is installed is told by a hash of the lock file in `node_modules/.vitrine-lock`, written after success only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const modules = path.join(repositoryRoot, 'node_modules');
const stamp = path.join(modules, '.vitrine-lock');
const oldestNode = 20;

/** Returns when `node_modules` is that of the lock file; throws with a sentence for the person otherwise. */
export function ensureDependencies() {
	const version = Number(process.versions.node.split('.')[0]);
	if (version < oldestNode) throw new Error(`Vitrine needs Node ${oldestNode} or newer; this is ${process.version}.`);
	const wanted = hashLock();
	if (readStamp() === wanted) return;
	requireWritable();
	if (readStamp() !== undefined || !isInstalled()) install();
	writeFileSync(stamp, wanted);
}

function requireWritable() {
	try {
		accessSync(repositoryRoot, constants.W_OK);
	} catch (error) {
		const sentence = `Vitrine must be set up first, and this account may not write in ${repositoryRoot}.`;
		throw new Error(`${sentence} Run npm start once with an account that may.`, { cause: error });
	}
}

function install() {
	console.error('Installing the dependencies (npm ci)… this takes about a minute, once.');
	// The settings of the account must not leave half of them out: all are needed, and Node 24 comes by a script.
	const needs = ['--include=dev', '--include=optional', '--ignore-scripts=false'];
	const result = spawnSync('npm', ['ci', ...needs, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: repositoryRoot,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (result.error?.code === 'ENOENT') throw new Error('npm was not found. Install Node with npm.');
	if (result.signal !== null) throw new Error('The installation was stopped. Start again to go on.');
	if (result.status !== 0 || !existsSync(path.join(modules, '.bin', 'node')))
		throw new Error('The dependencies could not be installed (see above). Is there a network?');
}

function hashLock() {
	return createHash('sha256')
		.update(readFileSync(path.join(repositoryRoot, 'package-lock.json')))
		.digest('hex');
}

function readStamp() {
	return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}

/** Whether somebody ran `npm ci` or `npm install` by hand, after the lock file last changed. */
function isInstalled() {
	const record = path.join(modules, '.package-lock.json');
	if (!existsSync(record) || !existsSync(path.join(modules, '.bin', 'node'))) return false;
	const packages = JSON.parse(readFileSync(path.join(repositoryRoot, 'package-lock.json'), 'utf8')).packages;
	const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
	return Object.entries(packages).every(
		([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
	);
}
