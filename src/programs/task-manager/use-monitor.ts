/** One sample a second of processes and performance, while somebody can see the window. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { readAccountNames } from '#runtime/account-names.ts';
import type { System } from '#runtime/system.ts';
import { appendSample, type PerformanceSample, readHeap } from './performance-history.ts';
import { type ProcessRow, ProcessSampler, sumRates } from './process-sampler.ts';

const periodMs = 1000;

export interface Monitor {
	readonly rows: readonly ProcessRow[];
	readonly history: readonly PerformanceSample[];
	readonly failure: string | undefined;
}

const emptyMonitor: Monitor = { rows: [], history: [], failure: undefined };

class Sampling {
	readonly #system: System;
	readonly #sampler = new ProcessSampler();
	monitor = emptyMonitor;

	constructor(system: System) {
		this.#system = system;
	}

	async take(): Promise<Monitor> {
		const [processes, names, volume, estimate] = await Promise.all([
			this.#system.processList(),
			readAccountNames(this.#system),
			this.#system.volumeStatus(),
			navigator.storage.estimate(),
		]);
		const rows = this.#sampler.sample(processes, performance.now(), names);
		const heap = readHeap();
		const sample: PerformanceSample = {
			...sumRates(rows),
			...{ heapBytes: heap?.usedJSHeapSize, heapLimitBytes: heap?.jsHeapSizeLimit },
			...{ volume, quotaBytes: estimate.quota },
		};
		this.monitor = { rows, history: appendSample(this.monitor.history, sample), failure: undefined };
		return this.monitor;
	}
}

export function useMonitor(system: System, root: RefObject<HTMLElement | null>): Monitor & { refresh(): void } {
	const [monitor, setMonitor] = useState(emptyMonitor);
	const refresh = useRef<() => void>(undefined);
	useEffect(() => {
		const sampling = new Sampling(system);
		let stopped = false;
		const take = async () => {
			try {
				const next = await sampling.take();
				if (!stopped) setMonitor(next);
			} catch (error) {
				if (stopped) return;
				setMonitor((before) => ({ ...before, failure: error instanceof Error ? error.message : String(error) }));
			}
		};
		const visible = () =>
			document.visibilityState === 'visible' && root.current?.checkVisibility({ visibilityProperty: true }) === true;
		const timer = setInterval(() => {
			if (visible()) void take();
		}, periodMs);
		refresh.current = () => void take();
		void take();
		return () => {
			stopped = true;
			clearInterval(timer);
		};
	}, [system, root]);
	return { ...monitor, refresh: () => refresh.current?.() };
}
