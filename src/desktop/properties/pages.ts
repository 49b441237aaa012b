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
	{
		id: 'security',
		label: 'Security',
		// A link has no permissions of its own.
		isFor: ({ stats }) => stats.every(({ kind }) => kind === 'file' || kind === 'directory'),
		Content: lazy(() => import('./security/security-page.tsx')),
	},
	{
		id: 'encryption',
		label: 'Encryption',
		isFor: ({ files, stats }) =>
			files.encryption.isSupported && stats.every(({ kind }) => kind === 'file' || kind === 'directory'),
		Content: lazy(() => import('./encryption/encryption-page.tsx')),
	},
	{
		id: 'versions',
		label: 'Previous versions',
		isFor: ({ stats: [stat], paths }) =>
			paths.length === 1 && stat !== undefined && (stat.kind === 'file' || stat.kind === 'directory'),
		Content: lazy(() => import('./versions/versions-page.tsx')),
	},
];
