/** The people of this computer, followed while a page shows them. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { System } from '#runtime/system.ts';
import { AccountsModel } from './accounts-model.ts';

export function useAccounts(system: System) {
	const model = useMemo(() => new AccountsModel(system), [system]);
	const view = useSyncExternalStore(model.subscribe, model.current);
	useEffect(() => void model.refresh(), [model]);
	return { model, view };
}
