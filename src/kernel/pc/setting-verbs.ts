/** What the kernel asks the PC for about what a person sets; the work is in `hosts/pc`. */
import type {
	PcChoices,
	PcNetwork,
	PcScreen,
	PcSettings,
	PcSettingsChange,
	PcSound,
} from '#abi/structures.generated.ts';

interface Exchange<Given, Result> {
	readonly arguments: Given;
	readonly result: Result;
}

type Nothing = Readonly<Record<string, never>>;

interface ScreenWish {
	readonly name: string;
	readonly width: number;
	readonly height: number;
	readonly millihertz: number;
	readonly scale: number;
	readonly keep: boolean;
}

interface SoundWish {
	readonly output: string;
	readonly percent: number;
	readonly muted: boolean;
}

export interface PcSettingVerbs {
	readonly 'pc.choices': Exchange<Nothing, PcChoices>;
	readonly 'pc.network-cards': Exchange<Nothing, PcNetwork['cards']>;
	readonly 'settings.read': Exchange<Nothing, PcSettings>;
	readonly 'settings.change': Exchange<{ readonly change: PcSettingsChange }, Nothing>;
	readonly 'sound.read': Exchange<Nothing, PcSound>;
	readonly 'sound.set': Exchange<SoundWish, Nothing>;
	readonly 'screen.list': Exchange<Nothing, PcScreen[]>;
	readonly 'screen.set': Exchange<ScreenWish, Nothing>;
}
