/** Gives the screens of the seat, and the desktops at it, their one model. */
import { createContext, useContext } from 'react';
import type { SeatModel } from './seat-model.ts';

export const SeatContext = createContext<SeatModel | undefined>(undefined);

export function useSeat(): SeatModel {
	const seat = useContext(SeatContext);
	if (seat === undefined) throw new Error('A screen of the seat stands outside of it.');
	return seat;
}
