/** `test` and `[`. */
import { type Builtin, type BuiltinContext, UsageError } from '../builtin.ts';
import { isBinaryOperator, isUnaryOperator, type TestScope, testBinary, testUnary } from '../conditional.ts';

const test: Builtin = {
	usage: 'test EXPRESSION, or [ EXPRESSION ]',
	summary:
		'Succeeds when the expression is true: -e -f -d -s -L -r -w -x PATH, -n -z TEXT, -t DESCRIPTOR, A = B, A != B, A < B, A -eq -ne -lt -le -gt -ge B, A -nt -ot -ef B; !, -a, -o and ( ) join them.',
	takesAnything: true,
	async run(context) {
		const list = [...context.arguments];
		if (context.name === '[' && list.pop() !== ']') throw new UsageError('the closing ] is missing');
		if (list.length === 0) return 1;
		return Number(!(await new TestReader(list, scopeOf(context)).readAll()));
	},
};

function scopeOf({ shell, scope }: BuiltinContext): TestScope {
	return {
		...shell.expansion(scope),
		isTerminal: async (descriptor) => {
			const handle = scope.streams[descriptor];
			return handle !== undefined && (await shell.system.handleKind(handle)) === 'terminal';
		},
	};
}

/** Reads an expression from left to right, as POSIX says for up to four arguments, and `-a`, `-o` and brackets beyond. */
class TestReader {
	readonly #list: readonly string[];
	readonly #scope: TestScope;
	#place = 0;

	constructor(list: readonly string[], scope: TestScope) {
		this.#list = list;
		this.#scope = scope;
	}

	async readAll(): Promise<boolean> {
		const holds = await this.#readOr();
		if (this.#place < this.#list.length) throw new UsageError(`"${this.#list[this.#place]}" is not expected here`);
		return holds;
	}

	async #readOr(): Promise<boolean> {
		let holds = await this.#readAnd();
		while (this.#list[this.#place] === '-o') {
			this.#place++;
			const other = await this.#readAnd();
			holds ||= other;
		}
		return holds;
	}

	async #readAnd(): Promise<boolean> {
		let holds = await this.#readOne();
		while (this.#list[this.#place] === '-a') {
			this.#place++;
			const other = await this.#readOne();
			holds &&= other;
		}
		return holds;
	}

	async #readOne(): Promise<boolean> {
		const [first = '', second, third] = this.#list.slice(this.#place);
		const left = this.#list.length - this.#place;
		if (left >= 3 && isBinaryOperator(second as string)) {
			this.#place += 3;
			return testBinary(second as string, first, third as string, this.#scope);
		}
		if (first === '!' && left > 1) {
			this.#place++;
			return !(await this.#readOne());
		}
		if (first === '(' && left > 2) return this.#readGroup();
		if (isUnaryOperator(first) && left > 1) {
			this.#place += 2;
			return testUnary(first, second as string, this.#scope);
		}
		if (left === 2 && first.startsWith('-')) throw new UsageError(`"${first}" is not a test`);
		if (left === 0) throw new UsageError('the expression is not complete');
		this.#place++;
		return first !== '';
	}

	async #readGroup(): Promise<boolean> {
		this.#place++;
		const holds = await this.#readOr();
		if (this.#list[this.#place] !== ')') throw new UsageError('the closing ) is missing');
		this.#place++;
		return holds;
	}
}

export const testBuiltins: Readonly<Record<string, Builtin>> = { test, '[': test };
