/**
 * The door by which the desktop's page reaches the PC: a part of the server on loopback.
 *
 * Rules of use: `answer` is offered every request before the site is asked; `true` means that it has answered.
 *
 * Invariants:
 * - A key is made for each navigation to a page, and the one before it is worth nothing from then on. The browser
 *   says what is a navigation (`Sec-Fetch-Dest`, which no script can set), and keeps no copy of that document
 *   (`no-store`), so that no script but the page's own first one ever sees the key.
 * - A request must come from this origin by the browser's own word, carry the key, be small and say what the contract
 *   knows. Whatever else it is, it is refused in the same words, so that an answer teaches nothing.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
	type AppliancePlan,
	type AskRequest,
	applianceElementName,
	driveHeader,
	keyElementName,
	keyHeader,
	machinePaths,
	type PowerAction,
	pieceBytes,
	powerActions,
	type ReadyReport,
	readyScreens,
	type ScreenReport,
	tellElementName,
	workHeader,
} from '../common/machine-contract.ts';
import type { AskListener } from './keeper-client.ts';
import { TakenBytes } from './taken-bytes.ts';

/** What the PC can be asked for. */
export interface Machine {
	power(action: PowerAction): Promise<void>;
	/** The page is fetched: what stood on the screen is gone. */
	starts(): void;
	/** The page's scripts run. */
	readonly begins?: () => void;
	/** What the PC does by itself; absent, or `undefined`, when it is an ordinary one. */
	readonly appliance?: () => Promise<AppliancePlan | undefined>;
	/** A person can begin. */
	ready(report: ReadyReport): void;
	/** What stands on the screen; the page is asked for it where this is there, which is in tests of the whole PC. */
	readonly shows?: ((report: ScreenReport) => void) | undefined;
	/** A PNG of the screen. */
	picture(): Promise<Uint8Array>;
	/** Answers a question about the files of a drive; throws when it is not there. */
	readonly askDrive?: (drive: string, question: Uint8Array) => Uint8Array;
	/** What only the keeper can do; it checks what is asked. Resolves after the last line. */
	ask(request: AskRequest, listener: AskListener): Promise<void>;
}

const longestBody = 32 * 1024;
const longestText = 256;
/** A piece of a file and the question around it. */
const longestQuestion = 80 * 1024 * 1024;

type Body = Readonly<Record<string, unknown>>;
type Handler = (machine: Machine, body: Body, response: ServerResponse) => Promise<void>;

class Refusal extends Error {}

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
	[
		machinePaths.power,
		async (machine, { action }) => {
			const known = powerActions.find((name) => name === action);
			if (known === undefined) throw new Refusal('No such action.');
			await machine.power(known);
		},
	],
	[machinePaths.begins, async (machine) => machine.begins?.()],
	[
		machinePaths.ready,
		async (machine, { screen, width, height }) => {
			const known = readyScreens.find((name) => name === screen);
			if (known === undefined || !isLength(width) || !isLength(height)) throw new Refusal('No such screen.');
			machine.ready({ screen: known, width, height });
		},
	],
	[
		machinePaths.shows,
		async (machine, { screen, windows, front, icons, focus }) => {
			const words = [screen, front, focus];
			if (machine.shows === undefined || !words.every(isText)) throw new Refusal('Nobody asked.');
			if (!isListOfTexts(windows) || !isListOfTexts(icons)) throw new Refusal('No report.');
			machine.shows({ screen, windows, front, icons, focus } as ScreenReport);
		},
	],
	[
		machinePaths.picture,
		async (machine, _, response) => {
			const picture = await machine.picture();
			response.writeHead(200, { 'content-type': 'image/png' }).write(picture);
		},
	],
	[machinePaths.ask, (machine, body, response) => ask(machine, body, response)],
]);

/** Passes each line on as it comes. A page that goes away, or gives up, cancels what it asked for. */
async function ask(
	machine: Machine,
	{ verb, arguments: given }: Body,
	response: ServerResponse,
	source?: AskListener['source'],
): Promise<void> {
	if (typeof verb !== 'string' || !isRecord(given)) throw new Refusal('No request.');
	const left = new AbortController();
	response.on('close', () => left.abort());
	response.writeHead(200, { 'content-type': 'application/x-ndjson' });
	// Who has bytes for it begins to send them by then.
	response.flushHeaders();
	const onLine: AskListener['onLine'] = (line) => void response.write(`${JSON.stringify(line)}\n`);
	await machine.ask({ verb, arguments: given }, { signal: left.signal, onLine, ...(source && { source }) });
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.length <= longestText;
}

function isListOfTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.length <= longestText && value.every(isText);
}

function isLength(value: unknown): value is number {
	return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536;
}

export class MachineDoor {
	readonly #machine: Machine;
	readonly #pages: ReadonlyMap<string, string>;
	readonly #origin: string;
	readonly #takenBytes = new TakenBytes();
	#key = newKey();

	/** `pages` are the documents as they were built, by their paths; `origin` is where they are served. */
	constructor(machine: Machine, pages: ReadonlyMap<string, string>, origin: string) {
		this.#machine = machine;
		this.#pages = pages;
		this.#origin = origin;
	}

	answer(request: IncomingMessage, response: ServerResponse): boolean {
		const { url = '/', method, headers } = request;
		const page = this.#pages.get(url.replace(/\?.*/, ''));
		if (page !== undefined && method === 'GET' && headers['sec-fetch-dest'] === 'document') {
			void this.#sendPage(page, response);
			return true;
		}
		if (url === machinePaths.drive) {
			this.#askDrive(request, response);
			return true;
		}
		if (url === machinePaths.piece) {
			this.#takePiece(request, response);
			return true;
		}
		const work = request.headers[workHeader];
		const isTaking = url === machinePaths.ask && typeof work === 'string';
		const handler = isTaking ? this.#askTaking(work) : handlers.get(url);
		if (handler === undefined) return false;
		this.#handle(handler, request, response);
		return true;
	}

	async #sendPage(built: string, response: ServerResponse): Promise<void> {
		this.#machine.starts();
		const appliance = await this.#findAppliance();
		this.#key = newKey();
		const key = `<meta name="${keyElementName}" content="${this.#key}">`;
		const tell = this.#machine.shows === undefined ? '' : `<meta name="${tellElementName}">`;
		const page = built.replace('<head>', () => `<head>${key}${tell}${appliance}`);
		response.setHeader('content-type', 'text/html; charset=utf-8');
		response.setHeader('cache-control', 'no-store');
		response.writeHead(200).end(page);
	}

	/** A PC that cannot say what it is to do by itself is one that people log on to. */
	async #findAppliance(): Promise<string> {
		try {
			const plan = await this.#machine.appliance?.();
			if (plan === undefined) return '';
			return `<meta name="${applianceElementName}" content="${escapeAttribute(JSON.stringify(plan))}">`;
		} catch (error) {
			process.stderr.write(`What the PC does by itself could not be read: ${error}\n`);
			return '';
		}
	}

	#handle(handler: Handler, request: IncomingMessage, response: ServerResponse): void {
		response.setHeader('cache-control', 'no-store');
		if (!this.#isFromThePage(request)) {
			response.writeHead(403).end();
			return;
		}
		readBody(request)
			.then((body) => handler(this.#machine, body, response))
			.then(() => (response.headersSent ? response : response.writeHead(204)).end())
			.catch((error: unknown) => {
				if (!(error instanceof Refusal)) process.stderr.write(`The PC could not do what was asked: ${error}\n`);
				if (response.headersSent) response.destroy();
				else response.writeHead(error instanceof Refusal ? 400 : 500).end();
			});
	}

	#askDrive(request: IncomingMessage, response: ServerResponse): void {
		response.setHeader('cache-control', 'no-store');
		const drive = request.headers[driveHeader];
		if (!this.#isFromThePage(request, 'application/octet-stream') || typeof drive !== 'string') {
			response.writeHead(403).end();
			return;
		}
		readBytes(request, longestQuestion)
			.then((question) => {
				const answer = this.#machine.askDrive?.(drive, question);
				if (answer === undefined) throw new Refusal('No drives.');
				response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
			})
			.catch(() => response.writeHead(400).end());
	}

	#askTaking(work: string): Handler {
		return async (machine, body, response) => {
			const source = work.length <= longestText ? this.#takenBytes.begin(work) : undefined;
			if (source === undefined) throw new Refusal('No such work.');
			await ask(machine, body, response, source).finally(() => this.#takenBytes.end(work));
		};
	}

	#takePiece(request: IncomingMessage, response: ServerResponse): void {
		response.setHeader('cache-control', 'no-store');
		const work = request.headers[workHeader];
		if (!this.#isFromThePage(request, 'application/octet-stream') || typeof work !== 'string') {
			response.writeHead(403).end();
			return;
		}
		readBytes(request, pieceBytes)
			.then((piece) => this.#takenBytes.put(work, piece))
			.then((isTaken) => response.writeHead(isTaken ? 204 : 409).end())
			.catch(() => response.writeHead(400).end());
	}

	#isFromThePage({ method, headers }: IncomingMessage, type = 'application/json'): boolean {
		const given = headers[keyHeader];
		return (
			method === 'POST' &&
			headers.origin === this.#origin &&
			headers['sec-fetch-site'] === 'same-origin' &&
			headers['content-type'] === type &&
			typeof given === 'string' &&
			isSameKey(given, this.#key)
		);
	}
}

function escapeAttribute(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function newKey(): string {
	return randomBytes(32).toString('base64url');
}

function isSameKey(given: string, key: string): boolean {
	const [one, other] = [Buffer.from(given), Buffer.from(key)];
	return one.length === other.length && timingSafeEqual(one, other);
}

async function readBytes(request: IncomingMessage, longest: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > longest) throw new Refusal('Too long.');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

async function readBody(request: IncomingMessage): Promise<Body> {
	const value = parseJson((await readBytes(request, longestBody)).toString('utf8'));
	if (!isRecord(value)) throw new Refusal('No object.');
	return value;
}

function isRecord(value: unknown): value is Body {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Refusal('No JSON.', { cause: error });
	}
}
