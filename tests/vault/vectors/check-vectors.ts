/** All vectors: those that stand in the repository, and those of files that are given. The same in Node and in Chromium. */
import { checkAgeTestkit } from './age-testkit.ts';
import { checkArgon2 } from './argon2-vectors.ts';
import { checkHpke } from './hpke-vectors.ts';
import type { VectorReport } from './vector-report.ts';
import { checkWycheproof, wycheproofFiles } from './wycheproof.ts';

/** Files by their path, such as `wycheproof/hmac_sha256_test.json`. */
export type VectorFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export async function checkOwnVectors(): Promise<readonly VectorReport[]> {
	return [...(await checkHpke()), ...(await checkArgon2())];
}

export async function checkVectorFiles(files: VectorFiles): Promise<readonly VectorReport[]> {
	const reports: VectorReport[] = [];
	for (const name of wycheproofFiles) {
		const file = files.get(`wycheproof/${name}.json`);
		if (file !== undefined) reports.push(await checkWycheproof(name, new TextDecoder().decode(file)));
	}
	const kit = [...files].filter(([name]) => name.startsWith('age-testkit/'));
	if (kit.length > 0) reports.push(await checkAgeTestkit(new Map(kit)));
	return reports;
}
