import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePackages } from './base-stage.ts';
import { parseMirror } from './debian-mirror.ts';
import { compareInputs, formatInputs, type InputArchive, type Inputs, parseInputs } from './inputs.ts';
import { parseUris } from './private-apt.ts';

const hash = (digit: string): string => digit.repeat(64);
const cage: InputArchive = {
	kind: 'deb',
	name: 'cage',
	version: '0.2.0-2',
	architecture: 'amd64',
	sha256: hash('a'),
};
const shim: InputArchive = {
	kind: 'part',
	name: 'shim-signed',
	version: '1.44',
	architecture: 'amd64',
	sha256: hash('b'),
};
const inputs: Inputs = {
	archives: [cage, shim],
	files: new Map([['package-lock.json', hash('c')]]),
	recipe: hash('d'),
	tools: [{ name: 'xorriso', version: '1.5.4-4' }],
};

test('A list of inputs is read as it was written', () => {
	assert.deepEqual(parseInputs(formatInputs(inputs)), inputs);
});

test('A line of the list that is none is refused, by its number', () => {
	assert.throws(() => parseInputs(`deb cage 0.2.0-2 amd64 ${hash('a')}\ndeb cage 0.2.0-2 amd64 abc\n`), /Line 2/);
});

test('The same inputs are the same', () => {
	assert.deepEqual(compareInputs(inputs, inputs), { different: [], other: [] });
});

test('Another archive, one too many and one missing are told; another program is no reason to refuse', () => {
	const ours: Inputs = {
		...inputs,
		archives: [
			{ ...cage, sha256: hash('e') },
			{ ...shim, name: 'grub-common' },
		],
		tools: [{ name: 'xorriso', version: '1.5.6-1' }],
	};
	const { different, other } = compareInputs(inputs, ours);
	assert.equal(different.length, 3);
	assert.match(different.join(' '), /cage is to be .* shim-signed is missing\. grub-common is not on the list/);
	assert.deepEqual(other, ['xorriso was 1.5.4-4, here it is 1.5.6-1.']);
});

test('Another state of the repository is another input', () => {
	const ours = { ...inputs, recipe: hash('f'), files: new Map([['package-lock.json', hash('f')]]) };
	assert.equal(compareInputs(inputs, ours).different.length, 2);
});

test('What apt would fetch becomes a list, by name, with the colon of an epoch as it is meant', () => {
	const text = [
		'Reading package lists...',
		`'http://mirror.example/z/zlib1g_1.3-1_amd64.deb' zlib1g_1%3a1.3-1_amd64.deb 88720 SHA256:${hash('1')}`,
		`'http://mirror.example/c/cage_0.2.0-2_amd64.deb' cage_0.2.0-2_amd64.deb 21180 SHA256:${hash('a')}`,
	].join('\n');
	assert.deepEqual(parseUris(text), [cage, { ...cage, name: 'zlib1g', version: '1:1.3-1', sha256: hash('1') }]);
});

test('The mirror is the one that apt is set up with, if it is one of Debian', () => {
	const targets = [
		'http://packages.example/tool/ stable Example',
		'http://mirror.example/debian/ bookworm-updates Debian',
		'http://mirror.example/debian/ bookworm Debian',
		'http://mirror.example/debian-security/ bookworm-security Debian',
	].join('\n');
	assert.deepEqual(parseMirror(targets), {
		archive: 'http://mirror.example/debian',
		security: 'http://mirror.example/debian-security',
	});
	assert.equal(parseMirror('http://ports.example/ubuntu noble Ubuntu'), undefined);
});

test('Nothing is installed but what was fetched, and nothing was fetched in vain', () => {
	const installed = { name: 'cage', version: '0.2.0-2', architecture: 'amd64' };
	assert.equal(describePackages([installed], [cage]), `cage 0.2.0-2 ${hash('a')}\n`);
	assert.throws(() => describePackages([{ ...installed, version: '0.3' }], [cage]), /not among what was fetched/);
	assert.throws(() => describePackages([], [cage]), /fetched, and not installed/);
});
