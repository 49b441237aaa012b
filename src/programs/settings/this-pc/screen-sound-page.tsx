/** What the PC shows and plays on. */
import type { ProgramProps } from '#runtime/window-program.ts';
import { ScreenSection } from './screen-section.tsx';
import { SoundSection } from './sound-section.tsx';

export function ScreenSoundPage({ system }: ProgramProps) {
	return (
		<>
			<ScreenSection system={system} />
			<SoundSection system={system} />
		</>
	);
}
