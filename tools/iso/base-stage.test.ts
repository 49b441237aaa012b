import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatus } from './base-stage.ts';

test('Only packages that are installed are listed, by name', () => {
	const status = [
		'Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.3\nArchitecture: amd64\nDescription: a\n b',
		'Package: gone\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all',
		'Package: cage\nStatus: install ok installed\nVersion: 0.2.0-1\nArchitecture: amd64\n',
	].join('\n\n');
	assert.deepEqual(parseStatus(status), [
		{ name: 'cage', version: '0.2.0-1', architecture: 'amd64' },
		{ name: 'zlib1g', version: '1:1.3', architecture: 'amd64' },
	]);
});
