/** Arithmetic of the shell: whole numbers of 64 bits, as in C (POSIX XCU 2.6.4). */
import type {
	ArithmeticBinary,
	ArithmeticCommandExpansion,
	ArithmeticExpression,
	ArithmeticUnary,
	ArithmeticWord,
} from 'unbash';
import { parse } from 'unbash';
import { ShellError } from './scope.ts';

const deepest = 64;

export interface ArithmeticScope {
	find(name: string): string | undefined;
	set(name: string, value: string): void;
	/** The text of a word or substitution after expansion. */
	expand(part: ArithmeticWord | ArithmeticCommandExpansion): Promise<string>;
}

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
const truth = (value: boolean): bigint => (value ? 1n : 0n);

const operations: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
	'+': (left, right) => left + right,
	'-': (left, right) => left - right,
	'*': (left, right) => left * right,
	'/': (left, right) => left / nonZero(right),
	'%': (left, right) => left % nonZero(right),
	'**': (left, right) => power(left, right),
	'<<': (left, right) => left << (right & 63n),
	'>>': (left, right) => left >> (right & 63n),
	'&': (left, right) => left & right,
	'|': (left, right) => left | right,
	'^': (left, right) => left ^ right,
	'<': (left, right) => truth(left < right),
	'>': (left, right) => truth(left > right),
	'<=': (left, right) => truth(left <= right),
	'>=': (left, right) => truth(left >= right),
	'==': (left, right) => truth(left === right),
	'!=': (left, right) => truth(left !== right),
};

function nonZero(value: bigint): bigint {
	if (value === 0n) throw new ShellError('arithmetic: division by zero');
	return value;
}

function power(base: bigint, exponent: bigint): bigint {
	if (exponent < 0n) throw new ShellError('arithmetic: exponent below zero');
	let result = 1n;
	let square = wrap(base);
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if ((rest & 1n) === 1n) result = wrap(result * square);
		square = wrap(square * square);
	}
	return result;
}

/** Value of an expression given as text, such as the value of a variable or an index. */
export async function evaluateText(text: string, scope: ArithmeticScope, depth = 0): Promise<bigint> {
	if (text.trim() === '') return 0n;
	const number = parseNumber(text.trim());
	if (number !== undefined) return number;
	if (depth > deepest) throw new ShellError('arithmetic: expressions name each other without end');
	const script = parse(`((${text}))`);
	const command = script.commands[0]?.command;
	if ((script.errors ?? []).length > 0 || command?.type !== 'ArithmeticCommand' || command.expression === undefined)
		throw new ShellError(`arithmetic: "${text}" is no expression`);
	return evaluate(command.expression, scope, depth + 1);
}

export async function evaluate(expression: ArithmeticExpression, scope: ArithmeticScope, depth = 0): Promise<bigint> {
	switch (expression.type) {
		case 'ArithmeticGroup':
			return evaluate(expression.expression, scope, depth);
		case 'ArithmeticTernary': {
			const holds = (await evaluate(expression.test, scope, depth)) !== 0n;
			return evaluate(holds ? expression.consequent : expression.alternate, scope, depth);
		}
		case 'ArithmeticUnary':
			return evaluateUnary(expression, scope, depth);
		case 'ArithmeticBinary':
			return evaluateBinary(expression, scope, depth);
		case 'ArithmeticCommandExpansion':
			return evaluateText(await scope.expand(expression), scope, depth + 1);
		case 'ArithmeticWord':
			return evaluateWord(expression, scope, depth);
	}
}

async function evaluateWord(word: ArithmeticWord, scope: ArithmeticScope, depth: number): Promise<bigint> {
	const name = nameOf(word);
	if (name !== undefined) return evaluateText(scope.find(name) ?? '0', scope, depth + 1);
	const text = word.parts === undefined ? word.value : await scope.expand(word);
	const number = parseNumber(text.trim());
	if (number !== undefined) return number;
	if (word.parts === undefined) throw new ShellError(`arithmetic: "${text}" is no number`);
	return evaluateText(text, scope, depth + 1);
}

function nameOf(expression: ArithmeticExpression): string | undefined {
	if (expression.type !== 'ArithmeticWord' || expression.parts !== undefined) return undefined;
	return /^[A-Za-z_]\w*$/.test(expression.value) ? expression.value : undefined;
}

async function evaluateUnary(expression: ArithmeticUnary, scope: ArithmeticScope, depth: number): Promise<bigint> {
	const { operator, operand, prefix } = expression;
	const value = await evaluate(operand, scope, depth);
	if (operator === '!') return truth(value === 0n);
	if (operator === '~') return wrap(~value);
	if (operator === '-') return wrap(-value);
	if (operator === '+') return value;
	const next = wrap(operator === '++' ? value + 1n : value - 1n);
	assign(operand, next, scope);
	return prefix ? next : value;
}

async function evaluateBinary(expression: ArithmeticBinary, scope: ArithmeticScope, depth: number): Promise<bigint> {
	const { operator, left, right } = expression;
	if (operator === '=') return assign(left, await evaluate(right, scope, depth), scope);
	const first = await evaluate(left, scope, depth);
	if (operator === '&&') return truth(first !== 0n && (await evaluate(right, scope, depth)) !== 0n);
	if (operator === '||') return truth(first !== 0n || (await evaluate(right, scope, depth)) !== 0n);
	const second = await evaluate(right, scope, depth);
	if (operator === ',') return second;
	const assigns = operator.endsWith('=') && !Object.hasOwn(operations, operator);
	const operation = operations[assigns ? operator.slice(0, -1) : operator];
	if (operation === undefined) throw new ShellError(`arithmetic: there is no operator ${operator}`);
	const value = wrap(operation(first, second));
	return assigns ? assign(left, value, scope) : value;
}

function assign(target: ArithmeticExpression, value: bigint, scope: ArithmeticScope): bigint {
	const name = nameOf(target);
	if (name === undefined) throw new ShellError('arithmetic: only a variable can be assigned to');
	scope.set(name, String(value));
	return value;
}

/** `12`, `-3`, `0x1f`, `017`, `2#101`. */
function parseNumber(text: string): bigint | undefined {
	if (/^[-+]?(?:0|[1-9]\d*)$/.test(text)) return wrap(BigInt(text.replace('+', '')));
	if (/^0[xX][\da-fA-F]+$/.test(text)) return wrap(BigInt(text));
	if (/^0[0-7]+$/.test(text)) return wrap(BigInt(`0o${text.slice(1)}`));
	const [, base, digits] = /^(\d+)#([\da-zA-Z]+)$/.exec(text) ?? [];
	if (base === undefined || digits === undefined || Number(base) < 2 || Number(base) > 36) return undefined;
	let value = 0n;
	for (const digit of digits) {
		const worth = Number.parseInt(digit, 36);
		if (worth >= Number(base)) return undefined;
		value = value * BigInt(base) + BigInt(worth);
	}
	return wrap(value);
}
