import { invalid } from '../groups.ts';

/** `%…%`: a regular expression of the few constructs that AWS allows. */
export function expression(source: string): (text: string) => boolean {
	if (/[()]/.test(source.replace(/\\./g, ''))) throw invalid(`Invalid regular expression: %${source}%`);
	try {
		const regex = new RegExp(source);
		return (text) => regex.test(text);
	} catch (cause) {
		throw Object.assign(invalid(`Invalid regular expression: %${source}%`), { cause });
	}
}

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=';

/** What stands on the right of an operator. */
export interface Operand {
	kind: 'text' | 'expression';
	/** Without quotes or percent signs. */
	value: string;
	/** A quoted number is a text. */
	quoted: boolean;
}

/** A comparison of a value: numbers as numbers, texts with `*` for anything. */
export function comparison(operator: Operator, { kind, value, quoted }: Operand): (actual: string | number) => boolean {
	if (kind === 'expression') {
		if (operator !== '=' && operator !== '!=')
			throw invalid('Invalid filter pattern: an expression can be compared with = and != only');
		const matches = expression(value);
		return (actual) => matches(String(actual)) === (operator === '=');
	}
	const number = quoted || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) ? undefined : Number(value);
	if (operator === '=' || operator === '!=') {
		const same = equal(value, number);
		return (actual) => same(actual) === (operator === '=');
	}
	if (number === undefined) throw invalid(`Invalid filter pattern: ${operator} needs a number, not '${value}'`);
	const holds = { '<': lt, '>': gt, '<=': le, '>=': ge }[operator];
	return (actual) => actual !== '' && Number.isFinite(Number(actual)) && holds(Number(actual), number);
}

const lt = (a: number, b: number) => a < b;
const gt = (a: number, b: number) => a > b;
const le = (a: number, b: number) => a <= b;
const ge = (a: number, b: number) => a >= b;

function equal(value: string, number: number | undefined): (actual: string | number) => boolean {
	if (number !== undefined) {
		return (actual) => (typeof actual === 'number' ? actual === number : actual !== '' && Number(actual) === number);
	}
	const source = value.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	const regex = new RegExp(`^${source.join('.*')}$`, 's');
	return (actual) => regex.test(String(actual));
}
