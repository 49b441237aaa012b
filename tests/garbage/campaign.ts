/**
 * Garbage in every argument of every system call, from several processes at once, over both transports.
 *
 * A round is a fresh system: attackers send their calls, and then all processes end. A finding is: an error of the kernel's
 * own (EIO, or a defect in the log), an error that the contract does not name for the call, a call without a reply or
 * with two, a kernel that does not answer any more, and whatever is still open when everybody has ended. Every finding
 * names the seed of its round, by which `attackOnce` makes it again.
 */
import type { SystemCallDefinition } from '#abi/call-definition.ts';
import { type ErrorName, errorName } from '#abi/errors.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { SeededRandom } from '../fuzz/random.ts';
import { AttackedSystem } from './attacked-system.ts';
import type { Attacker, Reply } from './attacker.ts';

export const callsPerRound = 5_000;
const portAttackers = 4;
const memoryAttackers = 3;
const burst = 24;
/** Looks at calls that are still to be answered, each after the kernel has answered another. */
const longestSettling = 2_000;
const mostFindings = 5;

export interface AttackOptions {
	readonly seed: number;
	readonly calls: number;
	readonly volume: SystemVolume;
	/** Spoils the system after it has begun, for those who want to see that it is noticed. */
	readonly plant?: (system: AttackedSystem) => void;
}

export interface AttackReport {
	readonly findings: string[];
	readonly calls: number;
	/** How often each call was answered with each error; 0 for success. */
	readonly answers: Map<string, Map<string, number>>;
}

export async function attackOnce(options: AttackOptions): Promise<AttackReport> {
	const attack = new Attack(options);
	await attack.run();
	return { findings: attack.findings, calls: attack.calls, answers: attack.answers };
}

class Attack {
	readonly findings: string[] = [];
	readonly answers = new Map<string, Map<string, number>>();
	calls = 0;
	readonly #options: AttackOptions;
	readonly #random: SeededRandom;
	readonly #pids: number[] = [];
	readonly #system: AttackedSystem;
	readonly #attackers: Attacker[] = [];

	constructor(options: AttackOptions) {
		this.#options = options;
		this.#random = new SeededRandom(options.seed);
		this.#system = new AttackedSystem(options.volume, {
			foreignHandles: [],
			pids: this.#pids,
			random: this.#random,
			heard: (reply) => this.#hear(reply),
			found: (what) => this.#find(what),
		});
	}

	async run(): Promise<void> {
		try {
			await this.#system.prepare();
			this.#options.plant?.(this.#system);
			await this.#attack();
			for (const left of this.#system.endAll()) this.#find(left);
		} catch (error) {
			this.#find(`the system fails: ${error}`);
		} finally {
			this.#system.close();
		}
	}

	async #attack(): Promise<void> {
		while (this.calls < this.#options.calls && this.findings.length < mostFindings) {
			await this.#system.letAllGoOn();
			await this.#replaceEnded();
			for (const attacker of this.#attackers) this.calls += attacker.attack(1 + this.#random.below(burst));
			await this.#settle();
		}
	}

	async #replaceEnded(): Promise<void> {
		const living = this.#attackers.filter(({ ended }) => !ended);
		this.#attackers.length = 0;
		this.#attackers.push(...living);
		const count = (isMemory: boolean): number =>
			living.filter((attacker) => this.#system.isMemory(attacker) === isMemory).length;
		for (let missing = portAttackers - count(false); missing > 0; missing--)
			this.#attackers.push(await this.#system.startAttacker('port'));
		for (let missing = memoryAttackers - count(true); missing > 0; missing--)
			this.#attackers.push(await this.#system.startAttacker('memory'));
		this.#pids.push(...this.#attackers.map(({ pid }) => pid));
	}

	/** Until every call is answered but those that the kernel says it holds back. */
	async #settle(): Promise<void> {
		for (let looks = 0; looks < longestSettling; looks++) {
			await this.#system.answerOne();
			if (this.#attackers.every((attacker) => this.#system.isSettled(attacker))) return;
		}
		for (const attacker of this.#attackers)
			if (!this.#system.isSettled(attacker))
				this.#find(`${attacker.unanswered.size} calls of a process are not answered`);
	}

	#hear({ call, errno }: Reply): void {
		const error = errno === 0 ? undefined : errorName(errno);
		const name = call?.name ?? 'a number that is no call';
		this.#count(name, error ?? 'success');
		if (error !== undefined && !isDeclared(call, error)) this.#find(`${name} was answered ${error}`);
	}

	#count(name: string, answer: string): void {
		const counts = this.answers.get(name) ?? new Map<string, number>();
		this.answers.set(name, counts);
		counts.set(answer, (counts.get(answer) ?? 0) + 1);
	}

	#find(what: string): void {
		const finding = `seed ${this.#options.seed}: ${what}`;
		if (!this.findings.includes(finding)) this.findings.push(finding);
	}
}

/** Whether the page of the call names the error. */
function isDeclared(call: SystemCallDefinition | undefined, error: ErrorName): boolean {
	if (call === undefined) return error === 'ENOSYS';
	return error === 'EINVAL' || call.errors.includes(error);
}
