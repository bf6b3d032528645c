import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { invalid } from './topics.ts';

export type MessageAttributes = Record<string, MessageAttributeValue>;
type Value = string | number | boolean | null;
/** Whether one of an attribute's values will do. */
type Condition = (value: Value) => boolean;
type Test = (attributes: Map<string, Value[]>) => boolean;

/**
 * Reads a filter policy on message attributes.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicy(text: string): (attributes: MessageAttributes) => boolean {
	const test = all(parse(text));
	return (attributes) => test(values(attributes));
}

const refuse = (why: string) => invalid(`FilterPolicy: ${why}`);

function parse(text: string): Record<string, unknown> {
	let policy: unknown;
	try {
		policy = JSON.parse(text);
	} catch (cause) {
		throw Object.assign(refuse('failed to parse JSON.'), { cause });
	}
	if (!isObject(policy)) throw refuse('Filter policy must be a JSON object.');
	return policy;
}

/** Every key must be satisfied. */
function all(policy: Record<string, unknown>): Test {
	const tests = Object.entries(policy).map(([name, rule]): Test => {
		if (name === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject)) {
			const any = rule.map(all);
			return (attributes) => any.some((each) => each(attributes));
		}
		if (!Array.isArray(rule)) {
			throw refuse(
				isObject(rule)
					? 'Filter policy scope MessageAttributes does not support nested filter policy'
					: `"${name}" must be an object or an array`,
			);
		}
		if (rule.length === 0) throw refuse('Empty arrays are not allowed');
		return one(name, rule);
	});
	return (attributes) => tests.every((each) => each(attributes));
}

/** Any condition of a key is enough. */
function one(name: string, rules: unknown[]): Test {
	const absent = rules.some((rule) => isObject(rule) && rule['exists'] === false);
	const present = rules.some((rule) => isObject(rule) && rule['exists'] === true);
	const conditions = rules.filter((rule) => !(isObject(rule) && 'exists' in rule)).map(condition);
	for (const rule of rules) {
		if (isObject(rule) && 'exists' in rule && typeof rule['exists'] !== 'boolean') {
			throw refuse('exists match pattern must be either true or false.');
		}
	}
	return (attributes) => {
		const found = attributes.get(name);
		if (!found) return absent;
		return present || found.some((value) => conditions.some((each) => each(value)));
	};
}

function condition(rule: unknown): Condition {
	if (rule === null || typeof rule === 'boolean' || typeof rule === 'string' || typeof rule === 'number') {
		return (value) => value === rule;
	}
	if (!isObject(rule) || Object.keys(rule).length !== 1) {
		throw refuse('Match value must be String, number, true, false, or null');
	}
	const [[kind, operand]] = Object.entries(rule) as [[string, unknown]];
	switch (kind) {
		case 'prefix':
			return text(kind, operand, (value, wanted) => value.startsWith(wanted));
		case 'suffix':
			return text(kind, operand, (value, wanted) => value.endsWith(wanted));
		case 'equals-ignore-case':
			return text(kind, operand, (value, wanted) => value.toLowerCase() === wanted.toLowerCase());
		case 'wildcard':
			return text(kind, operand, (value, wanted) => wildcard(wanted).test(value));
		case 'anything-but':
			return anythingBut(operand);
		case 'numeric':
			return numeric(operand);
		default:
			throw refuse(`Unrecognized match type ${kind}`);
	}
}

function text(kind: string, operand: unknown, holds: (value: string, wanted: string) => boolean): Condition {
	if (typeof operand !== 'string' || operand === '') throw refuse(`${kind} match pattern must be a string`);
	return (value) => typeof value === 'string' && holds(value, operand);
}

function anythingBut(operand: unknown): Condition {
	if (isObject(operand)) {
		const inner = condition(operand);
		return (value) => !inner(value);
	}
	const excluded = [operand].flat();
	if (excluded.length === 0 || !excluded.every((each) => typeof each === 'string' || typeof each === 'number')) {
		throw refuse('Inside anything but list, start|null|boolean is not supported.');
	}
	return (value) => !excluded.includes(value as string);
}

const compared: Record<string, (value: number, wanted: number) => boolean> = {
	'=': (value, wanted) => value === wanted,
	'<': (value, wanted) => value < wanted,
	'<=': (value, wanted) => value <= wanted,
	'>': (value, wanted) => value > wanted,
	'>=': (value, wanted) => value >= wanted,
};

/** `[">", 0, "<=", 100]` */
function numeric(operand: unknown): Condition {
	if (!Array.isArray(operand)) throw refuse('Value of numeric must be an array.');
	if (operand.length === 0) throw refuse('Invalid member in numeric match: ]');
	if (operand.length % 2 !== 0 || operand.length > 4) throw refuse('Too many elements in numeric expression');
	const bounds: [string, number][] = [];
	for (let index = 0; index < operand.length; index += 2) {
		const [operator, wanted] = [operand[index] as string, operand[index + 1] as number];
		if (!Object.hasOwn(compared, operator)) throw refuse(`Unrecognized numeric range operator: ${operator}`);
		if (typeof wanted !== 'number') throw refuse(`Value of ${operator} must be numeric`);
		bounds.push([operator, wanted]);
	}
	return (value) =>
		typeof value === 'number' && bounds.every(([operator, wanted]) => compared[operator]!(value, wanted));
}

const wildcard = (glob: string) =>
	new RegExp(
		`^${glob
			.split(/\*+/)
			.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
			.join('.*')}$`,
		's',
	);

/** What the attributes of a message have to offer. Bytes cannot be filtered. */
function values(attributes: MessageAttributes): Map<string, Value[]> {
	const map = new Map<string, Value[]>();
	for (const [name, { DataType = '', StringValue = '' }] of Object.entries(attributes)) {
		if (DataType.startsWith('Number')) map.set(name, [Number(StringValue)]);
		else if (DataType === 'String.Array') map.set(name, elements(StringValue));
		else if (DataType.startsWith('String')) map.set(name, [StringValue]);
	}
	return map;
}

function elements(text: string): Value[] {
	try {
		return [JSON.parse(text)].flat() as Value[];
	} catch {
		return [];
	}
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
