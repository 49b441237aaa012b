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
		},
	},
];
