/** Renders a component again whenever something outside React has changed. */
import { useSyncExternalStore } from 'react';
import type { Event } from '#base/emitter.ts';

/** `read` must return the same value until the next event. */
export function useEvent<T>(event: Event<void>, read: () => T): T {
	return useSyncExternalStore((listener) => {
		const subscription = event(listener);
		return () => subscription.dispose();
	}, read);
}
