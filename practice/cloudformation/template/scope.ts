import type { Json } from '../json.ts';
import { evaluate, type Scope, truth } from './evaluate.ts';
import { formatError, invalid } from './faults.ts';
import { type ParameterValue, referenced } from './parameters.ts';
import type { Template } from './template.ts';

/** The stack that a template is for, as pseudo parameters show it. */
export interface StackNames {
	id: string;
	name: string;
	region: string;
	account: string;
	notificationArns: string[];
}

/** What functions ask of the account. */
export interface Surroundings {
	importValue(name: string): Json;
	stackOutput(from: { stackName: string; outputName: string; region?: string }): Json;
	dynamic(reference: string): string;
}

/** What functions ask of the stack's resources. Undefined for one that is not there. */
export interface Resources {
	ref(logicalId: string): Json | undefined;
	attribute(logicalId: string, attribute: string): Json | undefined;
}

/** A template's functions in one stack with its parameters. */
export function scopeOf(
	template: Template,
	parameters: Record<string, ParameterValue>,
	stack: StackNames,
	surroundings: Surroundings,
	resources: Resources,
): Scope {
	const conditions = new Map<string, boolean>();
	const pseudo: Record<string, Json | undefined> = {
		'AWS::AccountId': stack.account,
		'AWS::NoValue': undefined,
		'AWS::NotificationARNs': stack.notificationArns,
		'AWS::Partition': 'aws',
		'AWS::Region': stack.region,
		'AWS::StackId': stack.id,
		'AWS::StackName': stack.name,
		'AWS::URLSuffix': 'amazonaws.com',
	};
	const scope: Scope = {
		...surroundings,
		mappings: template.mappings,
		region: stack.region,
		ref(name) {
			if (Object.hasOwn(pseudo, name)) return pseudo[name];
			const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
			if (value) return referenced(template.parameters[name]!, value);
			return resources.ref(name) ?? unresolved(name);
		},
		attribute: (logicalId, attribute) => resources.attribute(logicalId, attribute) ?? unresolved(logicalId),
		condition(name) {
			let value = conditions.get(name);
			if (value === undefined) {
				value = truth(template.conditions[name]!, scope);
				conditions.set(name, value);
			}
			return value;
		},
		zones: (region) =>
			['a', 'b', 'c', 'd', 'e', 'f'].slice(0, region === 'us-east-1' ? 6 : 3).map((zone) => region + zone),
	};
	return scope;
}

function unresolved(name: string): never {
	throw formatError(`Unresolved resource dependencies [${name}] in the Resources block of the template`);
}

/** The resources that a template has in this stack: those without a condition, or with one that holds. */
export function activeResources(template: Template, scope: Scope): string[] {
	return Object.entries(template.resources)
		.filter(([, { condition }]) => !condition || scope.condition(condition))
		.map(([logicalId]) => logicalId);
}

/** Fails when one of the template's rules does not hold. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
export function checkRules(template: Template, scope: Scope): void {
	for (const [name, rule] of Object.entries(template.rules)) {
		if (rule['RuleCondition'] !== undefined && !truth(rule['RuleCondition'], scope)) continue;
		const assertions = Array.isArray(rule['Assertions']) ? (rule['Assertions'] as Record<string, Json>[]) : [];
		const broken = assertions.find(({ Assert }) => Assert !== undefined && !truth(Assert, scope));
		if (!broken) continue;
		const described = broken['AssertDescription'];
		throw invalid(
			`Template validation error: Rule ${name} failed${described === undefined ? '' : `: ${String(described)}`}`,
		);
	}
}

/** A deletion or replacement policy, which may depend on parameters. */
export function policyOf(
	value: Json | undefined,
	scope: Scope,
): 'Delete' | 'Retain' | 'RetainExceptOnCreate' | undefined {
	if (value === undefined) return undefined;
	const policy = evaluate(value, scope);
	if (policy === undefined) return undefined;
	if (policy === 'Delete' || policy === 'Retain' || policy === 'RetainExceptOnCreate') return policy;
	throw invalid(`Template error: Unrecognized DeletionPolicy ${JSON.stringify(policy)}`);
}
