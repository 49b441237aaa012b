/** Where Vitrine has no PC for itself, nothing of one can be asked for or changed. */
import { rights } from '#abi/rights.ts';
import { fails } from './assertions.ts';
import type { ContractCase } from './machine.ts';

export const pcCases: readonly ContractCase[] = [
	{
		title: 'without a PC of its own the system says so, whatever of it is asked for',
		async run({ start }) {
			const { system } = await start();
			await fails('ENXIO', system.pcFacts(), 'what it is');
			await fails('ENXIO', system.pcPower(), 'where its power comes from');
			await fails('ENXIO', system.pcSettings(), 'what was chosen for it');
			await fails('ENXIO', system.pcChoices(), 'what could be chosen');
			await fails('ENXIO', system.pcChangeSettings({ network: 'open' }), 'a change');
			await fails('ENXIO', system.pcSound(), 'its sound');
			await fails('ENXIO', system.pcSetSound('PCH', 1, false), 'a loudness');
			await fails('ENXIO', system.pcNetwork(), 'its network');
			await fails('ENXIO', system.pcScreens(), 'its screens');
			const mode = { width: 1280, height: 720, millihertz: 60_000 };
			await fails('ENXIO', system.pcSetScreen('eDP-1', mode, 1, false), 'a size');
			await fails('ENXIO', system.pcDisks(), 'its disks');
			await fails('ENXIO', system.pcDrives(), 'what is plugged in');
			await fails('ENXIO', system.pcDriveOpen('sdb1'), 'a stick');
			await fails('ENXIO', system.pcDriveEject('sdb1'), 'a stick to unplug');
			await fails('ENXIO', system.pcUpdate(), 'its versions');
			await fails('ENXIO', system.pcUpdateFind(), 'updates on sticks');
			await fails('ENXIO', system.pcUpdateInstall('sdb1:vitrine.iso'), 'an update');
			await fails('ENXIO', system.pcUpdateChoose('keep'), 'which version starts');
			await fails('ENXIO', system.pcInstall('sda@1', ''), 'an installation');
			await fails('ENXIO', system.pcMakeData('sda@1', ''), 'a data partition');
			await fails('ENXIO', system.pcJudgeImage('', 1), 'what an image is');
			const file = await system.fileOpen('image.iso', 'create-new', rights.read);
			await fails('ENXIO', system.pcWriteImage(file, '', 'sda@1'), 'an image on a stick');
			await fails('ENXIO', system.pcData(), 'where files are kept');
			await fails('ENXIO', system.pcDataPassphrase('old words', 'new words'), 'another passphrase');
		},
	},
];
