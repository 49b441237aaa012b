/**
 * What a person calls a file, and its icon, from its extension.
 *
 * The extension decides here because a folder shows thousands of files without opening them; what a double-click
 * starts is decided by the content.
 */

import { recycleBins, systemFolder } from '#base/known-folders.ts';
import { extensionName } from '#base/path.ts';
import type { KnownFolders } from '#runtime/window-program.ts';
import type { ArtworkName } from '#ui/artwork.ts';
import type { FileEntry } from './file-entry.ts';

interface FileType {
	readonly name: string;
	readonly icon: ArtworkName;
}

const folderType: FileType = { name: 'Folder', icon: 'folder' };
const linkType: FileType = { name: 'Link', icon: 'file' };
const unnamedType: FileType = { name: 'File', icon: 'file' };

/** Extensions and what they mean, by the artwork that shows them. */
const groups: readonly [icon: ArtworkName, types: string][] = [
	[
		'file-text',
		'txt:Text document,log:Log,md:Markdown text,nfo:Text document,me:Text document,diz:Text document,csv:Table (CSV),rtf:Rich text,doc:Word document,docx:Word document,wri:Write document,pdf:PDF document,xls:Spreadsheet,xlsx:Spreadsheet,hlp:Help file,chm:Help file',
	],
	['file-settings', 'ini:Settings text,cfg:Settings text,inf:Set-up information,reg:Registry text'],
	[
		'file-picture',
		'png:PNG picture,jpg:JPEG picture,jpeg:JPEG picture,gif:GIF picture,webp:WebP picture,bmp:Bitmap picture,svg:SVG drawing,ico:Icon,avif:AVIF picture,pcx:PCX picture,tif:TIFF picture,tiff:TIFF picture',
	],
	['file-program', 'exe:Program,com:DOS program,pif:Program information'],
	['file-script', 'bat:Batch program,cmd:Batch program,sh:Shell script'],
	[
		'file-library',
		'dll:Program library,sys:Device driver,drv:Device driver,vxd:Device driver,ovl:Program overlay,ocx:Program library',
	],
	['file-floppy', 'ima:Floppy disk image,vfd:Floppy disk image,flp:Floppy disk image'],
	['file-disk', 'img:Disk image,vhd:Hard disk image,hdd:Hard disk image,qcow2:Hard disk image,vmdk:Hard disk image'],
	['file-disc', 'iso:Disc image,cue:Disc image description'],
	[
		'file-archive',
		'zip:ZIP archive,arj:ARJ archive,lzh:LZH archive,rar:RAR archive,7z:7z archive,gz:Gzip archive,tar:Tar archive,cab:Cabinet archive',
	],
	[
		'file-audio',
		'wav:Wave sound,mp3:MP3 sound,ogg:Ogg sound,mid:MIDI music,midi:MIDI music,flac:FLAC sound,mod:Module music,voc:Voice sound',
	],
	[
		'file-video',
		'avi:AVI film,mp4:MP4 film,mpg:MPEG film,mpeg:MPEG film,webm:WebM film,fli:FLI animation,flc:FLC animation',
	],
	['file-font', 'ttf:Font,otf:Font,fon:Font,woff2:Font'],
	[
		'file-code',
		'c:C source,h:C header,cpp:C++ source,pas:Pascal source,bas:BASIC source,asm:Assembly source,js:JavaScript,ts:TypeScript,json:JSON,xml:XML,html:Web page,htm:Web page,css:Style sheet,nc:Machine control program',
	],
	['file', 'bin:Binary data,dat:Data,tmp:Temporary file,bak:Backup copy'],
];

const typesByExtension = new Map<string, FileType>(
	groups.flatMap(([icon, types]) =>
		types.split(',').map((type): [string, FileType] => {
			const [extension = '', name = ''] = type.split(':');
			return [`.${extension}`, { name, icon }];
		}),
	),
);

function typeOf(entry: Pick<FileEntry, 'name' | 'kind'>): FileType {
	if (entry.kind === 'directory') return folderType;
	if (entry.kind === 'link') return linkType;
	const extension = extensionName(entry.name);
	if (extension === '') return unnamedType;
	return typesByExtension.get(extension) ?? { name: `${extension.slice(1, 12).toUpperCase()} file`, icon: 'file' };
}

/** `Text document`, `Folder`, `XYZ file`. */
export function typeName(entry: Pick<FileEntry, 'name' | 'kind'>): string {
	return typeOf(entry).name;
}

export function iconOf(entry: Pick<FileEntry, 'name' | 'kind'>): ArtworkName {
	return typeOf(entry).icon;
}

/** The system's own folders have pictures of their own. */
export function iconOfPath(path: string, entry: Pick<FileEntry, 'name' | 'kind'>, folders: KnownFolders): ArtworkName {
	if (entry.kind !== 'directory') return iconOf(entry);
	switch (path) {
		case '/':
			return 'computer';
		case folders.home:
			return 'folder-home';
		case folders.desktop:
			return 'folder-desktop';
		case folders.documents:
			return 'folder-documents';
		case folders.pictures:
			return 'folder-pictures';
		case folders.downloads:
			return 'folder-downloads';
		case folders.samples:
			return 'folder-samples';
		case folders.recycleBin:
		case recycleBins:
			return 'bin-empty';
		case systemFolder:
			return 'folder-system';
		case folders.settings:
			return 'folder-settings';
		default:
			return 'folder';
	}
}

const pictureTypes: Readonly<Record<string, string>> = {
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.jpeg': 'image/jpeg',
	'.gif': 'image/gif',
	'.webp': 'image/webp',
	'.bmp': 'image/bmp',
	'.ico': 'image/x-icon',
	'.avif': 'image/avif',
};

/** The MIME type of a picture that can be shown small, or `undefined`. SVG is left out: it may run script. */
export function pictureType(name: string): string | undefined {
	return pictureTypes[extensionName(name)];
}
