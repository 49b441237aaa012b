/** The shell through real system calls: what a person types, and what comes back. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import sh from '#programs/sh/program.ts';
import { type Outcome, TestMachine } from './test-machine.ts';

let machine: TestMachine;

before(async () => {
	machine = new TestMachine({ sh });
	await machine.system.pathMakeDirectory('/home');
	await machine.system.pathMakeDirectory('/home/folder');
	await write('/home/fruit.txt', 'pear\napple\nfig\napple\n');
	await write('/home/two words.txt', 'second\n');
	await write('/home/.hidden', 'hidden\n');
});

after(() => machine[Symbol.asyncDispose]());

function write(path: string, text: string): Promise<void> {
	return machine.system.pathWrite(path, new TextEncoder().encode(text), 'replace');
}

function run(command: string, input = ''): Promise<Outcome> {
	return machine.run('sh', ['-c', command], input);
}

async function outputOf(command: string, input = ''): Promise<string> {
	const { output, error } = await run(command, input);
	return output + error;
}

/** `[command, what it writes]`. */
const writes: readonly (readonly [string, string])[] = [
	['echo a   b', 'a b\n'],
	['echo \'a   b\' "c  d" e\\ f', 'a   b c  d e f\n'],
	['echo "it\'s" \'"x"\'', 'it\'s "x"\n'],
	['echo # a comment', '\n'],
	['echo a#b', 'a#b\n'],
	[`X=1; echo $X "$X" '$X' \${X}0`, '1 1 $X 10\n'],
	['X="a  b"; echo $X; echo "$X"', 'a b\na  b\n'],
	[`echo \${NONE:-fallback} \${GREETING:-no}`, 'fallback hello\n'],
	[`echo "[\${NONE:-a  b}]"`, '[a  b]\n'],
	['echo *.txt', 'fruit.txt two words.txt\n'],
	['echo "*.txt" \\*.txt *.none', '*.txt *.txt *.none\n'],
	['echo f[ro]*t ?ruit.txt [!f]*', 'fruit.txt fruit.txt two words.txt\n'],
	['echo /home/f*', '/home/folder /home/fruit.txt\n'],
	['echo */', 'folder/\n'],
	['echo ~ ~/x "~"', '/home /home/x ~\n'],
	['echo $(echo a; echo b) "$(echo a; echo b)"', 'a b a\nb\n'],
	['echo "$(echo ")")"', ')\n'],
	['true && echo yes || echo no; false && echo yes || echo no', 'yes\nno\n'],
	['false; echo $?; true; echo $?; ! true; echo $?', '1\n0\n1\n'],
	['(exit 7); echo $?', '7\n'],
	['cd folder; pwd; cd ..; pwd; cd -', '/home/folder\n/home\n/home/folder\n'],
	['(cd folder); pwd', '/home\n'],
	['sort fruit.txt | uniq -c | sort -rn | head -n 1', '      2 apple\n'],
	['cat fruit.txt | grep -c pp', '2\n'],
	['grep -n fig fruit.txt; grep -v p fruit.txt', '3:fig\nfig\n'],
	['wc -l < fruit.txt', '4\n'],
	['cat fruit.txt "two words.txt" | tail -2', 'apple\nsecond\n'],
	['echo one > out.txt; echo two >> out.txt; cat out.txt; rm out.txt', 'one\ntwo\n'],
	['ls none 2> /dev/null; echo $?', '2\n'],
	['ls none > all.txt 2>&1; cat all.txt; rm all.txt', 'ls: none: There is no file or folder of this name.\n'],
	['ls', 'folder\nfruit.txt\ntwo words.txt\n'],
	['ls -A folder .hidden', '.hidden\n\nfolder:\n'],
	[
		'mkdir -p a/b/c; touch a/b/c/f; find a; rm -r a; ls a',
		'a\na/b\na/b/c\na/b/c/f\nls: a: There is no file or folder of this name.\n',
	],
	['cp fruit.txt copy.txt; cp -n "two words.txt" copy.txt; cat copy.txt | wc -l; rm copy.txt', '4\n'],
	['cp "two words.txt" c.txt; cp fruit.txt c.txt; wc -l < c.txt; mv c.txt d.txt; ls d.txt; rm d.txt', '4\nd.txt\n'],
	['mkdir t; cp -r fruit.txt folder t; ls t; rm -r t', 'folder\nfruit.txt\n'],
	['printf "%s-%03d|%-4s|%x\\n" a 7 b 255', 'a-007|b   |ff\n'],
	['printf "%s\\n" a b c', 'a\nb\nc\n'],
	['for f in 1 2 3; do echo n$f; done', 'n1\nn2\nn3\n'],
	['if [ -f fruit.txt ]; then echo file; else echo none; fi', 'file\n'],
	['if false; then echo a; elif test 2 -gt 1; then echo b; fi', 'b\n'],
	['X=; while [ "$X" != aaa ]; do X=a$X; done; echo $X', 'aaa\n'],
	['{ echo a; echo b; } | tail -1', 'b\n'],
	['echo a |\n cat', 'a\n'],
	["export NEW=1; sh -c 'echo $NEW'; OLD=2; sh -c 'echo [$OLD]'; OLD=3 sh -c 'echo $OLD'", '1\n[]\n3\n'],
	['find . -name "*.txt" -type f', './fruit.txt\n./two words.txt\n'],
	['echo text | tee copy.txt | cat; cat copy.txt; rm copy.txt', 'text\ntext\n'],
	['head -c 4 fruit.txt', 'pear'],
	['echo äöü 漢字 🙂 | wc -c', '19\n'],
	['nothing-of-this-name 2> /dev/null; echo after $?', 'after 127\n'],
	['for one in 1; do sleep 90 & jobs; kill %1; wait; done', '[1]+  Running      sleep 90\n'],
];

describe('A command line', () => {
	for (const [command, expected] of writes)
		test(command.replaceAll('\n', '⏎'), async () => {
			assert.equal(await outputOf(command), expected);
		});
});

describe('Exit codes and errors', () => {
	const codes: readonly (readonly [string, number, RegExp])[] = [
		['nothing-of-this-name', 127, /there is no such command/],
		['ls --nonsense', 2, /there is no option --/],
		['grep', 2, /usage: grep/],
		['grep nomatch fruit.txt', 1, /^$/],
		['echo "open', 2, /unterminated double quote/],
		['echo |', 2, /expected command/],
		['cat none', 1, /none: There is no file/],
		['cd fruit.txt', 1, /not a folder/],
		['rm folder', 1, /use -r/],
		['rm -r /', 1, /working directory/],
		['exit 9', 9, /^$/],
		['cp -r folder folder/inside', 1, /into itself/],
		['echo x > folder', 1, /It is a folder/],
		['mkdir folder', 1, /exists already/],
		['kill 99999', 1, /no such process/],
		['grep -E "(" fruit.txt', 2, /is not closed/],
	];
	for (const [command, code, message] of codes)
		test(`${command} ends with ${code}`, async () => {
			const { error, status } = await run(command);
			assert.equal(status.code, code, error);
			assert.match(error, message);
		});
});

describe('Streams', () => {
	test('A reader that stops early ends the writer', async () => {
		await write('/home/long.txt', 'line\n'.repeat(200_000));
		assert.equal(await outputOf('cat long.txt | head -1; rm long.txt'), 'line\n');
	});

	test('A pipeline carries a megabyte through kernel pipes unharmed', async () => {
		await write('/home/long.txt', Array.from({ length: 100_000 }, (_, index) => `${index}\n`).join(''));
		assert.equal(await outputOf('cat long.txt | cat | cat | wc -l; tail -1 long.txt; rm long.txt'), '100000\n99999\n');
	});

	test('Standard input of the shell reaches its command', async () => {
		assert.equal(await outputOf('cat -n', 'a\nb\n'), '     1\ta\n     2\tb\n');
	});

	test('A script file runs with its arguments', async () => {
		await write('/home/script.sh', '# a script\necho $1 and $2: $#\n');
		const { output } = await machine.run('sh', ['script.sh', 'one', 'two']);
		assert.equal(output, 'one and two: 2\n');
	});

	test('Standard input is a script when there are no arguments', async () => {
		const { output } = await machine.run('sh', [], 'echo a\necho b\n');
		assert.equal(output, 'a\nb\n');
	});

	test('No handle is left open by a hundred redirections and pipes', async () => {
		const command = `i=; for n in ${'1 2 3 4 5 6 7 8 9 10 '.repeat(10)}; do echo x > out.txt; cat < out.txt | cat > /dev/null; done; ps`;
		const { output } = await run(command);
		const handles = (await machine.system.processList()).map((process) => process.handles);
		assert.match(output, /running/);
		assert.ok(Math.max(...handles) < 10, `handles ${handles}`);
	});
});

describe('An interactive shell', () => {
	test('edits, completes, recalls, runs and is interrupted', async () => {
		const session = await Session.start();
		await session.expect(/~\S* \S*\$/);
		await session.type('echp\x7fo hi\x1b[D\x1b[Do\r');
		await session.expect(/133;C.ohi\r\n/);
		await session.type('cat fr\t\r');
		await session.expect(/cat fruit\.txt [\s\S]*pear\r\n/);
		await session.type('\x1b[A\x1b[A\r');
		await session.expect(/ohi\r\n/);
		await session.type('sleep 60\r');
		await session.expect(/133;C/);
		await session.type('\x03');
		await session.expect(/133;D;130/);
		await session.type('cat\r');
		await session.expect(/133;C/);
		await session.type('ty\x7fyped\r\x04');
		await session.expect(/\ntyped\r\n[\s\S]*133;D;0/);
		await session.type("echo 'a\r");
		await session.expect(/> /);
		await session.type("b'\r");
		await session.expect(/133;C.a\r\nb\r\n/);
		await session.type('exit 3\r');
		assert.equal((await machine.system.processWait(session.pid)).code, 3);
		const history = new TextDecoder().decode(await machine.system.pathRead('/home/Settings/shell-history.txt', 10_000));
		assert.match(history, /^echo ohi\ncat fruit\.txt\necho ohi\nsleep 60\ncat\n/);
	});

	test('keeps no handle of a command that does not exist', async () => {
		const session = await Session.start();
		const handles = async () =>
			(await machine.system.processList()).find(({ pid }) => pid === session.pid)?.handles ?? Number.NaN;
		await session.type('nonsense\r');
		await session.expect(/133;D;127/);
		const before = await handles();
		await session.type('for i in 1 2 3 4 5 6 7 8; do nonsense; done; :\r');
		await session.expect(/133;D;0/);
		assert.equal(await handles(), before);
		await session.type('exit\r');
		await machine.system.processWait(session.pid);
	});

	test('interrupts the process that it started', async () => {
		const session = await Session.start();
		await session.type("sh -c 'sleep 60'\r");
		await session.expect(/133;C/);
		while ((await machine.system.processList()).filter(({ program }) => program === 'sh').length < 2);
		await session.type('\x03');
		await session.expect(/133;D;130/);
		await session.type('exit\r');
		await machine.system.processWait(session.pid);
	});
});

class Session {
	readonly pid: number;
	readonly #input: number;
	#text = '';
	#seen = 0;
	#changed: () => void = () => {};

	private constructor(pid: number, input: number) {
		this.pid = pid;
		this.#input = input;
	}

	static async start(): Promise<Session> {
		await machine.system.pathMakeDirectory('/home/Settings').catch(() => {});
		const { controller, terminal } = await machine.system.terminalCreate({ rows: 24, columns: 80 });
		const pid = await machine.spawn('sh', [], [terminal, terminal, terminal]);
		await machine.system.handleClose(terminal);
		const session = new Session(pid, controller);
		session.#read(controller).catch(() => {});
		return session;
	}

	async #read(handle: number): Promise<void> {
		const decoder = new TextDecoder();
		for (;;) {
			const bytes = await machine.system.streamRead(handle, 65_536);
			if (bytes.length === 0) return;
			this.#text += decoder.decode(bytes, { stream: true });
			this.#changed();
		}
	}

	type(text: string): Promise<void> {
		return machine.system.streamWrite(this.#input, new TextEncoder().encode(text));
	}

	/** Waits until the output since the last match matches. */
	async expect(pattern: RegExp): Promise<void> {
		const deadline = AbortSignal.timeout(5000);
		for (;;) {
			const match = pattern.exec(this.#text.slice(this.#seen));
			if (match !== null) {
				this.#seen += match.index + match[0].length;
				return;
			}
			await new Promise<void>((resolve, reject) => {
				this.#changed = resolve;
				deadline.addEventListener('abort', () =>
					reject(new Error(`${pattern} did not come: ${JSON.stringify(this.#text.slice(this.#seen))}`)),
				);
			});
		}
	}
}

describe('Hostile use', () => {
	test('A fork bomb ends by itself and leaves the shell usable', async () => {
		const { status } = await run(':(){ :|:& };: 2> /dev/null; sleep 0.2; echo alive');
		assert.ok(status.code < 128 || status.code === 254);
		assert.equal(await outputOf('echo still here'), 'still here\n');
	});

	test('Functions that call themselves without end are refused', async () => {
		const { error } = await run('f() { f; }; f');
		assert.match(error, /too deeply/);
	});

	test('A thousand names, a line of ten megabytes and NUL bytes go through', async () => {
		const script = [
			'mkdir many; cd many; i=0; while [ $i -lt 1000 ]; do : > n$i; i=$((i+1)); done; ls | wc -l; echo n* | wc -w',
			"yes x | head -c 10000000 | tr -d '\\n' > line; wc -c < line; grep -c x line; sed s/x/y/ line | head -c 2; echo",
			"printf 'a\\0b' | cat | wc -c; cd ..; rm -r many",
		].join('; ');
		assert.equal(await outputOf(script), '1000\n1000\n5000000\n1\nyx\n3\n');
	});

	test('yes ends when nobody reads, and no process is left', async () => {
		assert.equal(await outputOf('yes | head -1; yes | sed 2q | tail -1'), 'y\ny\n');
		const left = (await machine.system.processList()).filter(({ program }) => program === 'yes');
		assert.deepEqual(left, []);
	});

	test('A signal ends a loop that never waits', async () => {
		const pid = await machine.spawn('sh', ['-c', 'while :; do :; done'], []);
		await machine.system.processKill(pid, 'terminate');
		assert.equal((await machine.system.processWait(pid)).code, 143);
	});

	test('tar unpacks nothing outside its folder', async () => {
		const script =
			'mkdir in out; echo evil > in/f; tar cPf a.tar in/../in/f; cd out; tar xf ../a.tar; ls; cd ..; rm -r in out a.tar';
		const { output, error } = await run(script);
		assert.match(error, /leads out of the folder/);
		assert.equal(output, '');
	});
});

describe('Jobs at a terminal', () => {
	test('are stopped, listed, put into the background and brought back', async () => {
		const session = await Session.start();
		await session.type('sleep 30\r');
		await session.expect(/133;C/);
		while (!(await machine.system.processList()).some(({ program }) => program === 'sleep'));
		await session.type('\x1a');
		await session.expect(/\[1\]\+ {2}Stopped +sleep 30/);
		await session.expect(/133;D;148/);
		await session.type('bg; jobs\r');
		await session.expect(/\[1\]\+ {2}Running +sleep 30/);
		await session.type('kill %1; wait; echo ended\r');
		await session.expect(/133;C.ended/);
		await session.type('cat\r');
		await session.expect(/133;C/);
		await session.type('to cat\r');
		await session.expect(/to cat\r\nto cat\r\n/);
		await session.type('\x04');
		await session.expect(/133;D;0/);
		await session.type('while :; do :; done\r');
		await session.expect(/133;C/);
		await session.type('\x1a');
		await session.type('\x03');
		await session.expect(/133;D;130/);
		await session.type('exit\r');
		await machine.system.processWait(session.pid);
	});
});
