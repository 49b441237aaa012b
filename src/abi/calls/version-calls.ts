/** Previous versions of files: what a file held before it was changed, replaced or deleted. */
import { call, changeErrors, type SystemCallDefinition, walkErrors } from '../call-definition.ts';

const kept =
	'A version is kept before the first change after a file was opened for writing, when another file takes its name, and when it is deleted; not more often, not of what is left out, and not for longer than the settings `versions/…` say. Versions go with their file when it is renamed or moved. A version can be read by who may read it and, while its file is there, the file too; others do not see it.';

const path = ['path', 'the file'] as const;
const version = ['size', 'number of the version'] as const;

export const versionCalls: readonly SystemCallDefinition[] = [
	call(240, 'version_list', 'Lists the previous versions of a file', {
		description: `The newest first. ${kept} Of a file that was deleted, \`path\` is where it stood.`,
		arguments: { path },
		result: 'PreviousVersion[]',
		errors: [...walkErrors, 'ENOTSUP'],
		seeAlso: ['version_restore', 'version_list_deleted'],
	}),
	call(241, 'version_list_deleted', 'Lists the deleted files of a folder whose versions are kept', {
		description: `In the order of names. ${kept} When a folder is removed, what was kept of its files goes too.`,
		arguments: { path: ['path', 'the folder'] },
		result: 'DeletedFile[]',
		errors: [...walkErrors, 'ENOTSUP'],
		seeAlso: ['version_list', 'version_restore'],
	}),
	call(242, 'version_restore', 'Makes a file hold again what a version holds', {
		description:
			'What the file held is kept as a version first, and its number is the result, so that the same call takes it back; 0 when the file had been deleted and is there again. Permissions stay those of the file; one that had been deleted gets those that it had.',
		arguments: { path, version },
		result: 'size',
		errors: [...changeErrors, 'ENOTSUP', 'EISDIR', 'EEXIST', 'EBUSY'],
		mutates: true,
		seeAlso: ['version_list'],
	}),
	call(243, 'version_erase', 'Deletes versions of a file for good', {
		description: 'The file stays as it is. Needs the right to delete it. Returns how many versions went.',
		arguments: {
			path: ['path', 'the file, or where it stood before it was deleted'],
			version: ['size', 'number of the version; 0: all of them'],
		},
		result: 'size',
		errors: [...changeErrors, 'ENOTSUP', 'EBUSY'],
		mutates: true,
		seeAlso: ['path_erase'],
	}),
	call(244, 'path_erase', 'Deletes a file, or a folder with all that is in it, for good', {
		description:
			'As `path_unlink` and `path_remove_tree`, but nothing of it is kept as a previous version, and the versions that there are go too. What they held is overwritten.',
		arguments: { path: ['path', 'the file or folder; a link at its end is not followed'] },
		errors: [...changeErrors, 'EBUSY'],
		mutates: true,
		seeAlso: ['path_unlink', 'path_remove_tree', 'version_erase'],
	}),
	call(245, 'version_status', 'Tells how many versions there are and what room they take', {
		result: 'VersionStatus',
		errors: ['ENOTSUP'],
		seeAlso: ['version_list'],
	}),
];
