/** The right column of the Start menu: the person's folders and the system's places. */
import type { KnownFolders } from '#base/known-folders.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';

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

export function StartFolders() {
	const { popups, openPath, openFolder, launch, person } = useDesktop();
	return (
		<nav className="start-folders" aria-label="Folders">
			<div className="start-user">
				<Icon name="user" size={48} />
				<span>{person?.name}</span>
			</div>
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
