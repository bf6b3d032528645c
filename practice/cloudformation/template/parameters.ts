import { formatError, invalid } from './faults.ts';
import type { ParameterDeclaration, Template } from './template.ts';

/** A parameter's value in a stack. */
export interface ParameterValue {
	/** As given: for SSM types, the parameter's name there. */
	value: string;
	/** What an SSM type stands for. */
	resolved?: string;
}

/** As clients give them. */
export interface GivenParameter {
	ParameterKey?: string | undefined;
	ParameterValue?: string | undefined;
	UsePreviousValue?: boolean | undefined;
}

const plainTypes = new Set([
	'String',
	'Number',
	'List<Number>',
	'CommaDelimitedList',
	'AWS::EC2::AvailabilityZone::Name',
	'AWS::EC2::Image::Id',
	'AWS::EC2::Instance::Id',
	'AWS::EC2::KeyPair::KeyName',
	'AWS::EC2::SecurityGroup::GroupName',
	'AWS::EC2::SecurityGroup::Id',
	'AWS::EC2::Subnet::Id',
	'AWS::EC2::Volume::Id',
	'AWS::EC2::VPC::Id',
	'AWS::Route53::HostedZone::Id',
	'AWS::SSM::Parameter::Name',
]);

const inner = (type: string): string => /^(?:List|AWS::SSM::Parameter::Value)<(.+)>$/.exec(type)?.[1] ?? type;

/** Whether its value is the name of an SSM parameter that holds the true one. */
export const isSsmValue = (type: string) => type.startsWith('AWS::SSM::Parameter::Value<');

export const isListType = (type: string): boolean =>
	/^List</.test(type) || type === 'CommaDelimitedList' || (isSsmValue(type) && isListType(inner(type)));

export function checkParameterTypes({ parameters }: Template): void {
	for (const { Type } of Object.values(parameters)) {
		const core = inner(inner(Type));
		if (!plainTypes.has(Type) && !plainTypes.has(core) && core !== 'CommaDelimitedList') {
			throw formatError(`Unrecognized parameter type: ${Type}`);
		}
	}
}

/**
 * The values of a template's parameters from what was given, what the stack had before and the defaults. `lookUp` finds
 * an SSM parameter's value.
 */
export function parameterValues(
	{ parameters }: Template,
	given: readonly GivenParameter[],
	previous: Record<string, ParameterValue> | undefined,
	lookUp: (name: string, key: string) => string,
): Record<string, ParameterValue> {
	const byKey = new Map(given.map((each) => [each.ParameterKey ?? '', each]));
	const strangers = [...byKey.keys()].filter((key) => !Object.hasOwn(parameters, key));
	if (strangers.length > 0) throw invalid(`Parameters: [${strangers.join(', ')}] do not exist in the template`);
	const missing: string[] = [];
	const values: Record<string, ParameterValue> = {};
	for (const [key, declaration] of Object.entries(parameters)) {
		const one = byKey.get(key);
		const before = previous && Object.hasOwn(previous, key) ? previous[key] : undefined;
		if (one?.UsePreviousValue && one.ParameterValue !== undefined) {
			throw invalid(
				`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
			);
		}
		const value = one ? (one.UsePreviousValue ? before?.value : one.ParameterValue) : declaration.Default;
		if (value === undefined) missing.push(key);
		else values[key] = { value };
	}
	if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
	for (const [key, one] of Object.entries(values)) {
		const declaration = parameters[key]!;
		if (isSsmValue(declaration.Type)) one.resolved = lookUp(one.value, key);
		check(key, declaration, one.value);
	}
	return values;
}

function check(key: string, declaration: ParameterDeclaration, value: string): void {
	const broken =
		isListType(declaration.Type) && !isSsmValue(declaration.Type)
			? splitList(value)
					.map((each) => problem(key, declaration, each))
					.find(Boolean)
			: problem(key, declaration, value);
	if (!broken) return;
	const { ConstraintDescription } = declaration;
	throw invalid(
		ConstraintDescription ? `Parameter '${key}' failed to satisfy constraint: ${ConstraintDescription}` : broken,
	);
}

function problem(key: string, declaration: ParameterDeclaration, value: string): string | undefined {
	const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = declaration;
	const numeric = Type === 'Number' || Type === 'List<Number>';
	if (numeric && (value.trim() === '' || !Number.isFinite(Number(value)))) return `Parameter '${key}' must be a number`;
	if (AllowedValues && !AllowedValues.includes(value)) return `Parameter '${key}' must be one of AllowedValues`;
	if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
		return `Parameter '${key}' must match pattern ${AllowedPattern}`;
	}
	if (MinLength !== undefined && value.length < MinLength) {
		return `Parameter '${key}' must contain at least ${MinLength} characters`;
	}
	if (MaxLength !== undefined && value.length > MaxLength) {
		return `Parameter '${key}' must contain at most ${MaxLength} characters`;
	}
	if (numeric && MinValue !== undefined && Number(value) < MinValue) {
		return `Parameter '${key}' must be a number not less than ${MinValue}`;
	}
	if (numeric && MaxValue !== undefined && Number(value) > MaxValue) {
		return `Parameter '${key}' must be a number not greater than ${MaxValue}`;
	}
	return undefined;
}

export const splitList = (value: string): string[] => (value === '' ? [] : value.split(',').map((each) => each.trim()));

/** What `Ref` to a parameter answers. */
export function referenced({ Type }: ParameterDeclaration, { value, resolved }: ParameterValue): string | string[] {
	const actual = resolved ?? value;
	return isListType(Type) ? splitList(actual) : actual;
}
