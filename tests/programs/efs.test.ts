/** The command `efs` as somebody uses it in a shell, with real keys. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rights } from '#abi/rights.ts';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { decode, encode, People, type Person } from '../encryption/people.ts';

const words = 'two old clocks';
const phrase = `${words}\n`;

describe('efs', { timeout: 180_000 }, () => {
	let people: People;
	let anna: Person;
	before(async () => {
		people = new People(await openNodeVolume(undefined));
		await people.create('Anna', words);
		await people.create('Bert', words);
		anna = await people.logOn('Anna', words);
		await people.logOn('Bert', words);
		await anna.system.pathMakeDirectory(`${anna.home}/Letters`);
		for (const name of ['a', 'b'])
			await anna.system.pathWrite(`${anna.home}/Letters/${name}`, encode(name), 'create-new');
	});
	after(() => people.close());

	/** What the command writes, with its exit code at the end. */
	async function efs({ system, home }: Person, list: readonly string[], input = ''): Promise<string> {
		const [output, text] = [await system.pipeCreate(), await system.pipeCreate()];
		const pid = await system.processSpawn('efs', {
			...{ arguments: [...list], environment: [`HOME=${home}`], workingDirectory: home },
			...{ standardInput: text.read, standardOutput: output.write, standardError: output.write },
		});
		await system.streamWrite(text.write, encode(input));
		for (const handle of [text.read, text.write, output.write]) await system.handleClose(handle);
		let written = '';
		for (;;) {
			const bytes = await system.streamRead(output.read, 65_536);
			if (bytes.length === 0) break;
			written += decode(bytes);
		}
		await system.handleClose(output.read);
		return `${written}[${(await system.processWait(pid)).code}]`;
	}

	it('refuses to encrypt before a way back was proved, and says what to do', async () => {
		assert.match(await efs(anna, ['encrypt', 'Letters']), /permitted[\s\S]*\[1\]$/);
		assert.match(await efs(anna, ['keys']), /no way back yet[\s\S]*\[0\]$/);
	});

	it('makes a backup, which is a way back', async () => {
		assert.match(await efs(anna, ['backup', 'keys.txt'], phrase), /\.age or \.p12[\s\S]*\[2\]$/);
		assert.match(await efs(anna, ['backup', 'keys.age'], phrase), /Your keys are in keys\.age[\s\S]*\[0\]$/);
		assert.match(await efs(anna, ['keys']), /Way back: a backup of your keys\n\[0\]$/);
		assert.match(await efs(anna, ['restore', 'keys.age'], phrase), /have these keys already\.\n\[0\]$/);
		assert.match(await efs(anna, ['restore', 'keys.age'], 'wrong words\n'), /not the passphrase[\s\S]*\[1\]$/);
	});

	it('encrypts a folder with all in it, says who can open what, and decrypts it again', async () => {
		assert.equal(await efs(anna, ['encrypt', 'Letters']), '3 files and folders encrypted.\n[0]');
		const status = await efs(anna, ['status', '-r', 'Letters']);
		assert.match(status, /^Letters: what is made in it is encrypted\nLetters\/a: encrypted; opened by Anna\n/);
		assert.equal(await efs(anna, ['decrypt', 'Letters']), '3 files and folders decrypted.\n[0]');
		assert.match(await efs(anna, ['status', 'Letters/a']), /^Letters\/a: not encrypted\n\[0\]$/);
		assert.equal(await efs(anna, ['encrypt', 'Letters']), '3 files and folders encrypted.\n[0]');
	});

	it('shares, revokes and encrypts anew', async () => {
		assert.match(await efs(anna, ['share', 'Nobody', 'Letters/a']), /nobody with a key[\s\S]*\[1\]$/);
		assert.equal(await efs(anna, ['share', 'Bert', 'Letters']), '2 files and folders shared with Bert.\n[0]');
		assert.match(await efs(anna, ['status', 'Letters/a']), /opened by Anna, Bert\n/);
		assert.equal(
			await efs(anna, ['revoke', 'Bert', 'Letters', '--new-key']),
			'2 files and folders closed to Bert.\n[0]',
		);
		assert.match(await efs(anna, ['status', 'Letters/a']), /opened by Anna\n/);
	});

	it('keeps a file in its raw form, and makes it of that again', async () => {
		assert.equal(await efs(anna, ['export', 'Letters/a', 'a.efsraw']), '[0]');
		assert.equal(await efs(anna, ['import', 'a.efsraw', 'a again']), '[0]');
		assert.equal(decode(await anna.system.pathRead(`${anna.home}/a again`, 10)), 'a');
		assert.match(await efs(anna, ['import', 'keys.age', 'nothing']), /not the raw form[\s\S]*\[1\]$/);
		await assert.rejects(anna.system.fileOpen(`${anna.home}/nothing`, 'open', rights.read), { code: 'ENOENT' });
	});

	it('names recovery agents, whom an administrator adds and update gives to older files', async () => {
		const owner: Person = { sid: '', name: 'Owner', home: people.headless.home, system: people.admin };
		assert.match(await efs(anna, ['agent', 'add', 'Bank', 'keys.age'], phrase), /Access is denied[\s\S]*\[1\]$/);
		assert.match(await efs(owner, ['agent', 'create', 'agent.age'], phrase), /are in agent\.age[\s\S]*\[0\]$/);
		assert.match(await efs(owner, ['agent', 'add', 'Bank', 'agent.age'], phrase), /^Bank \([0-9a-f]{32}\) can open/);
		assert.match(await efs(anna, ['agent', 'list']), /^[0-9a-f]{32} {2}Bank\n\[0\]$/);
		assert.match(await efs(anna, ['status', 'Letters/a']), /efs update would give/);
		assert.equal(await efs(anna, ['update', 'Letters']), '2 files and folders brought up to date.\n[0]');
		assert.match(await efs(anna, ['status', 'Letters/a']), /opened by Anna, Bank \(agent\)\n/);
		assert.match(await efs(owner, ['agent', 'remove', 'Bank']), /no recovery agent any more/);
	});
});
