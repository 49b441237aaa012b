/** What a guess at a password costs, and how much work a stored slot may ask for. */

export interface PasswordCost {
	readonly memoryKiB: number;
	readonly passes: number;
	readonly lanes: number;
}

/** The second choice of RFC 9106 (section 4): 64 MiB, three passes; one lane, for there is one thread. */
export const passwordCost: PasswordCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };

const mostMemoryKiB = 1024 * 1024;
const mostPasses = 10;
const mostLanes = 4;
/** Memory times passes: some ten seconds. */
const mostWorkKiB = 4 * 1024 * 1024;

/** Whether a slot of a changed volume cannot make this computer compute for long, or run out of memory. */
export function areBearable({ memoryKiB, passes, lanes }: PasswordCost): boolean {
	const areInRange = passes >= 1 && passes <= mostPasses && lanes >= 1 && lanes <= mostLanes;
	return areInRange && memoryKiB >= 8 * lanes && memoryKiB <= mostMemoryKiB && memoryKiB * passes <= mostWorkKiB;
}
