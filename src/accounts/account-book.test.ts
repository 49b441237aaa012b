import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { AccountBook, type RecordFiles, type RecordWriter } from './account-book.ts';
import { Accounts } from './accounts.ts';

const machine = 'S-1-5-21-1-2-3';

/** Files of records in memory; `lose` takes the last group back. */
class TestFiles implements RecordFiles {
	readonly files = new Map<string, Uint8Array>();
	readonly unreadable = new Set<string>();
	#undos: (() => void)[] = [];

	list(): string[] {
		return [...this.files.keys()];
	}

	read(name: string): Uint8Array {
		const bytes = this.files.get(name);
		if (bytes === undefined || this.unreadable.has(name)) throw new OsError('EILSEQ', name);
		return bytes;
	}

	writer(): RecordWriter {
		this.#undos = [];
		return {
			write: (name, bytes) => void this.files.set(name, bytes),
			remove: (name) => void this.files.delete(name),
			whenLost: (undo) => void this.#undos.push(undo),
		};
	}

	lose(): void {
		for (const undo of this.#undos.reverse()) undo();
	}
}

function make(files: TestFiles, name: string, kind: 'administrator' | 'standard' = 'standard') {
	const accounts = new Accounts(new AccountBook(machine, files));
	const wish = { name, kind, password: new Uint8Array(), hint: '', mustChange: false };
	const record = accounts.create(
		wish,
		{ sid: accounts.book.claimSid(), home: `/Users/${name}`, now: 1 },
		files.writer(),
	);
	return { accounts, record };
}

describe('the book of accounts', () => {
	it('is the same after a restart', () => {
		const files = new TestFiles();
		make(files, 'Ada', 'administrator');
		make(files, 'Ben');
		const { all } = new AccountBook(machine, files);
		assert.deepEqual(
			all.map(({ name, sid }) => [name, sid]),
			[
				['Ada', `${machine}-1000`],
				['Ben', `${machine}-1001`],
			],
		);
	});

	it('takes the other copy of a record that has rotted, and says so', () => {
		for (const name of ['1000.account', '1000.copy']) {
			const files = new TestFiles();
			make(files, 'Ada');
			files.unreadable.add(name);
			const book = new AccountBook(machine, files);
			assert.equal(book.all.length, 1, name);
		}
		const files = new TestFiles();
		make(files, 'Ada');
		files.files.set('1000.account', new TextEncoder().encode('{"version":1,"name":"Ada"'));
		const book = new AccountBook(machine, files);
		assert.equal(book.all.length, 1);
		assert.match(book.damage.join(), /1000\.account/);
	});

	it('loses one account, and no other, to damage of both copies', () => {
		const files = new TestFiles();
		make(files, 'Ada');
		make(files, 'Ben');
		for (const name of ['1000.account', '1000.copy']) files.unreadable.add(name);
		const book = new AccountBook(machine, files);
		assert.deepEqual(
			book.all.map(({ name }) => name),
			['Ben'],
		);
		assert.equal(book.damage.length, 2);
	});

	it('takes no record that somebody has put under another number', () => {
		const files = new TestFiles();
		make(files, 'Ada', 'administrator');
		make(files, 'Ben');
		const adas = files.files.get('1000.account') as Uint8Array;
		for (const name of ['1001.account', '1001.copy']) files.files.set(name, adas);
		assert.deepEqual(
			new AccountBook(machine, files).all.map(({ name }) => name),
			['Ada'],
		);
	});

	it('never gives a number twice, not even after the newest account was removed', () => {
		const files = new TestFiles();
		make(files, 'Ada', 'administrator');
		const { accounts, record } = make(files, 'Ben');
		accounts.remove(record.sid, files.writer());
		assert.equal(new AccountBook(machine, files).claimSid(), `${machine}-1002`);
	});

	it('takes back what could not be stored', () => {
		const files = new TestFiles();
		const { accounts, record } = make(files, 'Ada', 'administrator');
		accounts.change(record.sid, { name: 'Augusta' }, files.writer());
		files.lose();
		assert.equal(accounts.book.get(record.sid).name, 'Ada');
	});
});

describe('accounts', () => {
	it('refuse names that are taken in any spelling, or that mislead', () => {
		const files = new TestFiles();
		const { accounts } = make(files, 'Ada', 'administrator');
		const wish = { kind: 'standard', password: new Uint8Array(), hint: '', mustChange: false } as const;
		const compose = (name: string) => accounts.compose({ ...wish, name }, { sid: 'x', home: '/x', now: 1 });
		for (const name of ['ada', 'ADA', 'Ａｄａ']) assert.throws(() => compose(name), { code: 'EEXIST' }, name);
		for (const name of [
			'',
			' ',
			' Ben',
			'Ben ',
			'.',
			'..',
			'a/b',
			'a\0',
			'B\u202Een',
			'Public',
			'x'.repeat(65),
			'Ben.',
		])
			assert.throws(() => compose(name), { code: 'EINVAL' }, JSON.stringify(name));
		for (const name of ['Ben', 'Anna Maria', 'Жанна', '李']) assert.equal(compose(name).name, name);
	});

	it('keep somebody who can administer this computer', () => {
		const files = new TestFiles();
		const { accounts, record } = make(files, 'Ada', 'administrator');
		const attempts = [
			() => accounts.change(record.sid, { kind: 'standard' }, files.writer()),
			() => accounts.change(record.sid, { enabled: false }, files.writer()),
			() => accounts.remove(record.sid, files.writer()),
		];
		for (const attempt of attempts) assert.throws(attempt, { code: 'EBUSY' });
	});
});
