/** Starts the scenarios in a Worker and passes on what it tells. */

/** Put into the page by `run-in-page.ts`. */
declare function tellScenario(title: string, outcome: string, failed: boolean): Promise<void>;

export interface ScenarioMessage {
	readonly title: string;
	readonly outcome: string;
	readonly failed: boolean;
}

const worker = new Worker(new URL('./scenarios-worker.ts', import.meta.url), { type: 'module' });
const told: Promise<void>[] = [];

function end(): void {
	void Promise.all(told).then(() => {
		document.title = 'over';
	});
}

worker.onmessage = ({ data }: MessageEvent<ScenarioMessage | 'over'>) => {
	if (data === 'over') end();
	else told.push(tellScenario(data.title, data.outcome, data.failed));
};
worker.onerror = ({ message }) => {
	told.push(tellScenario('the Worker of the scenarios', message, true));
	end();
};
