/**
 * What is in the image, as a machine reads it: SPDX 2.3, in JSON. Debian's packages with the hash of the archive each came
 * from, and the npm packages that are part of the site or the host service.
 */

export interface DebianArchive {
	readonly name: string;
	readonly version: string;
	readonly sha256: string;
}

export interface NpmPackage {
	readonly name: string;
	readonly version: string;
	readonly licence: string;
}

export interface SbomInput {
	readonly version: string;
	readonly epochSeconds: number;
	/** Hash of what is described, so that two images have two names. */
	readonly imageId: string;
	readonly debian: readonly DebianArchive[];
	readonly npm: readonly NpmPackage[];
}

/** Reads `packages.list`: a line is NAME VERSION SHA-256. */
export function parsePackageList(text: string): DebianArchive[] {
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => {
			const [name = '', version = '', sha256 = ''] = line.split(' ');
			return { name, version, sha256 };
		});
}

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
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function makeSbom({ version, epochSeconds, imageId, debian, npm }: SbomInput): string {
	const described = [
		describe({ name: 'vitrine', version, licence: 'Apache-2.0' }),
		...debian.map((entry) =>
			describe({
				...entry,
				licence: 'NOASSERTION',
				purl: `pkg:deb/debian/${entry.name}@${encodeURIComponent(entry.version)}`,
			}),
		),
		...npm.map((entry) => describe({ ...entry, purl: `pkg:npm/${entry.name.replace('@', '%40')}@${entry.version}` })),
	];
	const document = {
		spdxVersion: 'SPDX-2.3',
		dataLicense: 'CC0-1.0',
		SPDXID: 'SPDXRef-DOCUMENT',
		name: `vitrine-${version}-amd64`,
		documentNamespace: `urn:vitrine:image:${version}:${imageId}`,
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
}

function describe({ name, version, licence, sha256, purl }: Described) {
	const kind = purl?.slice('pkg:'.length).split('/')[0] ?? 'project';
	return {
		// Letters, digits, dots and hyphens are all that an identifier may have (SPDX 2.3, 3.2).
		SPDXID: `SPDXRef-${kind}-${`${name}-${version}`.replace(/[^A-Za-z0-9.-]/g, '-')}`,
		name,
		versionInfo: version,
		downloadLocation: 'NOASSERTION',
		licenseConcluded: 'NOASSERTION',
		licenseDeclared: licence,
		...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
		...(purl === undefined
			? {}
			: { externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }] }),
	};
}
