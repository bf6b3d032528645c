import { randomUUID } from 'node:crypto';
import { Fault, notImplemented } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import type { JsonObject } from '../json.ts';
import { checkProperties } from '../properties/check.ts';
import type { ResourceContext } from '../resource.ts';
import { typeSpec } from '../spec/spec.ts';
import type { Events, ValidationEvent } from '../state/events.ts';
import type { Kept } from '../state/resources.ts';
import type { OperationType } from '../state/stack.ts';
import { evaluate, type Scope } from '../template/evaluate.ts';
import { activeResources } from '../template/scope.ts';
import type { Template } from '../template/template.ts';
import { resourceTypes } from '../types/index.ts';

/** Something that stops a deployment before anything is made. */
export interface Finding {
	/** The check that found it, as CloudFormation calls it. */
	check: 'PropertyValidation' | 'ResourceExistenceCheck';
	logicalId: string;
	type: string;
	reason: string;
	path: string;
}

/**
 * Looks through a template before anything is made. `scope` answers unknown for resources that are not there yet.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export function lookThrough(template: Template, scope: Scope, existing: Map<string, Kept>, call: Call): Finding[] {
	return activeResources(template, scope).flatMap((logicalId) => {
		const { type, properties } = template.resources[logicalId]!;
		const path = `/Resources/${logicalId}`;
		const found = (reason: string, below = '', check: Finding['check'] = 'PropertyValidation'): Finding => ({
			check,
			logicalId,
			type,
			reason,
			path: path + below,
		});
		const handled = resourceTypes[type];
		const spec = typeSpec(type);
		if (!handled || !spec) return [found(notImplemented(`the resource type ${type}`).message, '/Type')];
		const values = evaluate(properties, scope) as JsonObject;
		const wrong = checkProperties(spec, values).map((each) => found(each.message, `/Properties${each.path}`));
		if (wrong.length > 0) return wrong;
		const beyond = Object.keys(values).filter((name) => !(handled.properties as readonly string[]).includes(name));
		if (beyond.length > 0) {
			return beyond.map((name) => found(notImplemented(`${type}'s ${name}`).message, `/Properties/${name}`));
		}
		if (existing.has(logicalId)) return [];
		const taken = existsAlready(handled.exists, values, call);
		return taken
			? [found(`Resource of type '${type}' with identifier '${taken}' already exists.`, '', 'ResourceExistenceCheck')]
			: [];
	});
}

/** The identifier of a resource that is there already. Who may not look is told when it is made. */
function existsAlready(
	exists: ((properties: never, context: Pick<ResourceContext, 'call' | 'account'>) => string | undefined) | undefined,
	values: JsonObject,
	call: Call,
): string | undefined {
	try {
		return exists?.(values as never, { call: call.call, account: call.account });
	} catch (error) {
		if (error instanceof Fault) return undefined;
		throw error;
	}
}

/** What the operation as a whole says about its findings. */
export const validationFailed = (findings: Finding[]) =>
	`The following hook(s)/validation failed: [${[...new Set(findings.map(({ check }) => `AWS::EarlyValidation::${check}`))].join(', ')}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`;

/** Keeps findings where DescribeEvents finds them. */
export function keepFindings(
	events: Events,
	findings: Finding[],
	of: { stackId: string; at: number; operation: { id: string; type: OperationType }; changeSet?: string },
): void {
	for (const { logicalId, type, reason, path, check } of findings) {
		const event: ValidationEvent = {
			id: randomUUID(),
			stackId: of.stackId,
			at: of.at,
			operation: of.operation,
			logicalId,
			physicalId: '',
			type,
			name: check === 'PropertyValidation' ? 'PROPERTY_VALIDATION' : 'NAME_CONFLICT_VALIDATION',
			mode: 'FAIL',
			reason,
			path,
		};
		events.addValidation(event, of.changeSet);
	}
}
