import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fromRoot } from '../setup/paths.ts';
import { parseInputs } from './inputs.ts';
import { makeSbom, readShippedPackages } from './sbom.ts';

interface Document {
	readonly packages: readonly { SPDXID: string; name: string; checksums?: readonly { checksumValue: string }[] }[];
	readonly relationships: readonly { spdxElementId: string; relatedSpdxElement: string }[];
	readonly creationInfo: { readonly created: string };
}

test('Every package has one identifier of the allowed letters, and belongs to the image', async () => {
	const npm = readShippedPackages(await readFile(fromRoot('package-lock.json'), 'utf8'));
	const [libc, zlib, shim] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
	const { archives: debian } = parseInputs(
		`deb libc6 2.41-12 amd64 ${libc}\ndeb zlib1g 1:1.3 amd64 ${zlib}\npart shim-signed 1.44+15 amd64 ${shim}\n`,
	);
	const image = { name: 'vitrine.iso', sha256: 'd'.repeat(64) };
	const input = { version: '0.1.0', epochSeconds: 1_795_392_000, image, debian, npm };
	const document = JSON.parse(makeSbom(input)) as Document;
	const identifiers = document.packages.map(({ SPDXID }) => SPDXID);
	assert.equal(new Set(identifiers).size, identifiers.length);
	for (const identifier of identifiers) assert.match(identifier, /^SPDXRef-[A-Za-z0-9.-]+$/);
	assert.deepEqual(
		document.relationships.map(({ relatedSpdxElement }) => relatedSpdxElement),
		identifiers,
	);
	assert.equal(document.packages.find(({ name }) => name === 'zlib1g')?.checksums?.[0]?.checksumValue, zlib);
	assert.equal(document.creationInfo.created, '2026-11-23T00:00:00Z');
	assert.equal(makeSbom(input), makeSbom(input));
});

test('What is only for developing or building is not listed', async () => {
	const names = readShippedPackages(await readFile(fromRoot('package-lock.json'), 'utf8')).map(({ name }) => name);
	assert.ok(names.includes('react'));
	assert.ok(!names.includes('typescript'));
	assert.ok(!names.includes('node'));
});
