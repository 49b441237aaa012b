/**
 * The page's side of the door to the PC (`hosts/common/machine-contract.ts`).
 *
 * Rules of use: `takeMachine` is called once, by the page's first script: it takes the key out of the document, where
 * whatever comes later would find it. A page in a tab has no PC to ask, and gets `undefined`.
 */
import {
	type AppliancePlan,
	applianceElementName,
	keyElementName,
	keyHeader,
	machinePaths,
	type PowerAction,
	type PowerRequest,
	type ReadyReport,
	type ScreenReport,
	tellElementName,
} from '../common/machine-contract.ts';

export class MachineClient {
	/** For the kernel's Worker, and for nobody else. */
	readonly key: string;
	/** What the PC does by itself from its start on, when it is an appliance. */
	readonly appliance: AppliancePlan | undefined;

	constructor(key: string, appliance: AppliancePlan | undefined) {
		this.key = key;
		this.appliance = appliance;
	}

	/** Resolves when the PC has begun to end; rejects when it will not. */
	async power(action: PowerAction): Promise<void> {
		const request: PowerRequest = { action };
		await this.#ask(machinePaths.power, request);
	}

	/** Tells the PC that the page's scripts run. A browser whose page never says so is started anew. */
	async reportBegins(): Promise<void> {
		await this.#ask(machinePaths.begins, {});
	}

	/** Tells the PC that the desktop stands. */
	async reportReady(report: ReadyReport): Promise<void> {
		await this.#ask(machinePaths.ready, report);
	}

	/** Tells what stands on the screen; only when `wantsToHear`. */
	async tellScreen(report: ScreenReport): Promise<void> {
		await this.#ask(machinePaths.shows, report);
	}

	/** What the screen shows, as a PNG. */
	async takePicture(): Promise<Blob> {
		return (await this.#ask(machinePaths.picture, {})).blob();
	}

	/** Whether a test of the whole PC wants to hear what stands on the screen. */
	get wantsToHear(): boolean {
		return document.querySelector(`meta[name="${tellElementName}"]`) !== null;
	}

	async #ask(path: string, body: object): Promise<Response> {
		const response = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [keyHeader]: this.key },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`This PC refused ${path} (${response.status}).`);
		return response;
	}
}

export function takeMachine(): MachineClient | undefined {
	const element = document.querySelector<HTMLMetaElement>(`meta[name="${keyElementName}"]`);
	if (element === null) return undefined;
	const { content } = element;
	element.remove();
	const plan = document.querySelector<HTMLMetaElement>(`meta[name="${applianceElementName}"]`)?.content;
	return new MachineClient(content, plan === undefined ? undefined : (JSON.parse(plan) as AppliancePlan));
}
