import { notImplemented } from '../../fault.ts';
import type { Json } from '../json.ts';
import { isTypeName, typeSpec } from '../spec/spec.ts';
import { formatError, invalid, templateError } from './faults.ts';
import { checkParameterTypes } from './parameters.ts';
import { conditionNames, inOrder, type Reference, references } from './references.ts';
import type { Template } from './template.ts';

export const pseudoParameters = [
	'AWS::AccountId',
	'AWS::NoValue',
	'AWS::NotificationARNs',
	'AWS::Partition',
	'AWS::Region',
	'AWS::StackId',
	'AWS::StackName',
	'AWS::URLSuffix',
];

/** Checks everything about a template that needs neither parameters nor an account. */
export function validateTemplate(template: Template): void {
	for (const transform of template.transforms) throw notImplemented(`the CloudFormation transform ${transform}`);
	if (template.source['Hooks']) throw notImplemented("the CloudFormation template section 'Hooks'");
	checkParameterTypes(template);
	checkTypes(template);
	checkPolicies(template);
	checkConditions(template);
	checkReferences(template);
	const { circle } = inOrder(Object.keys(template.resources), (name) => dependencies(template, name));
	if (circle.length > 0) throw invalid(`Circular dependency between resources: [${circle.join(', ')}]`);
}

function checkTypes({ resources }: Template): void {
	const types = Object.values(resources).map(({ type }) => type);
	const strangers = types.filter(
		(type) => !isTypeName(type) && !type.startsWith('Custom::') && !/::MODULE$/.test(type),
	);
	if (strangers.length > 0) {
		throw formatError(`Unrecognized resource types: [${[...new Set(strangers)].join(', ')}]`);
	}
}

function checkPolicies({ resources }: Template): void {
	for (const { source, type } of Object.values(resources)) {
		for (const name of ['CreationPolicy', 'UpdatePolicy']) {
			if (source[name] !== undefined) throw notImplemented(`${name} on ${type}`);
		}
		for (const name of ['DeletionPolicy', 'UpdateReplacePolicy']) {
			const value = source[name];
			if (value === undefined || typeof value === 'object') continue;
			const allowed = ['Delete', 'Retain', 'Snapshot', ...(name === 'DeletionPolicy' ? ['RetainExceptOnCreate'] : [])];
			if (!allowed.includes(String(value))) throw templateError(`Unrecognized ${name} ${String(value)}`);
			if (value === 'Snapshot') throw notImplemented(`the ${name} Snapshot`);
		}
	}
}

function checkConditions(template: Template): void {
	const { conditions, resources, outputs } = template;
	const defined = (name: string) => Object.hasOwn(conditions, name);
	for (const [name, value] of Object.entries(conditions)) {
		const strangers = references(value).filter(({ name: each }) => !isParameter(template, each));
		if (strangers.length > 0) {
			throw formatError(
				`Unresolved dependencies [${list(strangers)}]. Cannot reference resources in the Conditions block of the template`,
			);
		}
		const unknown = conditionNames(value).find((each) => !defined(each));
		if (unknown)
			throw formatError(`Unresolved condition dependency ${unknown} in the Conditions block of the template`);
		if (typeof value !== 'object') throw formatError(`Every Conditions member must be an object, and ${name} is none.`);
	}
	const { circle } = inOrder(Object.keys(conditions), (name) => conditionNames(conditions[name]!));
	if (circle.length > 0) throw formatError(`Found circular condition dependency between ${circle.join(' and ')}`);
	const check = (names: string[], block: string) => {
		const unknown = names.find((each) => !defined(each));
		if (unknown) throw formatError(`Unresolved condition dependency ${unknown} in the ${block} block of the template`);
	};
	for (const { source, condition } of Object.values(resources)) {
		check([...(condition ? [condition] : []), ...conditionNames(rest(source))], 'Resources');
	}
	for (const { value, condition } of Object.values(outputs)) {
		check([...(condition ? [condition] : []), ...conditionNames(value)], 'Outputs');
	}
}

/** What of a resource functions may stand in. Metadata is free. */
const rest = ({ Properties, DeletionPolicy, UpdateReplacePolicy }: Record<string, Json>): Json => [
	Properties ?? {},
	DeletionPolicy ?? '',
	UpdateReplacePolicy ?? '',
];

function checkReferences(template: Template): void {
	const { resources, outputs } = template;
	const check = (found: Reference[], block: string) => {
		const unresolved = found.filter(({ name }) => !isParameter(template, name) && !Object.hasOwn(resources, name));
		const attribute = unresolved.find((each) => each.function === 'Fn::GetAtt');
		if (attribute) throw templateError(`instance of Fn::GetAtt references undefined resource ${attribute.name}`);
		if (unresolved.length > 0) {
			throw formatError(`Unresolved resource dependencies [${list(unresolved)}] in the ${block} block of the template`);
		}
		for (const each of found) checkAttribute(template, each);
	};
	const found = Object.values(resources).flatMap(({ properties, dependsOn }) => [
		...references(properties),
		...dependsOn.map((name): Reference => ({ name, function: 'Ref' })),
	]);
	check(found, 'Resources');
	check(
		Object.values(outputs).flatMap(({ value, exportName }) => references([value, exportName ?? ''])),
		'Outputs',
	);
}

function checkAttribute({ resources }: Template, { name, attribute, function: called }: Reference): void {
	if (attribute === undefined || !Object.hasOwn(resources, name)) return;
	const { type } = resources[name]!;
	const spec = typeSpec(type);
	// Custom resources and nested stacks have attributes of their own making.
	if (!spec || type.startsWith('Custom::') || /^AWS::CloudFormation::(CustomResource|Stack)$/.test(type)) return;
	if (!spec.attributes.includes(attribute)) {
		throw templateError(`resource ${name} does not support attribute type ${attribute} in ${called}`);
	}
}

const isParameter = ({ parameters }: Template, name: string) =>
	Object.hasOwn(parameters, name) || pseudoParameters.includes(name);

const list = (found: Reference[]) => [...new Set(found.map(({ name }) => name))].join(', ');

/** The resources that a resource must come after. */
export function dependencies({ resources }: Template, logicalId: string): string[] {
	const { properties, dependsOn } = resources[logicalId]!;
	const names = [...references(properties).map(({ name }) => name), ...dependsOn];
	return [...new Set(names)].filter((name) => Object.hasOwn(resources, name));
}
