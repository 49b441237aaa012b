/**
 * Makes the glyphs of the `ui` room from the Phosphor duotone family: path data for those drawn from code,
 * one SVG sheet of symbols for the others.
 */
import { readFile } from 'node:fs/promises';
import { inlineGlyphNames, sheetGlyphNames } from '../../src/ui/glyph-names.ts';
import { fromRoot } from '../setup/paths.ts';

/** The inside of the glyph's `<svg>` element; every glyph has the view box `0 0 256 256`. */
async function readGlyph(name: string): Promise<string> {
	const file = fromRoot('node_modules/@phosphor-icons/core/assets/duotone', `${name}-duotone.svg`);
	const svg = await readFile(file, 'utf8');
	const inside = /^<svg [^>]*viewBox="0 0 256 256"[^>]*>(.*)<\/svg>\s*$/s.exec(svg)?.[1];
	if (inside === undefined) throw new Error(`${name}: the glyph has not the form that is expected`);
	return inside;
}

/** A duotone glyph is a faint path below a full one. */
async function readPaths(name: string): Promise<{ faint: string; full: string }> {
	const paths = /^<path d="([^"]+)" opacity="0.2"\/><path d="([^"]+)"\/>$/.exec(await readGlyph(name));
	if (paths?.[1] === undefined || paths[2] === undefined) throw new Error(`${name}: not two paths, use the sheet`);
	return { faint: paths[1], full: paths[2] };
}

async function generateInline(): Promise<string> {
	const lines = ['// Generated from the Phosphor family by `npm run generate`. Do not edit.', ''];
	lines.push('/** Paths of each glyph that is drawn from code, in the view box `0 0 256 256`. */');
	lines.push(
		'export const inlineGlyphs: Readonly<Record<string, { readonly faint: string; readonly full: string }>> = {',
	);
	for (const name of inlineGlyphNames) {
		const { faint, full } = await readPaths(name);
		lines.push(`\t'${name}': {`, `\t\tfaint: '${faint}',`, `\t\tfull: '${full}',`, '\t},');
	}
	lines.push('};', '');
	return lines.join('\n');
}

async function generateSheet(): Promise<string> {
	const symbols: string[] = [];
	for (const name of sheetGlyphNames)
		symbols.push(`<symbol id="${name}" viewBox="0 0 256 256">${await readGlyph(name)}</symbol>`);
	return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

/** The generated files by their paths. */
export async function makeGlyphs(): Promise<[string, string][]> {
	return [
		['src/ui/inline-glyphs.generated.ts', await generateInline()],
		['src/ui/glyph-sheet.generated.svg', await generateSheet()],
	];
}
