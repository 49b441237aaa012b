/** The test kit of the age format (C2SP CCTV): files that must open to what they say, and files that must not. */
import { armor, Decrypter } from 'age-encryption';
import { judge, toHex, type VectorReport, type Verdict } from './vector-report.ts';

interface KitFile {
	readonly name: string;
	readonly fields: ReadonlyMap<string, readonly string[]>;
	readonly body: Uint8Array<ArrayBuffer>;
}

export function checkAgeTestkit(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<VectorReport> {
	return judge('age test kit', [...files].map(readKitFile), checkKitFile);
}

async function checkKitFile(file: KitFile): Promise<Verdict> {
	const expected = file.fields.get('expect')?.[0];
	const opened = await open(file).catch(() => undefined);
	if (expected !== 'success') return opened === undefined ? undefined : `${file.name}: opened, though ${expected}`;
	if (opened === undefined) return `${file.name}: did not open`;
	const hash = toHex(await crypto.subtle.digest('SHA-256', opened));
	return hash === file.fields.get('payload')?.[0] ? undefined : `${file.name}: opened to something else`;
}

async function open({ fields, body }: KitFile): Promise<Uint8Array<ArrayBuffer>> {
	const decrypter = new Decrypter();
	for (const passphrase of fields.get('passphrase') ?? []) decrypter.addPassphrase(passphrase);
	for (const identity of fields.get('identity') ?? []) decrypter.addIdentity(identity);
	const plain = fields.has('compressed') ? await inflate(body) : body;
	const isArmored = fields.get('armored')?.[0] === 'yes';
	const file = isArmored ? armor.decode(new TextDecoder('utf-8', { fatal: true }).decode(plain)) : plain;
	return new Uint8Array(await decrypter.decrypt(file));
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Lines `field: value` up to an empty one, then the file itself. */
function readKitFile([name, bytes]: readonly [name: string, bytes: Uint8Array<ArrayBuffer>]): KitFile {
	const fields = new Map<string, string[]>();
	let start = 0;
	for (;;) {
		const end = bytes.indexOf(10, start);
		const line = new TextDecoder().decode(bytes.subarray(start, end));
		start = end + 1;
		if (line === '' || end < 0) break;
		const [field = '', value = ''] = line.split(/: (.*)/s);
		fields.set(field, [...(fields.get(field) ?? []), value]);
	}
	return { name, fields, body: bytes.slice(start) };
}
