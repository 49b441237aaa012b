/** The password of an account, typed at this terminal without being shown, or the first line of a file. */
import { readFile } from 'node:fs/promises';

const [interrupt, endOfInput, backspace, otherBackspace] = ['\u0003', '\u0004', '\u007f', '\b'];

/** Throws, in words, where there is no terminal to ask at. */
export async function askPassword(name: string, file: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
	if (file !== undefined) {
		const [line = ''] = (await readFile(file, 'utf8')).split(/\r?\n/, 1);
		return new TextEncoder().encode(line);
	}
	if (!process.stdin.isTTY)
		throw new Error(`There is no terminal to ask for the password of ${name} at: use --password-file.`);
	process.stderr.write(`Password of ${name}: `);
	process.stdin.setRawMode(true);
	try {
		return new TextEncoder().encode(await readLine());
	} finally {
		process.stdin.setRawMode(false);
		process.stdin.pause();
		process.stderr.write('\n');
	}
}

/** What is typed up to Enter. */
function readLine(): Promise<string> {
	return new Promise((resolve, reject) => {
		let typed: string[] = [];
		const take = (chunk: Buffer): void => {
			for (const key of chunk.toString('utf8')) {
				if (key === interrupt || key === endOfInput) finish(() => reject(new Error('No password was given.')));
				else if (key === '\r' || key === '\n') finish(() => resolve(typed.join('')));
				else if (key === backspace || key === otherBackspace) typed = typed.slice(0, -1);
				else typed.push(key);
			}
		};
		const finish = (then: () => void): void => {
			process.stdin.off('data', take);
			then();
		};
		process.stdin.on('data', take);
	});
}
