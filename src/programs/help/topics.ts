/**
 * The help pages: short, and true of this version. What does not work yet is said on a page of its own.
 *
 * Rules of use: a paragraph is plain text; `**words**` are names of things on the screen.
 */
import type { ShortcutDescription } from '#runtime/window-program.ts';

export type Block =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'steps' | 'list'; readonly items: readonly string[] }
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'keys'; readonly rows: readonly (readonly [keys: string, action: string])[] };

export interface Topic {
	readonly id: string;
	readonly title: string;
	readonly keywords: readonly string[];
	readonly blocks: readonly Block[];
}

const text = (content: string): Block => ({ kind: 'text', text: content });
const heading = (content: string): Block => ({ kind: 'heading', text: content });
const steps = (...items: string[]): Block => ({ kind: 'steps', items });
const list = (...items: string[]): Block => ({ kind: 'list', items });

const writtenTopics: readonly Topic[] = [
	{
		id: 'old-programs',
		title: 'Getting an old program in',
		keywords: ['dos', 'exe', 'com', 'install', 'import', 'drag', 'legacy', 'game', 'run', 'start'],
		blocks: [
			text('An old program is a file, or a folder of files. Bring all of it, then double-click the program.'),
			steps(
				'Drag the program’s folder from your computer onto the desktop or into an Explorer window. It is copied; the original stays where it is.',
				'Open the folder and double-click the program (**.exe**, **.com** or **.bat**).',
				'It starts in its own window. A DOS program sees its folder as drive C:, and what it writes comes back into the folder.',
			),
			text('The **Samples** folder on the desktop has a program of our own to try first.'),
			heading('While it runs'),
			list(
				'Click the screen and the keyboard is the program’s. **Ctrl+F10** takes keyboard and mouse back; the line below the screen says whose they are.',
				'**Give the mouse to the machine** is for programs that need all of it.',
				'Pause, restart, speed, sound, full screen and pictures of the screen are in the bar of the window.',
				'It has no network, and cannot see any other folder than its own.',
			),
			heading('When it does not start'),
			text(
				'The window says what the file is and why it cannot run. Programs for Windows are recognised, and cannot run yet unless you have an image of a disk with a system that runs them.',
			),
		],
	},
	{
		id: 'floppies-and-discs',
		title: 'Floppies, discs and disk images',
		keywords: ['iso', 'cd', 'img', 'floppy', 'boot', 'hard disk', 'image', 'machine', 'v86', 'pc'],
		blocks: [
			text(
				'An image is a file with everything that was on a floppy, a CD or a hard disk. Drag it in like any other file.',
			),
			steps(
				'Double-click the image. Vitrine looks at its content, not at its name.',
				'If it can start a PC, a machine starts from it in a window of its own.',
				'Close the window to switch the machine off. What it has changed on the image is kept only when you say so.',
			),
			text(
				'The machine is a PC of the nineties in software: for DOS and the early graphical systems it is quick enough, for later ones it is slow.',
			),
			heading('Making an image of a real floppy'),
			text(
				'On another computer read the disk with a tool for disk images (on Linux: **dd if=/dev/fd0 of=disk.img**) and drag the file here.',
			),
		],
	},
	{
		id: 'keyboard',
		title: 'Working by keyboard',
		keywords: ['keys', 'shortcuts', 'alt tab', 'switch', 'snap', 'accessibility', 'windows key'],
		blocks: [
			text(
				'Everything can be done without a mouse. Some keys belong to the browser or to your computer and never reach a page; so each command of the desktop has a key that always arrives; those are listed here. In full screen, and where Vitrine is installed as an app, the keys of habit (Alt+Tab, Meta and an arrow) work too: **Settings**, **Keyboard** lists both.',
			),
			heading('Everywhere'),
			{
				kind: 'keys',
				rows: [
					['Tab, Shift+Tab', 'Next and previous control'],
					['Arrow keys', 'Move within a list, a menu, a tool bar'],
					['Enter', 'Open, or press the main button'],
					['Esc', 'Close a menu or dialog'],
					['Shift+F10', 'Menu of what is selected'],
					['F10', 'Menu bar of the window'],
				],
			},
		],
	},
	{
		id: 'files',
		title: 'Where your files are',
		keywords: ['storage', 'volume', 'backup', 'export', 'save', 'lost', 'folder', 'documents', 'disk', 'download'],
		blocks: [
			text(
				'All files are in the system volume, one database that the browser keeps on this computer for this address. Another browser, another profile or another address has another, empty volume.',
			),
			list(
				'What a program has saved is on the disk before the program is told so: a crash or a power cut loses nothing that was saved.',
				'Only one tab at a time has the volume. A second tab says so, and offers to take over.',
				'Deleted files go to the **Recycle Bin** until you empty it. The shell’s **rm** deletes at once.',
			),
			heading('Backups'),
			text(
				'Clearing the browser’s data for this address removes the volume. Keep copies: in Explorer choose a folder and take **Save to your computer…** from its menu; it becomes a ZIP file. **Settings**, **Storage** tells whether the browser has promised to keep the volume, and checks every checksum when you ask.',
			),
			heading('When the disk is full'),
			text(
				'Saving fails with a clear message and nothing that was there is harmed. A reserve makes sure that you can still delete.',
			),
		],
	},
	{
		id: 'management',
		title: 'Settings, events and services',
		keywords: ['log', 'event viewer', 'service', 'policy', 'administrator', 'export', 'backup', 'error', 'maintenance'],
		blocks: [
			text(
				'What the system and its programs write down is in the **Event Viewer**: errors, warnings, and what was done by whom. It stays on this computer. Search by words, level and log; **Export…** keeps what you see as a file.',
			),
			text(
				'**Task Manager**, **Services** shows programs that the system keeps running by itself. **Maintenance** reads the whole volume once a month and writes down whether it is undamaged. One that fails is started again a little later; when it fails again and again it is left alone, and the Event Viewer says why.',
			),
			heading('In the Terminal'),
			list(
				'**settings list** shows every setting and where its value comes from; **settings export /user/self my.txt** keeps yours as text, **settings import my.txt** takes them over: all of them, or none when a line has an error.',
				'A value under **/machine** holds for all users; one under **/policy** goes before everything else, and programs show that it cannot be changed. Both need an administrator: **elevate settings set …**.',
				'**log -f** shows events as they happen, **log -a -j** all of them as JSON.',
				'**service** lists the services; **service restart NAME** does what it says.',
			),
		],
	},
	{
		id: 'people',
		title: 'Several people, passwords and locking',
		keywords: ['account', 'user', 'logon', 'sign in', 'guest', 'recovery code', 'passkey', 'forgot', 'administrator'],
		blocks: [
			text(
				'In **Settings**, **Your account** you choose a picture and a password, and make a **recovery code**: the way back in when the password is lost. Nobody can read your password, so nobody else can tell it to you.',
			),
			steps(
				'Open **Start** and press the arrow beside **Shut down**.',
				'**Lock** covers your desktop until you are back; its programs run on. **Switch user** lets somebody else work meanwhile.',
				'**Log off** ends your programs, after asking about what is not saved.',
			),
			heading('For administrators'),
			list(
				'**Settings**, **People**, **Manage people…** adds people, changes what they may do, and lets a guest in, who leaves nothing behind.',
				'A password that you set for somebody does not open what they had encrypted. They need their old password, their recovery code or a recovery agent for that.',
				'A standard user who starts something that administers this computer asks you for your password at their screen.',
			),
			text('After several wrong passwords the logon screen waits, longer each time, and says how long.'),
		],
	},
	{
		id: 'notepad',
		title: 'Text from old programs',
		keywords: [
			'notepad',
			'encoding',
			'umlaut',
			'cp437',
			'code page',
			'line ends',
			'nfo',
			'characters',
			'wrong letters',
		],
		blocks: [
			text(
				'Old programs wrote letters in code pages. **Notepad** finds out which one, shows it at the lower right, and writes the file back the same way.',
			),
			list(
				'Wrong letters? Choose another encoding at the lower right: CP437 or CP850 for DOS, Windows-1252 for early Windows.',
				'Line ends stay as they are; choose others at the lower right.',
				'When a character does not exist in the encoding, Notepad says which and where before anything is written.',
			),
		],
	},
	{
		id: 'terminal',
		title: 'The terminal',
		keywords: ['shell', 'sh', 'command', 'prompt', 'console', 'pipe'],
		blocks: [
			text(
				'**Terminal** has a shell in the manner of Unix: pipes, redirections, variables, loops, functions, scripts and jobs. Type **help** for its commands, and **NAME --help** for one of them. Programs for WASI start by their path.',
			),
			{
				kind: 'keys',
				rows: [
					['Tab', 'Complete a name; twice: list what fits'],
					['Up, Down', 'Earlier commands'],
					['Ctrl+R', 'Search earlier commands'],
					['Ctrl+C', 'End the command, or copy when text is selected'],
					['Ctrl+Z', 'Stop the command; **fg** lets it go on, **bg** in the background'],
					['Ctrl+D', 'End of what you type for a command; at the prompt: end the shell'],
					['Ctrl+Shift+C, Ctrl+Shift+V', 'Copy, paste'],
					['Ctrl++, Ctrl+-', 'Larger, smaller text'],
				],
			},
			text(
				'Drag a file from Explorer onto the terminal to write its path. **open FILE** does what a double-click does, **start PROGRAM** starts a program. Ctrl+W closes the tab in most browsers: use Alt+Backspace to delete a word.',
			),
		],
	},
	{
		id: 'encrypted-files',
		title: 'Encrypted files',
		keywords: ['encrypt', 'efs', 'cipher', 'secret', 'recovery', 'backup', 'key', 'share', 'agent', 'password'],
		blocks: [
			text(
				'What is encrypted, you can open while you are logged on, and nobody else: not another person here, not an administrator, not somebody with the disk. Names, sizes and dates stay readable.',
			),
			steps(
				'Right-click a file or folder and choose **Properties**, then **Encryption**. The first time you are asked to prove a way back: a recovery code to print and type back, or a backup of your keys.',
				'Of a folder, everything in it is encrypted, and what comes into it later.',
				'**Share** lets another person of this computer open a file. They need the permission to read it as well.',
			),
			heading('When a password is lost'),
			list(
				'The **recovery code** logs you on.',
				'After an administrator has set a new password, your **old password**, the recovery code or a **backup** of your keys opens what was encrypted before.',
				'A **recovery agent**, when your administrator has named one, opens everything that was encrypted since.',
				'With none of these it is lost. That is why one is asked for first.',
			),
			heading('In the terminal'),
			text(
				'**efs encrypt** and **efs decrypt** take files and folders, **efs status** says who can open what, **efs share PERSON FILE**, **efs revoke PERSON FILE --new-key**, **efs keys**, **efs backup FILE.age**, **efs restore FILE**, **efs agent**.',
			),
		],
	},
	{
		id: 'not-yet',
		title: 'What does not work yet',
		keywords: ['missing', 'limits', 'known problems', 'windows programs', 'printer', 'network'],
		blocks: [
			list(
				'Programs for Windows do not run by themselves; they need the image of a disk with a system that runs them.',
				'No domain: the people of this computer are known to this computer alone.',
				'No printing.',
				'No network for old programs. This is meant so.',
				'The shell has no arrays, and there is no **awk**.',
				'Pictures shows pictures; it does not change them.',
				'A file larger than 32 MB can be looked at in Notepad, not edited.',
			),
		],
	},
];

/** The pages, with the desktop's own keys on the keyboard page. */
export function createTopics(shortcuts: readonly ShortcutDescription[]): readonly Topic[] {
	const groups = [...new Set(shortcuts.map(({ group }) => group))];
	const blocks = groups.flatMap((group): Block[] => [
		heading(group),
		{
			kind: 'keys',
			rows: shortcuts
				.filter((shortcut) => shortcut.group === group)
				.map(({ keys, inTab, action }) => [inTab ?? keys, action]),
		},
	]);
	return writtenTopics.map((topic) =>
		topic.id === 'keyboard' ? { ...topic, blocks: [...topic.blocks, ...blocks] } : topic,
	);
}

export function textOf(block: Block): string {
	if (block.kind === 'text' || block.kind === 'heading') return block.text;
	return block.kind === 'keys' ? block.rows.flat().join(' ') : block.items.join(' ');
}

/** Topics that have every word of `query`, those with it in the title first. */
export function searchTopics(topics: readonly Topic[], query: string): Topic[] {
	const words = query
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');
	const has = (content: string) => words.every((word) => content.toLowerCase().includes(word));
	const inTitle = (topic: Topic) => has(`${topic.title} ${topic.keywords.join(' ')}`);
	const found = topics.filter((topic) => inTitle(topic) || has([topic.title, ...topic.blocks.map(textOf)].join(' ')));
	return found.sort((one, other) => Number(inTitle(other)) - Number(inTitle(one)));
}
