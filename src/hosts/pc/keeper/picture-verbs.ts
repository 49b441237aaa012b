/**
 * A picture of the screen, made by the compositor's own client as the account that the screen belongs to: no other account
 * may enter the folder of its socket.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { OsError } from '#abi/errors.ts';
import { defineVerb, textLike, type Verb } from './verb.ts';

const environment = { PATH: '/usr/bin', XDG_RUNTIME_DIR: '/run/desktop', WAYLAND_DISPLAY: 'wayland-0' };
const account = { uid: 802, gid: 802 };
const patienceMs = 20_000;

export const pictureVerbs: Readonly<Record<string, Verb>> = {
	/** Writes a PNG to `/run/host/NAME`, which the host service reads and removes. */
	'picture.take': defineVerb({ name: textLike(/picture-[A-Za-z0-9_-]{22}/) }, async ({ name }, { signal }) => {
		const path = `/run/host/${name}`;
		// A new file, and no link in its place: the folder is the host service's.
		const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
		const file = await open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o644);
		try {
			await takePicture(file, signal);
		} catch (error) {
			await rm(path, { force: true });
			throw error;
		} finally {
			await file.close();
		}
		return {};
	}),
};

function takePicture(file: FileHandle, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stdio = ['ignore', file.fd, 'inherit'] as const;
		const given = { ...account, env: environment, cwd: '/', timeout: patienceMs, signal, stdio: [...stdio] };
		const tool = spawn('grim', ['-'], given);
		tool.on('error', (cause) => reject(new OsError('EIO', 'the picture of the screen', { cause })));
		tool.on('close', (status) => {
			if (status === 0) resolve();
			else reject(new OsError('EIO', `the picture of the screen (${status})`));
		});
	});
}
