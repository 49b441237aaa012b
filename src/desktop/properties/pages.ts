/** The tabs of Properties, from left to right. */
import { lazy } from 'react';
import type { PropertiesPage } from './properties-page.ts';

export const propertiesPages: readonly PropertiesPage[] = [
	{
		id: 'general',
		label: 'General',
		isFor: () => true,
		Content: lazy(() => import('./general-page.tsx')),
	},
];
