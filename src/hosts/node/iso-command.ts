/** `vitrine iso verify FILE` and `vitrine iso write FILE DEVICE`. */
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Finding, verifySignature, verifySum } from './medium/verify-image.ts';
import { type DeviceFacts, findObjections, readDeviceFacts, writeImage } from './medium/write-image.ts';
import { UsageError } from './usage-error.ts';

const options = {
	key: { type: 'string' },
	force: { type: 'boolean' },
	yes: { type: 'boolean' },
} as const;

export async function runIsoCommand(rest: readonly string[]): Promise<number> {
	const { values, positionals } = parse(rest);
	const [action, image, device] = positionals;
	if (action === 'verify' && image !== undefined && positionals.length === 2) return await verify(image, values.key);
	if (action === 'write' && image !== undefined && device !== undefined && positionals.length === 3)
		return await write(image, device, values);
	throw new UsageError('iso needs "verify FILE" or "write FILE DEVICE".');
}

function parse(rest: readonly string[]) {
	try {
		return parseArgs({ args: [...rest], options, allowPositionals: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

async function verify(image: string, key: string | undefined): Promise<number> {
	const findings: Finding[] = [];
	const sums = path.join(path.dirname(image), 'SHA256SUMS');
	const hasSums = await exists(sums);
	if (hasSums) findings.push(await verifySum(image, sums));
	if (key !== undefined) findings.push(await verifySignature(image, key));
	if (findings.length === 0) throw new Error(`There is no ${sums} to compare with, and no --key was given.`);
	for (const { sentence } of findings) process.stdout.write(`${sentence}\n`);
	return findings.every(({ holds }) => holds) ? 0 : 1;
}

function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}

async function write(
	image: string,
	device: string,
	{ force, yes }: { force?: boolean; yes?: boolean },
): Promise<number> {
	const { size } = await stat(image);
	const facts = await readDeviceFacts(device);
	const objections = findObjections(facts, size);
	if (objections.length > 0 && !force) throw new Error(`${objections.join('\n')}\nNothing was written.`);
	for (const objection of objections) process.stderr.write(`${objection}\n`);
	if (!yes && !(await confirm(facts))) throw new Error('Nothing was written.');
	let told = -1;
	await writeImage(image, device, (part) => {
		const percent = Math.floor(part * 100);
		if (percent === told) return;
		told = percent;
		process.stderr.write(`\r${percent < 50 ? 'Writing' : 'Comparing'}… ${percent} %  `);
	});
	process.stderr.write('\n');
	process.stdout.write(`${device} holds ${path.basename(image)}, and was read back.\n`);
	return 0;
}

/** Says what will be erased, by name and size, and asks for the device's name. */
async function confirm({ name, model, sizeBytes }: DeviceFacts): Promise<boolean> {
	const gigabytes = (sizeBytes / 1e9).toFixed(1);
	const question = `Everything on ${name} (${model}, ${gigabytes} GB) will be erased. Type ${name} to go on: `;
	const lines = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await lines.question(question);
	lines.close();
	return answer.trim() === name;
}
