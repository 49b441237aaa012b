/** What `test`, `[` and `[[` decide: files, texts, numbers (POSIX XCU test; Bash for `[[`). */
import type * as Tree from 'unbash';
import { rights } from '#abi/rights.ts';
import type { NodeStatus } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { type ExpansionScope, expandToPattern, expandToText } from './expansion.ts';
import { compilePattern } from './glob.ts';
import { ShellError } from './scope.ts';

const fileTests = new Set(['-b', '-c', '-d', '-e', '-f', '-h', '-L', '-p', '-r', '-s', '-S', '-w', '-x', '-a']);

const comparisons: Readonly<Record<string, (one: bigint, other: bigint) => boolean>> = {
	'-eq': (one, other) => one === other,
	'-ne': (one, other) => one !== other,
	'-lt': (one, other) => one < other,
	'-le': (one, other) => one <= other,
	'-gt': (one, other) => one > other,
	'-ge': (one, other) => one >= other,
};

export function isUnaryOperator(text: string): boolean {
	return fileTests.has(text) || ['-n', '-z', '-t', '-v', '-o'].includes(text);
}

export function isBinaryOperator(text: string): boolean {
	return Object.hasOwn(comparisons, text) || ['=', '==', '!=', '<', '>', '=~', '-nt', '-ot', '-ef'].includes(text);
}

export interface TestScope extends ExpansionScope {
	/** Whether a descriptor is a terminal. */
	readonly isTerminal?: (descriptor: number) => Promise<boolean>;
}

export async function testUnary(operator: string, operand: string, scope: TestScope): Promise<boolean> {
	if (operator === '-n') return operand !== '';
	if (operator === '-z') return operand === '';
	if (operator === '-v') return scope.session.findVariable(operand) !== undefined;
	if (operator === '-o') return scope.session.options.has(operand as never);
	if (operator === '-t') return (await scope.isTerminal?.(Number(operand))) === true;
	const status = await statusOf(operand, scope, operator !== '-h' && operator !== '-L');
	if (status === undefined) return false;
	switch (operator) {
		case '-f':
			return status.kind === 'file';
		case '-d':
			return status.kind === 'directory';
		case '-c':
			return status.kind === 'device';
		case '-h':
		case '-L':
			return status.kind === 'link';
		case '-s':
			return status.size > 0;
		case '-b':
		case '-p':
		case '-S':
			return false;
		case '-w':
			return isWritable(operand, scope);
	}
	return true;
}

/** What stands at a path; `undefined` when nothing does. */
async function statusOf(
	operand: string,
	{ system, session }: TestScope,
	follow: boolean,
): Promise<NodeStatus | undefined> {
	if (operand === '') return undefined;
	const root = await system.directoryOpen('/', rights.walk).catch(() => undefined);
	if (root === undefined) return undefined;
	try {
		const path = resolvePath(session.workingDirectory, operand).slice(1);
		return await system.atStatus(root, path === '' ? '.' : path, follow);
	} catch {
		return undefined;
	} finally {
		await system.handleClose(root);
	}
}

async function isWritable(operand: string, { system, session }: TestScope): Promise<boolean> {
	const stat = await system.pathStat(resolvePath(session.workingDirectory, operand)).catch(() => undefined);
	return stat !== undefined && (stat.attributes & 1) === 0;
}

export async function testBinary(operator: string, left: string, right: string, scope: TestScope): Promise<boolean> {
	const compare = comparisons[operator];
	if (compare !== undefined) return compare(parseInteger(left), parseInteger(right));
	if (operator === '=' || operator === '==') return left === right;
	if (operator === '!=') return left !== right;
	if (operator === '<') return left < right;
	if (operator === '>') return left > right;
	const [one, other] = [await statusOf(left, scope, true), await statusOf(right, scope, true)];
	if (operator === '-ef') return one !== undefined && one.inode === other?.inode && one.device === other.device;
	const [older, newer] = operator === '-nt' ? [other, one] : [one, other];
	return newer !== undefined && (older === undefined || older.modifiedTime < newer.modifiedTime);
}

function parseInteger(text: string): bigint {
	const trimmed = text.trim();
	if (!/^[-+]?\d+$/.test(trimmed)) throw new ShellError(`"${text}" is not a whole number`, 2);
	return BigInt(trimmed.replace('+', ''));
}

/** The expression of `[[ … ]]`. */
export async function evaluateConditional(expression: Tree.TestExpression, scope: TestScope): Promise<boolean> {
	switch (expression.type) {
		case 'TestGroup':
			return evaluateConditional(expression.expression, scope);
		case 'TestNot': {
			const holds = await evaluateConditional(expression.operand, scope);
			return expression.negations.length % 2 === 1 ? !holds : holds;
		}
		case 'TestLogical': {
			const stopsAt = expression.operator === '||';
			for (const operand of expression.operands)
				if ((await evaluateConditional(operand, scope)) === stopsAt) return stopsAt;
			return !stopsAt;
		}
		case 'TestUnary':
			return testUnary(expression.operator, await expandToText(expression.operand, scope), scope);
		case 'TestBinary':
			return evaluateComparison(expression, scope);
	}
}

async function evaluateComparison(expression: Tree.TestBinaryExpression, scope: TestScope): Promise<boolean> {
	const { operator, left, right } = expression;
	const text = await expandToText(left, scope);
	if (operator === '=~') return new RegExp(await expandToText(right, scope), 'u').test(text);
	if (operator !== '=' && operator !== '==' && operator !== '!=')
		return testBinary(operator, text, await expandToText(right, scope), scope);
	const matches = compilePattern(await expandToPattern(right, scope)).test(text);
	return matches === (operator !== '!=');
}
