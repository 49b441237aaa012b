/** Starts the kernel as the desktop does and puts what it says, and a few buttons for it, into the page. */
import { bootKernel } from '#hosts/web/boot.ts';
import { readText, writeText } from '#runtime/text-files.ts';

const statuses = document.createElement('output');
const result = document.createElement('pre');
const path = '/Users/Owner/Documents/kept.txt';
const began = performance.now();
const boot = bootKernel([]);
boot.onStatus((status) => {
	const message = status.state === 'failed' ? ` (${status.message})` : '';
	statuses.append(`${status.state} at ${Math.round(performance.now() - began)}${message};`);
});
boot.begin('automatic');

function addButton(label: string, action: () => Promise<unknown>): void {
	const button = document.createElement('button');
	button.textContent = label;
	button.onclick = () => {
		action().then(
			(value) => result.append(`${label}: ${String(value)};`),
			(error) => result.append(`${label}: ${String(error)};`),
		);
	};
	document.body.append(button);
}

document.body.append(statuses, result);
addButton('Take over', async () => boot.takeOver());
addButton('Write', async () => writeText(await boot.ready, path, `written at ${Date.now()}`));
addButton('Read', async () => readText(await boot.ready, path));
addButton('Fill', async () => {
	const system = await boot.ready;
	for (let count = 0; count < 1000; count++)
		await system.pathWrite(`/Users/Owner/Downloads/${count}`, new Uint8Array(1 << 20).fill(count), 'create-new');
	return 'no end';
});
addButton('Count', async () => (await (await boot.ready).pathList('/Users/Owner/Downloads', '', 1000)).names.length);
addButton('Verify', async () => {
	const system = await boot.ready;
	const { names } = await system.pathList('/Users/Owner/Downloads', '', 1000);
	for (const name of names) {
		const bytes = await system.pathRead(`/Users/Owner/Downloads/${name}`, 1 << 20);
		if (bytes.length !== 1 << 20 || bytes.some((byte) => byte !== (Number(name) & 0xff))) return `${name} is damaged`;
	}
	return `whole, damaged: ${(await system.volumeCheck()).length}`;
});
addButton('Errors', async () => {
	const events = await (await boot.ready).logRead(0, 10_000);
	return events
		.filter(({ level }) => level === 'error')
		.map(({ message }) => message)
		.join(' ');
});
addButton('Empty', async () => (await boot.ready).pathRemoveTree('/Users/Owner/Downloads'));
addButton('List samples', async () =>
	(await (await boot.ready).pathList('/Programs/Samples', '', 100)).names.join(','),
);
addButton('Shut down', () => boot.shutDown());
addButton('Settle', async () => boot.settled());
