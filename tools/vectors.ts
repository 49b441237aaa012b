/**
 * `npm run vectors`: all vectors of the cryptography that the vault uses, in Node and in Chromium (`tests/vault`).
 *
 * `-- FOLDER` (or VITRINE_VECTORS) names the folder that holds `wycheproof/*.json` of C2SP's Wycheproof and
 * `age-testkit/*` of the age test kit (C2SP CCTV). They are not part of this repository.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from './setup/paths.ts';
import { runTestFiles } from './test-runner.ts';

const folder = path.resolve(process.argv[2] ?? process.env.VITRINE_VECTORS ?? fromRoot('..', 'shared', 'data'));
if (existsSync(path.join(folder, 'wycheproof')) && existsSync(path.join(folder, 'age-testkit'))) {
	process.env.VITRINE_VECTORS = folder;
	const { passed, failed, skipped } = await runTestFiles('Vectors', ['tests/vault/vectors.test.ts'], 1);
	console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
	process.exitCode = failed > 0 || skipped > 0 || passed === 0 ? 1 : 0;
} else {
	console.error(`There are no vectors in ${folder}. Give the folder: npm run vectors -- FOLDER.`);
	process.exitCode = 2;
}
