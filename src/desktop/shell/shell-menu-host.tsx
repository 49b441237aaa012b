/** Draws the menu that the shell has open. Its code comes with the first menu. */
import { lazy, Suspense } from 'react';
import { useDesktop, useModel } from '../desktop-context.ts';

const ContextMenu = lazy(() => import('#ui/controls/menu.tsx').then((module) => ({ default: module.ContextMenu })));

export function ShellMenuHost() {
	const { menu } = useDesktop();
	const open = useModel(menu, () => menu.open);
	if (open === undefined) return null;
	return (
		<Suspense fallback={null}>
			<ContextMenu
				key={`${open.position.x} ${open.position.y} ${open.label}`}
				label={open.label}
				entries={open.entries}
				position={open.position}
				placement={open.placement}
				onClose={() => menu.close()}
			/>
		</Suspense>
	);
}
