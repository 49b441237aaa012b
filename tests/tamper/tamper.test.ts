/** Nobody without a key changes what an encrypted file says. `npm run tamper -- 100000` tries as many cases as you like. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FileCipher } from '#efs/file-cipher.ts';
import { tamperCampaign } from './tamper.ts';

const cases = Number(process.env.VITRINE_RUNS ?? 1500);

it(`${cases} changes of stored encrypted files are all found`, async (context) => {
	const { refused, harmless, accepted, examples } = await tamperCampaign({ cases });
	context.diagnostic(`${refused} refused, ${harmless} without a meaning, ${accepted} accepted`);
	assert.deepEqual({ accepted, examples }, { accepted: 0, examples: [] });
	assert.ok(refused > cases / 2, 'most changes have a meaning');
});

const planted: Readonly<Record<string, Partial<FileCipher>>> = {
	'headers that say nothing about their file': { authenticate: () => new Uint8Array(32) },
	'chunks that are taken as they are': {
		open(_key, pieces) {
			for (const { from, into } of pieces) into.set(from);
			return true;
		},
	},
};

for (const [name, defect] of Object.entries(planted)) {
	it(`finds a planted defect: ${name}`, async (context) => {
		const { accepted, examples } = await tamperCampaign({ cases: 400, weaken: (cipher) => weaken(cipher, defect) });
		context.diagnostic(`${accepted} accepted, such as ${examples[0]}`);
		assert.ok(accepted > 0);
	});
}

/** A cipher of which some calls are answered otherwise. */
function weaken(cipher: FileCipher, defect: Partial<FileCipher>): FileCipher {
	return new Proxy(cipher, {
		get(target, name) {
			const value: unknown = Reflect.get(defect, name) ?? Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
