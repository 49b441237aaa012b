/**
 * `npm run iso:mutate`: changes one byte of the built image at a random place that is used, a hundred times, and starts each
 * by the menu's "Check this medium" in a virtual PC. Each must be refused, with a screen that says so.
 *
 * First the image as it is, which must be accepted; then one with a planted defect (a first program that has lost its
 * list of sums), with which a changed byte must come through: a campaign that does not see that sees nothing.
 *
 * `-- --count N`, `--seed N` and `--jobs N` (how many virtual PCs at a time; each wants a processor and 500 MB of disk).
 */
import { copyFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chooseMutation, findRegions, loseSums, type Mutation, mutate, type Region } from './iso/mutation.ts';
import { readPng } from './iso/read-png.ts';
import { readRelease } from './iso/release.ts';
import { VirtualPc } from './iso/virtual-pc.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';

const timeoutMs = 900_000;
const directory = fromRoot('.cache', 'iso', 'runs', 'mutate');

type Verdict = 'accepted' | 'refused by the loader' | 'refused by the first program' | 'refused without a screen';

/** Starts the image with the check, and says what became of it. */
async function judge(image: string, name: string): Promise<{ verdict: Verdict; words: string }> {
	await using pc = await VirtualPc.start({
		...{ image, directory: path.join(directory, name), card: 'std', memoryMegabytes: 1024 },
		entry: 'check',
	});
	const deadline = Date.now() + timeoutMs;
	while (Date.now() < deadline) {
		const words = await pc.findLine(/(checked|refused|stopped): /);
		if (words !== undefined)
			return {
				verdict: /checked/.test(words) ? 'accepted' : await seeRefusal(pc),
				words: words.replace(/^.*?\d /, ''),
			};
		const screen = await pc.readTextScreen();
		if (screen.some((line) => line.includes('This copy of Vitrine is damaged'))) {
			await pc.screenshot('refused');
			return { verdict: 'refused by the loader', words: screen.filter((line) => line.includes('published')).join(' ') };
		}
		await wait(500);
	}
	await pc.screenshot('nothing');
	throw new Error(`${name}: neither accepted nor refused in ${timeoutMs / 1000} s.`);
}

/** The words stand on the screen: a good many light dots on black. */
async function seeRefusal(pc: VirtualPc): Promise<Verdict> {
	for (let tries = 0; tries < 40; tries++) {
		const { bgrx } = readPng(await readFile(await pc.screenshot('refused')));
		let light = 0;
		for (let place = 0; place < bgrx.length; place += 4) if ((bgrx[place] ?? 0) > 150) light++;
		if (light > 8_000) return 'refused by the first program';
		await wait(500);
	}
	return 'refused without a screen';
}

async function run(image: string, name: string, mutation: Mutation): Promise<{ verdict: Verdict; words: string }> {
	await using file = await open(image, 'r+');
	await mutate(file, mutation);
	try {
		return await judge(image, name);
	} finally {
		await mutate(file, mutation);
	}
}

interface Campaign {
	readonly image: string;
	readonly regions: readonly Region[];
	readonly count: number;
	readonly seed: number;
	/** How many virtual PCs at a time, each with a copy of the image. */
	readonly jobs: number;
}

/** Says what came of each changed image; gives those that were not refused with a screen. */
async function runCampaign({ image, regions, count, seed, jobs }: Campaign): Promise<string[]> {
	let next = 0;
	const failures: string[] = [];
	const work = async (job: number) => {
		const copy = path.join(directory, `copy-${job}.iso`);
		await copyFile(image, copy);
		while (next < count) {
			const index = next++;
			const mutation = chooseMutation(regions, seed, index);
			const outcome = await run(copy, `image-${index}`, mutation).catch((error: unknown) => ({
				verdict: 'nothing' as const,
				words: String(error),
			}));
			const { kind, file } = mutation.region;
			const line = `${index}: ${kind}, ${file} at ${mutation.place}: ${outcome.verdict}: ${outcome.words.trim()}`;
			const refused = /^refused by/.test(outcome.verdict);
			if (!refused) failures.push(line);
			console.log(`${refused ? 'ok    ' : 'FAILED'} ${line}`);
		}
		await rm(copy);
	};
	await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
	return failures;
}

/** A file that nothing but the list of sums stands for. */
async function provePlantedDefect(image: string, regions: readonly Region[]): Promise<void> {
	const copy = path.join(directory, 'planted.iso');
	await copyFile(image, copy);
	await loseSums(copy, regions);
	const region = regions.find(({ file }) => file === '/vitrine/packages.list');
	if (region === undefined) throw new Error('The image has no list of packages.');
	const { verdict } = await run(copy, 'planted', { region, place: region.start + 1000, change: 1 });
	await rm(copy);
	if (verdict !== 'accepted') throw new Error(`The planted defect was not seen: ${verdict}.`);
	console.log('ok     the planted defect is seen: a changed byte comes through');
}

const { values } = parseArgs({
	options: { count: { type: 'string' }, seed: { type: 'string' }, jobs: { type: 'string' }, image: { type: 'string' } },
});
const [count, seed, jobs] = [Number(values.count ?? 100), Number(values.seed ?? 1), Number(values.jobs ?? 1)];
const image = values.image ?? fromRoot('dist', 'iso', `vitrine-${(await readRelease()).version}-amd64.iso`);
await mkdir(directory, { recursive: true });
const regions = await findRegions(image);
say('The image as it is…');
const control = await judge(image, 'control');
if (control.verdict !== 'accepted') throw new Error(`The image as it is: ${control.verdict}: ${control.words}`);
console.log('ok     the image as it is: accepted');
await provePlantedDefect(image, regions);
const failures = await runCampaign({ image, regions, count, seed, jobs });
console.log(`${count - failures.length} of ${count} changed images refused (seed ${seed})`);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
