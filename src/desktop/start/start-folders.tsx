/** The right column of the Start menu: the person's folders and the system's places. */
import { useEffect, useState } from 'react';
import type { KnownFolders } from '#base/known-folders.ts';
import { AccountPicture } from '#ui/controls/account-picture.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import type { DesktopModel } from '../desktop-model.ts';

interface Place {
	readonly title: string;
	readonly icon: IconName;
	readonly path?: string;
	readonly folder?: keyof KnownFolders;
	readonly program?: string;
}

const places: readonly (readonly Place[])[] = [
	[
		{ title: 'Home', icon: 'folder-home', folder: 'home' },
		{ title: 'Documents', icon: 'folder-documents', folder: 'documents' },
		{ title: 'Pictures', icon: 'folder-pictures', folder: 'pictures' },
		{ title: 'Downloads', icon: 'folder-downloads', folder: 'downloads' },
	],
	[
		{ title: 'Computer', icon: 'computer', path: '/' },
		{ title: 'Settings', icon: 'settings', program: 'settings' },
		{ title: 'Help', icon: 'help', program: 'help' },
	],
];

/** Whose desktop it is; leads to what they can say about themselves. */
function Person() {
	const desktop = useDesktop();
	const person = useModel(desktop, () => desktop.person);
	const [picture, setPicture] = useState('');
	useEffect(() => {
		void findPicture(desktop).then(setPicture, () => setPicture(''));
	}, [desktop]);
	const open = () => {
		desktop.popups.close();
		desktop.launch('settings', ['accounts']);
	};
	return (
		<button type="button" className="start-user" title="Your account" onClick={open}>
			<AccountPicture name={person?.name ?? ''} picture={picture} size={56} />
			<span>{person?.name}</span>
		</button>
	);
}

async function findPicture({ ready, person }: DesktopModel): Promise<string> {
	const accounts = await (await ready).accountList();
	return accounts.find(({ sid }) => sid === person?.account)?.picture ?? '';
}

export function StartFolders() {
	const { popups, openPath, openFolder, launch } = useDesktop();
	return (
		<nav className="start-folders" aria-label="Folders">
			<Person />
			{places.map((group) => (
				<ul key={group[0]?.title} className="start-places">
					{group.map((place) => (
						<li key={place.title}>
							<button
								type="button"
								className="start-place"
								onClick={() => {
									popups.close();
									if (place.folder !== undefined) openFolder(place.folder);
									else if (place.path !== undefined) openPath(place.path);
									else if (place.program !== undefined) launch(place.program, []);
								}}
							>
								<Icon name={place.icon} size={20} />
								{place.title}
							</button>
						</li>
					))}
				</ul>
			))}
		</nav>
	);
}
