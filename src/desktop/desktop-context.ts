/** Gives every part of the desktop its one model. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DesktopModel } from './desktop-model.ts';

export const DesktopContext = createContext<DesktopModel | undefined>(undefined);

export function useDesktop(): DesktopModel {
	const desktop = useContext(DesktopContext);
	if (desktop === undefined) throw new Error('A part of the desktop stands outside of it.');
	return desktop;
}

interface Observable {
	subscribe(listener: () => void): () => void;
}

/** What `read` gives of a part of the model, followed as it changes. `read` must give equal things when unchanged. */
export function useModel<T>(model: Observable, read: () => T): T {
	return useSyncExternalStore(model.subscribe, read);
}
