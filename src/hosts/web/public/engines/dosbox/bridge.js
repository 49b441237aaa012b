// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs DOSBox (`wdosbox.js` beside this file) in a Worker of its own and shows its folder `c` to whoever holds the Worker.
 * This file is part of the separate DOSBox component and is under its licence; the rest of Vitrine talks to it by messages.
 *
 * Messages, beside those of the engine (`wc-…` in, `ws-…` out):
 *
 * | In | Out | Meaning |
 * |---|---|---|
 * | `bridge-put` { entries: [path, bytes or null, modifiedTime][] } | `bridge-put-done` | makes files, and directories where bytes is null |
 * | `bridge-scan` { id } | `bridge-scan-done` { id, entries: [path, size or -1, modifiedTime][] } | all that is in the folder now; -1 for a directory |
 * | `bridge-read` { id, path } | `bridge-read-done` { id, bytes or null } | the content of one file |
 * | `bridge-sound` { on } | | whether samples are sent to `audioPort` |
 * | `bridge-speed` { id, cycles } | `bridge-speed-done` { id, held } | instructions a millisecond from now on; 0 gives the choice back to the engine |
 * | | `bridge-command` { line } | the command interpreter begins to carry out a line, for the first time |
 * | | `ws-stdout` { message } | what the guest wrote, gathered over 50 ms; of very much, the last |
 *
 * Invariants:
 * - Before the guest runs, every way to a network or to the browser's storage is taken from this Worker.
 * - The engine's waits are answered here, so that a busy page does not slow the guest down, and an idle guest sleeps.
 */
/* global Module */

importScripts('wdosbox.js');

const folder = '/home/web_user/c';

for (const name of [
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'WebSocketStream',
	'WebTransport',
	'EventSource',
	'RTCPeerConnection',
	'BroadcastChannel',
	'Worker',
	'SharedWorker',
	'caches',
	'indexedDB',
]) {
	Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });
}
// The engine asks whether this is a function to know that it runs in a Worker.
Object.defineProperty(self, 'importScripts', {
	value: () => {
		throw new Error('The guest may load no code.');
	},
});
Object.defineProperty(navigator, 'storage', { value: undefined });

const postToOwner = self.postMessage.bind(self);
const alarm = new MessageChannel();
let sessionId = '';
let audioPort;
let soundOn = false;

self.postMessage = (message, transfer) => {
	const name = message?.name;
	if (name === 'ws-stdout') gatherText(message.props.message);
	else if (name === 'ws-sync-sleep') alarm.port2.postMessage(0);
	else if (name === 'ws-err' && message.props.tag !== 'panic') passLogLine(message.props);
	else {
		if (name === 'ws-exit' || name === 'ws-err') passText();
		postToOwner(message, transfer ?? []);
	}
	if (performance.now() - textPassedAt >= textIntervalMs) passText();
};

const textIntervalMs = 50;
const mostText = 16_384;
let text = '';
let textPassedAt = 0;

/** A program that writes without end would keep the page busy with nothing but its messages. */
function gatherText(more) {
	text += more;
	if (text.length > 2 * mostText) text = text.slice(-mostText);
}

function passText() {
	textPassedAt = performance.now();
	if (text === '') return;
	postToOwner({ name: 'ws-stdout', props: { message: text } });
	text = '';
}

const mostLinesTold = 1000;
const linesTold = new Set();

/** Of the engine's log, only the lines of the command interpreter are worth a message, and each only once. */
function passLogLine({ tag, message }) {
	const line = tag === 'LOG_EXEC' ? /^Parsing command line: (.*)/.exec(message)?.[1]?.trim() : undefined;
	if (line === undefined || linesTold.has(line) || linesTold.size >= mostLinesTold) return;
	linesTold.add(line);
	passText();
	postToOwner({ name: 'bridge-command', line });
}

alarm.port1.onmessage = () => {
	holdSpeed();
	const waitMs = (Module.wakeUpAt ?? 0) - Date.now();
	if (waitMs >= 1) setTimeout(wakeGuest, waitMs);
	else wakeGuest();
};

function wakeGuest() {
	const data = { name: 'wc-sync-sleep', props: { sessionId } };
	self.dispatchEvent(new MessageEvent('message', { data }));
}

/** Stands in for the port to the sound output, so that nothing piles up while there is none. */
const soundGate = {
	postMessage(samples, transfer) {
		if (soundOn && audioPort !== undefined) audioPort.postMessage(samples, transfer);
	},
};

const handlers = {
	'bridge-put'({ entries }) {
		for (const [path, bytes, modifiedTime] of entries) put(`${folder}/${path}`, bytes, modifiedTime);
		postToOwner({ name: 'bridge-put-done' });
	},
	'bridge-scan'({ id }) {
		const entries = [];
		const root = Module.FS.analyzePath(folder).object;
		if (root) scan(root, '', entries);
		postToOwner({ name: 'bridge-scan-done', id, entries });
	},
	'bridge-read'({ id, path }) {
		const found = Module.FS.analyzePath(`${folder}/${path}`).object;
		if (!found || found.isFolder) {
			postToOwner({ name: 'bridge-read-done', id, bytes: null });
			return;
		}
		const bytes = Module.FS.readFile(`${folder}/${path}`).slice();
		postToOwner({ name: 'bridge-read-done', id, bytes }, [bytes.buffer]);
	},
	'bridge-sound'({ on }) {
		soundOn = on;
	},
	async 'bridge-speed'({ id, cycles }) {
		postToOwner({ name: 'bridge-speed-done', id, held: await setSpeed(cycles) });
	},
};

/** The engine's own variables stand at the beginning of its memory, before the guest's. */
const staticDataWords = 1024 * 1024;

let speedWord = -1;
let ownSpeed = 0;
let heldSpeed = 0;

/** The speed that the engine reports; it has a report only when the guest has run since the last one. */
async function reportedSpeed() {
	for (let tries = 0; tries < 20; tries++) {
		const speed = Number.parseInt(Module.UTF8ToString(Module._getCPUMetrics()), 10);
		if (speed > 0) return speed;
		await new Promise((resolve) => setTimeout(resolve, 15));
	}
	return 0;
}

/**
 * The engine can be told its speed only at its prompt, but it reports it at any time. So the word of its memory that
 * holds it is found by the report: the one word that changes what is reported when it is changed.
 */
async function findSpeedWord() {
	const before = await reportedSpeed();
	const end = Math.min(Module.HEAPU32.length, staticDataWords);
	for (let at = 256; before > 0 && at < end; at++) {
		if (Module.HEAPU32[at] !== before) continue;
		Module.HEAPU32[at] = before + 1;
		await reportedSpeed();
		await new Promise((resolve) => setTimeout(resolve, 15));
		const reported = await reportedSpeed();
		Module.HEAPU32[at] = before;
		if (reported === before + 1) return at;
	}
	return -1;
}

async function setSpeed(cycles) {
	if (speedWord < 0) speedWord = await findSpeedWord();
	if (speedWord < 0) return false;
	if (heldSpeed === 0) ownSpeed = Module.HEAPU32[speedWord];
	heldSpeed = cycles;
	Module.HEAPU32[speedWord] = cycles === 0 ? ownSpeed : cycles;
	return true;
}

/** The engine may choose its speed itself (`cycles=auto`): a speed that was asked for is set again each time it rests. */
function holdSpeed() {
	if (heldSpeed !== 0) Module.HEAPU32[speedWord] = heldSpeed;
}

function put(path, bytes, modifiedTime) {
	Module.FS.mkdirTree(bytes === null ? path : path.slice(0, path.lastIndexOf('/')));
	if (bytes === null) return;
	Module.FS.writeFile(path, bytes, { canOwn: true });
	Module.FS.utime(path, modifiedTime, modifiedTime);
}

function scan(directory, prefix, entries) {
	for (const [name, node] of Object.entries(directory.contents)) {
		const path = prefix + name;
		if (node.isFolder) {
			entries.push([path, -1, 0]);
			scan(node, `${path}/`, entries);
		} else {
			entries.push([path, node.usedBytes, Number(node.mtime)]);
		}
	}
}

self.addEventListener(
	'message',
	({ data }) => {
		if (data?.name === 'wc-install') {
			sessionId = data.props.sessionId;
			audioPort = data.props.audioPort;
			data.props.audioPort = soundGate;
		} else if (Object.hasOwn(handlers, data?.name)) {
			handlers[data.name](data);
		}
	},
	{ capture: true },
);

/** A failure of the engine is told once, in the engine's own way, whichever way it came. */
function tellFailure(event) {
	event.preventDefault();
	const error = event.reason ?? event.error;
	const message = `Backend crashed, cause: ${error?.message ?? event.message ?? error}`;
	postToOwner({ name: 'ws-err', props: { tag: 'panic', message, sessionId } });
}

self.addEventListener('error', tellFailure);
self.addEventListener('unhandledrejection', tellFailure);
