/** Where Vitrine has no PC for itself, nothing of one can be asked for or changed. */
import { fails } from './assertions.ts';
import type { ContractCase } from './machine.ts';

export const pcCases: readonly ContractCase[] = [
	{
		title: 'without a PC of its own the system says so, whatever of it is asked for',
		async run({ start }) {
			const { system } = await start();
			await fails('ENXIO', system.pcFacts(), 'what it is');
			await fails('ENXIO', system.pcPower(), 'where its power comes from');
			await fails('ENXIO', system.pcDisks(), 'its disks');
			await fails('ENXIO', system.pcUpdate(), 'its versions');
			await fails('ENXIO', system.pcUpdateFind(), 'updates on sticks');
			await fails('ENXIO', system.pcUpdateInstall('sdb1:vitrine.iso'), 'an update');
			await fails('ENXIO', system.pcUpdateChoose('keep'), 'which version starts');
			await fails('ENXIO', system.pcInstall('sda@1', ''), 'an installation');
			await fails('ENXIO', system.pcMakeData('sda@1', ''), 'a data partition');
			await fails('ENXIO', system.pcData(), 'where files are kept');
			await fails('ENXIO', system.pcDataPassphrase('old words', 'new words'), 'another passphrase');
		},
	},
];
