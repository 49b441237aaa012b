/** What Notepad opens by its extension. */
export const textExtensions: readonly string[] = [
	...['.txt', '.md', '.ini', '.log', '.cfg', '.csv', '.json', '.xml', '.inf', '.conf', '.yaml', '.yml', '.toml'],
	...['.asm', '.inc', '.c', '.h', '.cpp', '.pas', '.bas', '.py', '.js', '.ts', '.css', '.sh', '.sql'],
	...['.nfo', '.diz', '.me', '.1st', '.bat', '.cmd', '.reg', '.url', '.srt'],
];
