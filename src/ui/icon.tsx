/**
 * One component for every picture in the interface: glyphs for actions, artwork for things.
 *
 * Rules of use:
 * - An icon is decoration beside a word; where it stands alone, its button carries the accessible name.
 * - Glyphs take the colour of the text around them. Artwork has its own colours.
 */
import { type ArtworkName, artworkUrl, isArtworkName } from './artwork.ts';
import type { GlyphName } from './glyph-names.ts';
import glyphSheetUrl from './glyph-sheet.generated.svg?url';
import { inlineGlyphs } from './inline-glyphs.generated.ts';
import './icon.css';

export type IconName = GlyphName | ArtworkName;

export interface IconProps {
	readonly name: IconName;
	/** Width and height in CSS pixels; 16, 20, 24, 32, 48 or 64. */
	readonly size?: number;
	readonly className?: string;
}

export function Icon({ name, size = 20, className = '' }: IconProps) {
	if (isArtworkName(name))
		return (
			<img
				className={`icon icon-artwork ${className}`}
				src={artworkUrl(name)}
				width={size}
				height={size}
				alt=""
				draggable={false}
			/>
		);
	const glyph = inlineGlyphs[name];
	return (
		<svg className={`icon icon-glyph ${className}`} width={size} height={size} viewBox="0 0 256 256" aria-hidden="true">
			{glyph === undefined ? (
				<use href={`${glyphSheetUrl}#${name}`} />
			) : (
				<>
					<path d={glyph.faint} opacity="0.2" />
					<path d={glyph.full} />
				</>
			)}
		</svg>
	);
}
