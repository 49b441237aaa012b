import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineMarked, listDesktopFiles } from './paint-first.ts';

const chunk = (fileName: string, moduleId: string, imports: string[], sheets: string[]) => ({
	type: 'chunk' as const,
	fileName,
	moduleIds: [moduleId],
	imports,
	viteMetadata: { importedCss: new Set(sheets) },
});

test('the desktop is fetched early with all that it imports and their style sheets, and nothing else', () => {
	const files = [
		{ type: 'asset' as const },
		chunk('start.js', '/web/start.ts', ['shared.js'], []),
		chunk('main.js', '/web/main.tsx', ['shared.js', 'icon.js'], ['main.css']),
		chunk('icon.js', '/ui/icon.tsx', ['shared.js'], ['icon.css']),
		chunk('shared.js', '/base/path.ts', [], []),
		chunk('notepad.js', '/programs/notepad.tsx', ['shared.js'], ['notepad.css']),
	];
	assert.deepEqual(listDesktopFiles(files), ['main.js', 'main.css', 'shared.js', 'icon.js', 'icon.css']);
});

test('a build without the desktop is refused', () => {
	assert.throws(() => listDesktopFiles([chunk('start.js', '/web/start.ts', [], [])]), /no chunk for/);
});

test('a marked image becomes its picture, at the size that the page says, and is hidden from screen readers', async () => {
	const html = '<p><img data-inline src="a.svg" width="32" height="32" alt=""><img src="b.svg" alt="b"></p>';
	const read = async (source: string) =>
		`<svg viewBox="0 0 64 64" width="64" height="64"><title>${source}</title></svg>\n`;
	assert.equal(
		await inlineMarked(html, read),
		'<p><svg viewBox="0 0 64 64" width="32" height="32" aria-hidden="true"></svg><img src="b.svg" alt="b"></p>',
	);
});

test('a marked script becomes its text', async () => {
	const html = '<head><script data-inline src="a.js"></script><script src="b.js"></script></head>';
	assert.equal(
		await inlineMarked(html, async () => 'run("$&");\n'),
		'<head><script>\nrun("$&");\n</script><script src="b.js"></script></head>',
	);
});
