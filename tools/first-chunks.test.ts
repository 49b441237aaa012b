import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstChunkGroups } from './first-chunks.ts';

const modules: Record<string, string[]> = {
	'/src/hosts/web/start.ts': ['/src/base/path.ts'],
	'/src/hosts/web/main.tsx': ['/src/base/path.ts', '/src/ui/icon.tsx', '/src/hosts/web/start.ts'],
	'/src/ui/icon.tsx': ['/src/base/path.ts', '/src/hosts/web/main.tsx'],
	'/src/programs/notepad.tsx': ['/src/ui/icon.tsx', '/src/ui/menu.tsx'],
};
const graph = { getModuleInfo: (id: string) => (modules[id] === undefined ? null : { importedIds: modules[id] }) };

function nameChunk(module: string): string | undefined {
	const groups = firstChunkGroups('/src').sort((a, b) => b.priority - a.priority);
	return groups.map(({ name }) => name(module, graph)).find((name) => name !== null) ?? undefined;
}

test('what runs before the first paint is one script, what the shell needs beyond it another', () => {
	assert.equal(nameChunk('/src/hosts/web/start.ts'), 'start');
	assert.equal(nameChunk('/src/base/path.ts'), 'start');
	assert.equal(nameChunk('/src/hosts/web/main.tsx'), 'shell');
	assert.equal(nameChunk('/src/ui/icon.tsx'), 'shell');
});

test('what only programs need is left to the bundler', () => {
	assert.equal(nameChunk('/src/programs/notepad.tsx'), undefined);
	assert.equal(nameChunk('/src/ui/menu.tsx'), undefined);
});
