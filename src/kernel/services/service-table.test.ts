/** What becomes of services: their order, their ends, and those who ask in the wrong moment. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ServiceStart } from '#abi/structures.generated.ts';
import type { Wait } from '../wait.ts';
import { mostFailures, readyPatienceMs, steadyMs, stopPatienceMs } from './service.ts';
import { orderServices, type ServiceDefinition } from './service-definition.ts';
import { delayMs, ServiceTable } from './service-table.ts';

const ended: ExitStatus = { code: 0, reason: 'exited' };
const crashed: ExitStatus = { code: 1, reason: 'crashed: it divided by zero' };
const killed: ExitStatus = { code: 137, reason: 'signal' };

function service(name: string, parts: Partial<ServiceDefinition> = {}): ServiceDefinition {
	return {
		...{ name, title: name, summary: name, program: name, start: 'automatic' },
		...{ restart: 'failure', ready: 'start', account: 'limited' },
		...parts,
	};
}

/** Services whose programs are the test itself. */
class Bench {
	readonly events: string[] = [];
	readonly logged: string[] = [];
	readonly starts = new Map<string, ServiceStart>();
	readonly table: ServiceTable;
	readonly #ends = new Map<string, (status: ExitStatus) => void>();
	readonly #timers = new Set<{ at: number; callback: () => void }>();
	refuses = new Set<string>();
	/** Ends when asked to; else only when it is forced to. */
	obeys = true;
	#time = 0;
	#nextPid = 10;

	constructor(...definitions: ServiceDefinition[]) {
		this.table = new ServiceTable({
			definitions,
			clock: {
				now: () => this.#time,
				monotonic: () => this.#time,
				after: (ms, callback) => {
					const timer = { at: this.#time + ms, callback };
					this.#timers.add(timer);
					return () => void this.#timers.delete(timer);
				},
			},
			log: {
				write: (level, _source, message, details) => void this.logged.push(`${level} ${details?.code}: ${message}`),
			},
			launch: ({ name }, noteEnd) => this.#launch(name, noteEnd),
			startOf: (setting) => {
				const name = setting.split('/')[1] ?? '';
				const start = definitions.find((definition) => definition.name === name)?.start ?? 'manual';
				return { start: this.starts.get(name) ?? start, source: 'default' };
			},
		});
	}

	#launch(name: string, noteEnd: (status: ExitStatus) => void) {
		if (this.refuses.has(name)) throw new OsError('ENOENT', `program ${name}`);
		this.events.push(`+${name}`);
		const end = (status: ExitStatus): void => {
			if (!this.#ends.delete(name)) return;
			this.events.push(`-${name}`);
			noteEnd(status);
		};
		this.#ends.set(name, end);
		return {
			pid: this.#nextPid++,
			ask: () => {
				if (this.obeys) end({ code: 143, reason: 'signal' });
			},
			end: () => end(killed),
		};
	}

	end(name: string, status: ExitStatus): void {
		this.#ends.get(name)?.(status);
	}

	advance(ms: number): void {
		const until = this.#time + ms;
		for (;;) {
			const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
			if (next === undefined) break;
			this.#timers.delete(next);
			this.#time = next.at;
			next.callback();
		}
		this.#time = until;
	}

	state(name: string): string {
		return this.table.list().find((info) => info.name === name)?.state ?? 'none';
	}
}

function outcomeOf(wait: Wait<void>): string {
	let text = 'pending';
	wait.whenOver((outcome) => {
		text = outcome.kind === 'rejected' ? outcome.error.detail : outcome.kind;
	});
	return text;
}

describe('the order of services', () => {
	it('each starts after what it needs, and stops after what needs it', () => {
		const bench = new Bench(service('c', { needs: ['b'] }), service('b', { needs: ['a'] }), service('a'));
		bench.table.startAll();
		assert.equal(outcomeOf(bench.table.stop('a')), 'resolved');
		assert.equal(bench.events.join(' '), '+a +b +c -c -b -a');
	});

	it('services that need each other are refused, with their names', () => {
		const circle = [service('a', { needs: ['b'] }), service('b', { needs: ['c'] }), service('c', { needs: ['a'] })];
		assert.throws(() => orderServices(circle), /a needs b needs c needs a/);
		assert.throws(() => orderServices([service('a', { needs: ['a'] })]), /a needs a/);
		assert.throws(() => orderServices([service('a', { needs: ['nobody'] })]), /nobody, which is no service/);
	});

	it('one waits until what it needs says that it is ready', () => {
		const bench = new Bench(service('a', { ready: 'report' }), service('b', { needs: ['a'] }));
		bench.table.startAll();
		assert.equal(bench.events.join(' '), '+a');
		bench.table.noteReady(10);
		assert.equal(bench.events.join(' '), '+a +b');
		assert.throws(() => bench.table.noteReady(999), { code: 'EPERM' });
	});

	it('a delayed one leaves the first minutes to the person, a manual one waits to be asked', () => {
		const bench = new Bench(service('late', { start: 'delayed' }), service('asked', { start: 'manual' }));
		bench.table.startAll();
		assert.equal(bench.events.length, 0);
		bench.advance(delayMs);
		assert.equal(bench.events.join(' '), '+late');
		assert.equal(outcomeOf(bench.table.start('asked')), 'resolved');
	});

	it('a service that is switched off starts for nobody, nor what needs it', () => {
		const bench = new Bench(service('a'), service('b', { needs: ['a'] }));
		bench.starts.set('a', 'disabled');
		bench.table.startAll();
		assert.equal(bench.events.length, 0);
		assert.equal(bench.state('b'), 'failed');
		assert.throws(() => bench.table.start('a'), { code: 'EBUSY' });
	});
});

describe('a service that ends', () => {
	it('comes back after a second when somebody killed it, and the log says so', () => {
		const bench = new Bench(service('a'));
		bench.table.startAll();
		bench.end('a', killed);
		assert.equal(bench.state('a'), 'waiting');
		bench.advance(999);
		assert.equal(bench.state('a'), 'waiting');
		bench.advance(1);
		assert.equal(bench.state('a'), 'running');
		assert.deepEqual(bench.logged.slice(1), [
			'warning service-restarts: a: it was ended from outside. It is started again in 1 s.',
			'information service-running: a: it runs again.',
		]);
	});

	it('in a loop waits twice as long each time, and is left alone in the end', () => {
		const bench = new Bench(service('a'));
		bench.table.startAll();
		const pauses: number[] = [];
		while (bench.state('a') !== 'failed') {
			bench.end('a', crashed);
			const { nextStart, since = 0 } = bench.table.list()[0] ?? {};
			if (nextStart !== undefined) pauses.push((nextStart - since) / 1000);
			bench.advance(60_000);
		}
		assert.deepEqual(pauses, [1, 2, 4, 8, 16]);
		assert.match(
			bench.logged.at(-1) ?? '',
			/^error service-failed: a: it crashed: it divided by zero, 6 times in a row/,
		);
		bench.advance(1e9);
		assert.equal(bench.events.filter((event) => event === '+a').length, mostFailures);
		assert.equal(outcomeOf(bench.table.start('a')), 'resolved');
	});

	it('after a long run is not blamed for what was before', () => {
		const bench = new Bench(service('a'));
		bench.table.startAll();
		for (let round = 0; round < 2 * mostFailures; round++) {
			bench.end('a', crashed);
			bench.advance(1000);
			bench.advance(steadyMs);
		}
		assert.equal(bench.state('a'), 'running');
	});

	it('stays away when it has done its work, and comes back when it is to run always', () => {
		const bench = new Bench(
			service('once'),
			service('ever', { restart: 'always' }),
			service('never', { restart: 'never' }),
		);
		bench.table.startAll();
		for (const name of ['once', 'ever']) bench.end(name, ended);
		bench.end('never', crashed);
		assert.deepEqual(
			['once', 'ever', 'never'].map((name) => bench.state(name)),
			['stopped', 'waiting', 'failed'],
		);
	});

	it('fails when its program is not there, and says so to who asked', () => {
		const bench = new Bench(service('a'), service('b', { needs: ['a'] }));
		bench.refuses.add('a');
		assert.match(outcomeOf(bench.table.start('b')), /^a: it could not be started: .*program a/);
		bench.refuses.clear();
		bench.advance(1000);
		assert.equal(bench.state('b'), 'running', 'what needs it starts as soon as it runs');
	});

	it('that never gets ready is ended', () => {
		const bench = new Bench(service('a', { ready: 'report', restart: 'never' }));
		bench.table.startAll();
		bench.advance(readyPatienceMs);
		assert.equal(bench.state('a'), 'failed');
		assert.match(bench.logged.at(-1) ?? '', /did not get ready within 30 seconds/);
	});

	it('that does not end when asked is ended', () => {
		const bench = new Bench(service('a'));
		bench.obeys = false;
		bench.table.startAll();
		const stopping = bench.table.stop('a');
		assert.equal(outcomeOf(stopping), 'pending');
		bench.advance(stopPatienceMs);
		assert.equal(outcomeOf(stopping), 'resolved');
		bench.advance(1e6);
		assert.equal(bench.state('a'), 'stopped');
	});
});

describe('asking in the wrong moment', () => {
	it('a start while it stops starts it again afterwards', () => {
		const bench = new Bench(service('a'));
		bench.obeys = false;
		bench.table.startAll();
		bench.table.stop('a');
		const starting = bench.table.start('a');
		bench.advance(stopPatienceMs);
		assert.equal(outcomeOf(starting), 'resolved');
		assert.equal(bench.events.join(' '), '+a -a +a');
	});

	it('a stop while it waits for its next start keeps it stopped', () => {
		const bench = new Bench(service('a'));
		bench.table.startAll();
		bench.end('a', crashed);
		bench.table.stop('a');
		bench.advance(1e6);
		assert.equal(bench.state('a'), 'stopped');
	});

	it('a restart brings back what ran with it, and nothing else', () => {
		const bench = new Bench(
			service('a'),
			service('b', { needs: ['a'] }),
			service('c', { needs: ['a'], start: 'manual' }),
		);
		bench.table.startAll();
		assert.equal(outcomeOf(bench.table.restart('a')), 'resolved');
		assert.equal(bench.events.join(' '), '+a +b -b -a +a +b');
	});

	it('a start while the system shuts down is refused, and nothing comes back', () => {
		const bench = new Bench(service('a'), service('b', { needs: ['a'] }));
		bench.table.startAll();
		bench.table.close();
		assert.equal(bench.events.join(' '), '+a +b -b -a');
		assert.throws(() => bench.table.start('a'), { code: 'ECANCELED' });
		bench.advance(1e6);
		assert.equal(bench.events.length, 4);
	});
});
