/**
 * What the PC tells, read once or every few seconds.
 *
 * Rules of use: `read` stays the same function from one drawing to the next. What was read last stays while the PC does not
 * answer; `failure` then says so.
 */
import { useCallback, useEffect, useState } from 'react';

export interface PcReading<Value> {
	readonly value: Value | undefined;
	/** In words for a person; `undefined` while all is well. */
	readonly failure: string | undefined;
	/** Reads it now. */
	readonly again: () => Promise<void>;
}

export function usePc<Value>(read: () => Promise<Value>, everyMs?: number): PcReading<Value> {
	const [value, setValue] = useState<Value>();
	const [failure, setFailure] = useState<string>();
	const again = useCallback(async () => {
		try {
			setValue(await read());
			setFailure(undefined);
		} catch (error) {
			setFailure(error instanceof Error ? error.message : String(error));
		}
	}, [read]);
	useEffect(() => {
		void again();
		if (everyMs === undefined) return;
		const timer = setInterval(() => void again(), everyMs);
		return () => clearInterval(timer);
	}, [again, everyMs]);
	return { value, failure, again };
}
