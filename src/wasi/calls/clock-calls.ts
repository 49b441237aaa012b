/** Clocks: `clock_*`. They are read in the process, without the kernel. */
import type { Guest } from '../guest.ts';
import { clockId, errno, WasiError } from '../wasi-numbers.ts';

export function createClockCalls({ memory, host }: Guest) {
	return {
		clock_res_get(clock: number, result: number) {
			requireClock(clock);
			memory.setU64(result, host.resolution);
		},
		clock_time_get(clock: number, _precision: bigint, result: number) {
			requireClock(clock);
			memory.setU64(result, clock === clockId.realtime ? host.realtime() : host.monotonic());
		},
	};
}

/** Time of the processor is not told: a guest that asks for it is told so. */
function requireClock(clock: number): void {
	if (clock !== clockId.realtime && clock !== clockId.monotonic) throw new WasiError(errno.inval);
}
