/**
 * The page `docs/licences.md`: what ships and under which licence, from the lock file and `tools/engines.ts`.
 *
 * Rules of use: `npm run generate` writes it. A licence that is not on the list below stops it, so that nobody adds a
 * package whose licence nobody has looked at.
 */
import { readFile } from 'node:fs/promises';
import { type ShippedEngine, shippedEngines } from '../engines.ts';
import { fromRoot } from '../setup/paths.ts';

interface LockedPackage {
	readonly version: string;
	readonly license?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
}

/** Licences that may be part of an Apache-2.0 program, and those of programs that ship apart. */
const compatible = [
	'MIT',
	'ISC',
	'0BSD',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'Apache-2.0',
	'OFL-1.1',
	'BlueOak-1.0.0',
	'MPL-2.0',
];
/** Packages that are not linked: they are copied or started as programs of their own. */
const apart = new Set(
	shippedEngines.filter(({ origin }) => origin.kind === 'npm').map(({ origin }) => origin.packageName),
);

export async function makeLicencesPage(): Promise<string> {
	const lock = JSON.parse(await readFile(fromRoot('package-lock.json'), 'utf8')) as {
		packages: Record<string, LockedPackage>;
	};
	const packages = Object.entries(lock.packages)
		.filter(([place]) => place !== '')
		.map(([place, locked]) => ({ name: place.replace(/^.*node_modules\//, ''), ...locked }))
		.sort((a, b) => a.name.localeCompare(b.name));
	const linked = packages.filter(({ name, dev, optional }) => dev !== true && optional !== true && !apart.has(name));
	const tools = packages.filter(({ dev, optional }) => dev === true && optional !== true);
	refuseUnknown(linked);
	return [
		'<!-- Generated from package-lock.json and tools/engines.ts by `npm run generate`. Do not edit. -->',
		'# Licences',
		'Vitrine is licensed under Apache-2.0 (`LICENSE`). Everything below belongs to its authors.',
		'## Engines, which ship as programs of their own',
		'They are copied unchanged to `engines/` of the built site with their licence texts, are loaded into a Worker of ' +
			'their own when a machine starts, and talk to Vitrine by messages. No code of Vitrine is linked with them, and ' +
			'Vitrine works without them, but for the machines they run.',
		shippedEngines.map((engine) => describeEngine(engine, lock.packages)).join('\n'),
		'The GPL and the LGPL ask that whoever passes these binaries on also offers their source: pass on the source of ' +
			'the named versions with them, or the written offer to do so.',
		'## Packages that are part of the built site or of the Node host',
		'Their licence texts ship in `licences.md` of the built site.',
		table(linked),
		'## Tools, which do not ship',
		table(tools),
	]
		.join('\n\n')
		.concat('\n');
}

function describeEngine(engine: ShippedEngine, packages: Readonly<Record<string, LockedPackage>>): string {
	const { kind, packageName } = engine.origin;
	const version = packages[`node_modules/${packageName}`]?.version;
	const origin =
		kind === 'npm'
			? `npm package \`${packageName}\` ${version ?? ''}`
			: `Debian package \`${packageName}\`, fetched by set-up`;
	const files = engine.files.map(({ name }) => `\`${engine.directory}/${name}\``).join(', ');
	return `- **${engine.title}**: ${engine.licence}, from the ${origin}. ${engine.sourceNote} Files: ${files}.`;
}

function refuseUnknown(packages: readonly { name: string; license?: string }[]): void {
	const unknown = packages.filter(({ license }) => license === undefined || !compatible.includes(license));
	if (unknown.length === 0) return;
	const names = unknown.map(({ name, license }) => `${name} (${license ?? 'no licence'})`).join(', ');
	throw new Error(`Licences that nobody has judged yet: ${names}. See tools/generators/licences.ts.`);
}

function table(packages: readonly { name: string; version: string; license?: string }[]): string {
	const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'not stated'} |`);
	return `| Package | Version | Licence |\n|---|---|---|\n${rows.join('\n')}`;
}
