/**
 * The page that stands before the desktop while the data partition is locked. It has no system behind it: it asks the keeper by
 * the door (`hosts/common/machine-contract.ts`), and the browser is then started anew, on the profile that the partition holds.
 */
import { OsError } from '#abi/errors.ts';
import { DoorPcHost } from '../door-pc-host.ts';
import { takeMachine } from '../machine-client.ts';
import { keepKeysFromBrowser } from '../machine-keys.ts';

const machine = takeMachine();
if (machine === undefined) throw new Error('This page is only for a PC that Vitrine has for itself.');
const pc = new DoorPcHost(machine.key);

function find<E extends HTMLElement>(id: string, kind: new () => E): E {
	const element = document.getElementById(id);
	if (!(element instanceof kind)) throw new Error(`The page has no ${id}.`);
	return element;
}

const form = find('form', HTMLFormElement);
const passphrase = find('passphrase', HTMLInputElement);
const message = find('message', HTMLParagraphElement);
const show = find('show', HTMLButtonElement);
const layout = find('layout', HTMLSelectElement);
const buttons = [...document.querySelectorAll('button')];

function tell(words: string, kind: 'progress' | 'problem'): void {
	message.dataset.kind = kind;
	message.textContent = words;
}

/** Nothing else can be pressed while something goes on. */
async function run(words: string, work: () => Promise<void>): Promise<void> {
	for (const element of [...buttons, passphrase, layout]) element.disabled = true;
	tell(words, 'progress');
	try {
		await work();
	} catch (error) {
		tell(describe(error), 'problem');
		for (const element of [...buttons, passphrase, layout]) element.disabled = false;
		passphrase.select();
		passphrase.focus();
	}
}

function describe(error: unknown): string {
	if (error instanceof OsError && error.code === 'EACCES')
		return 'That is not the passphrase. Look at the keyboard layout below, and at Caps Lock.';
	return `This PC could not do it: ${error instanceof Error ? error.message : String(error)}`;
}

async function unlock(): Promise<void> {
	const { state } = await pc.ask('data.unlock', { passphrase: passphrase.value });
	if (state === 'kept') await pc.ask('desktop.start-anew', {});
	else showDamage();
}

/** It was left as it is: the session can only go on without it. */
function showDamage(): void {
	form.replaceChildren(find('lead', HTMLParagraphElement));
	find('lead', HTMLParagraphElement).textContent =
		'The passphrase was right, but the files on the data partition are damaged. It was left as it is.';
	const leave = find('leave', HTMLButtonElement);
	leave.disabled = false;
	leave.onclick = () => void run('Starting the desktop…', async () => void (await pc.ask('desktop.start-anew', {})));
}

async function leaveAlone(): Promise<void> {
	await pc.ask('data.leave-alone', {});
	await pc.ask('desktop.start-anew', {});
}

/** The choice on the data partition cannot be read yet, so the layout is the one that the PC starts with. */
async function offerLayouts(): Promise<void> {
	const { keyboardLayouts } = await pc.ask('pc.choices', {});
	const chosen = (await pc.ask('settings.read', {})).keyboardLayouts[0];
	layout.replaceChildren(
		...keyboardLayouts.map(({ id, title }) => new Option(title, id, id === chosen, id === chosen)),
	);
	layout.onchange = () =>
		void pc.ask('settings.change', { change: { keyboardLayouts: [layout.value] } }).then(
			() => passphrase.focus(),
			(error: unknown) => tell(describe(error), 'problem'),
		);
}

form.onsubmit = (event) => {
	event.preventDefault();
	if (passphrase.value === '') tell('Type the passphrase first.', 'problem');
	else void run('Opening… This takes a few seconds.', unlock);
};
show.onclick = () => {
	const isShown = passphrase.type === 'text';
	passphrase.type = isShown ? 'password' : 'text';
	show.textContent = isShown ? 'Show' : 'Hide';
	show.setAttribute('aria-pressed', String(!isShown));
	passphrase.focus();
};
passphrase.onkeyup = (event) => {
	find('caps', HTMLParagraphElement).hidden = !event.getModifierState('CapsLock');
};
find('leave', HTMLButtonElement).onclick = () => void run('Starting the desktop…', leaveAlone);
find('shut-down', HTMLButtonElement).onclick = () => void run('Shutting down…', () => machine.power('shut-down'));
find('restart', HTMLButtonElement).onclick = () => void run('Restarting…', () => machine.power('restart'));
keepKeysFromBrowser();

passphrase.focus();
offerLayouts().catch((error: unknown) => tell(describe(error), 'problem'));
machine.reportBegins().catch((error: unknown) => tell(describe(error), 'problem'));
machine
	.reportReady({ screen: 'unlock', width: innerWidth, height: innerHeight })
	.catch((error: unknown) => tell(describe(error), 'problem'));
