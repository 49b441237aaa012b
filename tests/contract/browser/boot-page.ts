/** Starts the kernel as the desktop does and puts what it says, and a few buttons for it, into the page. */
import { bootKernel } from '#hosts/web/boot.ts';
import { readText, writeText } from '#runtime/text-files.ts';

const statuses = document.createElement('output');
const result = document.createElement('pre');
const path = '/Users/Owner/Documents/kept.txt';
const began = performance.now();
const boot = bootKernel([]);
boot.onStatus(({ state }) => statuses.append(`${state} at ${Math.round(performance.now() - began)};`));

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
addButton('List samples', async () =>
	(await (await boot.ready).pathList('/Programs/Samples', '', 100)).names.join(','),
);
addButton('Settle', async () => boot.settled());
