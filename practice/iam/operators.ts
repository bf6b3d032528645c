import { BlockList, isIPv6 } from 'node:net';
import type { Context } from './context.ts';
import { pattern } from './pattern.ts';
import type { Condition } from './policy.ts';

/** How a value of the request is compared with one of the policy. */
type Compare = (actual: string, expected: string, options: { context: Context; variables: boolean }) => boolean;

interface Operator {
	compare: Compare;
	/** `StringNotEquals` and its like: true when no value of the policy compares. */
	negated: boolean;
	set: 'ForAllValues' | 'ForAnyValue' | undefined;
	ifExists: boolean;
}

const text =
	(options: { wildcards?: boolean; ignoreCase?: boolean }): Compare =>
	(actual, expected, { context, variables }) =>
		pattern(expected, { ...options, context, variables })?.test(actual) ?? false;

/** Six parts, each by itself: a `*` does not reach over a colon, save in the last. */
const arn: Compare = (actual, expected, options) => {
	const [actualParts, expectedParts] = [arnParts(actual), arnParts(expected)];
	return (
		actualParts.length === 6 &&
		expectedParts.length === 6 &&
		expectedParts.every((part, index) => text({ wildcards: true })(actualParts[index]!, part, options))
	);
};

/** The colons of a variable, as in `${aws:PrincipalAccount}`, divide nothing. */
function arnParts(written: string): string[] {
	const parts = written.split(/:(?![^${}]*\})/);
	return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}

const number =
	(test: (actual: number, expected: number) => boolean): Compare =>
	(actual, expected) =>
		actual.trim() !== '' && test(Number(actual), Number(expected));

/** ISO 8601, or seconds since the epoch. */
const moment = (value: string) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value));
const date =
	(test: (actual: number, expected: number) => boolean): Compare =>
	(actual, expected) =>
		test(moment(actual), moment(expected));

const ip: Compare = (actual, expected) => {
	const [address, bits] = expected.split('/');
	const family = isIPv6(address!) ? 'ipv6' : 'ipv4';
	const list = new BlockList();
	try {
		list.addSubnet(address!, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
		return list.check(actual, isIPv6(actual) ? 'ipv6' : 'ipv4');
	} catch {
		return false;
	}
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const compares: Record<string, Compare> = {
	stringequals: text({}),
	stringequalsignorecase: text({ ignoreCase: true }),
	stringlike: text({ wildcards: true }),
	arnequals: arn,
	arnlike: arn,
	numericequals: number((actual, expected) => actual === expected),
	numericlessthan: number((actual, expected) => actual < expected),
	numericlessthanequals: number((actual, expected) => actual <= expected),
	numericgreaterthan: number((actual, expected) => actual > expected),
	numericgreaterthanequals: number((actual, expected) => actual >= expected),
	dateequals: date((actual, expected) => actual === expected),
	datelessthan: date((actual, expected) => actual < expected),
	datelessthanequals: date((actual, expected) => actual <= expected),
	dategreaterthan: date((actual, expected) => actual > expected),
	dategreaterthanequals: date((actual, expected) => actual >= expected),
	bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
	binaryequals: (actual, expected) => actual === expected,
	ipaddress: ip,
};

const negations: Record<string, string> = {
	stringnotequals: 'stringequals',
	stringnotequalsignorecase: 'stringequalsignorecase',
	stringnotlike: 'stringlike',
	arnnotequals: 'arnequals',
	arnnotlike: 'arnlike',
	numericnotequals: 'numericequals',
	datenotequals: 'dateequals',
	notipaddress: 'ipaddress',
};

/** An operator by its name, or undefined when IAM has none of that name. `Null` is the one that compares nothing. */
export function conditionOperator(written: string): Operator | 'null' | undefined {
	const [, set, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(written)!;
	const plain = name!.toLowerCase();
	if (plain === 'null') return set || ifExists ? undefined : 'null';
	const compare = compares[negations[plain] ?? plain];
	if (!compare) return undefined;
	return {
		compare,
		negated: plain in negations,
		set: set?.toLowerCase() === 'forallvalues' ? 'ForAllValues' : set ? 'ForAnyValue' : undefined,
		ifExists: ifExists !== undefined,
	};
}

/** Whether a request fulfils one condition of a policy. */
export function fulfils({ operator: written, key, values }: Condition, context: Context, variables: boolean): boolean {
	const operator = conditionOperator(written)!;
	const actual = context.get(key.toLowerCase()) ?? [];
	if (operator === 'null') return values.some((value) => (value.toLowerCase() === 'true') === (actual.length === 0));
	if (actual.length === 0) {
		if (operator.ifExists || operator.set === 'ForAllValues') return true;
		return operator.set === undefined && operator.negated;
	}
	const matches = (each: string) =>
		values.some((value) => operator.compare(each, value, { context, variables })) !== operator.negated;
	// A key of many values that is compared without a set operator: positive ones want any of them, negated ones all.
	const every = operator.set ? operator.set === 'ForAllValues' : operator.negated;
	return every ? actual.every(matches) : actual.some(matches);
}
