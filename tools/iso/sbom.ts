/**
 * What is in the image, as a machine reads it: SPDX 2.3, in JSON. Debian's packages with the hash of the archive each came
 * from, those of which only some files are aboard (the loader, the firmware of emulated PCs), and the npm packages that are
 * part of the site or the host service.
 *
 * Invariants: the build has compared the list of Debian's packages with what is installed (`base-stage.ts`). A package stays on
 * the list when files of it were taken out (`distro/prune`).
 */
import type { InputArchive } from './inputs.ts';

export interface NpmPackage {
	readonly name: string;
	readonly version: string;
	readonly licence: string;
}

export interface SbomInput {
	readonly version: string;
	readonly epochSeconds: number;
	/** The file that is described, and its SHA-256 in hexadecimal digits. */
	readonly image: { readonly name: string; readonly sha256: string };
	readonly debian: readonly InputArchive[];
	readonly npm: readonly NpmPackage[];
}

/** Runs the tools that build; the image has Debian's own. */
const notAboard = new Set(['node']);

/** The packages of a lock file (version 3) that are not only for developing. */
export function readShippedPackages(lock: string): NpmPackage[] {
	const { packages } = JSON.parse(lock) as {
		packages: Record<string, { version: string; license?: string; dev?: boolean; optional?: boolean }>;
	};
	return Object.entries(packages)
		.filter(([place, { dev, optional }]) => place !== '' && dev !== true && optional !== true)
		.map(([place, { version, license = 'NOASSERTION' }]) => ({
			name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
			version,
			licence: license,
		}))
		.filter(({ name }) => !notAboard.has(name))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function makeSbom({ version, epochSeconds, image, debian, npm }: SbomInput): string {
	const described = [
		describe({ name: 'vitrine', version, licence: 'Apache-2.0', fileName: image.name, sha256: image.sha256 }),
		...debian.map(({ name, version, architecture, sha256 }) =>
			describe({
				name,
				version,
				sha256,
				// Each package's own words stand in the image: /usr/share/doc/NAME/copyright.
				licence: 'NOASSERTION',
				purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`,
			}),
		),
		...npm.map((entry) => describe({ ...entry, purl: `pkg:npm/${entry.name.replace('@', '%40')}@${entry.version}` })),
	];
	const document = {
		spdxVersion: 'SPDX-2.3',
		dataLicense: 'CC0-1.0',
		SPDXID: 'SPDXRef-DOCUMENT',
		name: `vitrine-${version}-amd64`,
		documentNamespace: `urn:vitrine:image:${version}:${image.sha256}`,
		creationInfo: {
			created: new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z'),
			creators: ['Tool: npm run iso'],
		},
		packages: described,
		relationships: described.map(({ SPDXID }, index) => ({
			spdxElementId: index === 0 ? 'SPDXRef-DOCUMENT' : described[0]?.SPDXID,
			relationshipType: index === 0 ? 'DESCRIBES' : 'CONTAINS',
			relatedSpdxElement: SPDXID,
		})),
	};
	return `${JSON.stringify(document, undefined, '\t')}\n`;
}

interface Described {
	readonly name: string;
	readonly version: string;
	readonly licence: string;
	readonly sha256?: string;
	readonly purl?: string;
	readonly fileName?: string;
}

function describe({ name, version, licence, sha256, purl, fileName }: Described) {
	const kind = purl?.slice('pkg:'.length).split('/')[0] ?? 'project';
	return {
		// Letters, digits, dots and hyphens are all that an identifier may have (SPDX 2.3, 3.2).
		SPDXID: `SPDXRef-${kind}-${`${name}-${version}`.replace(/[^A-Za-z0-9.-]/g, '-')}`,
		name,
		versionInfo: version,
		...(fileName === undefined ? {} : { packageFileName: fileName }),
		downloadLocation: 'NOASSERTION',
		filesAnalyzed: false,
		licenseConcluded: 'NOASSERTION',
		licenseDeclared: licence,
		...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
		...(purl === undefined
			? {}
			: { externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }] }),
	};
}
