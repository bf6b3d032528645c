import { scopeFor } from '../../cloudformation/engine/run.ts';
import { roleSession, ssmValue } from '../../cloudformation/engine/surroundings.ts';
import { unknownResources } from '../../cloudformation/engine/unknown.ts';
import type { Tag } from '../../cloudformation/resource.ts';
import type { Blueprint, Stack } from '../../cloudformation/state/stack.ts';
import { Templates } from '../../cloudformation/state/templates.ts';
import { requireCapabilities } from '../../cloudformation/template/capabilities.ts';
import { invalid } from '../../cloudformation/template/faults.ts';
import { type GivenParameter, type ParameterValue, parameterValues } from '../../cloudformation/template/parameters.ts';
import { checkRules } from '../../cloudformation/template/scope.ts';
import type { Template } from '../../cloudformation/template/template.ts';
import { notImplemented } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { checkedTemplate, templateText } from './template-source.ts';

/** What CreateStack, UpdateStack and CreateChangeSet have in common. */
export interface Request {
	StackName?: string | undefined;
	TemplateBody?: string | undefined;
	TemplateURL?: string | undefined;
	UsePreviousTemplate?: boolean | undefined;
	Parameters?: readonly GivenParameter[] | undefined;
	Capabilities?: readonly string[] | undefined;
	Tags?: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;
	NotificationARNs?: readonly string[] | undefined;
	RoleARN?: string | undefined;
	RollbackConfiguration?:
		| { RollbackTriggers?: readonly object[] | undefined; MonitoringTimeInMinutes?: number | undefined }
		| undefined;
	DeploymentConfig?: { Mode?: string | undefined; DisableRollback?: boolean | undefined } | undefined;
}

/** A request's template, parameters and tags, checked. `stack` is the one to be changed, where there is one. */
export function readRequest(
	operation: string,
	input: Request,
	call: Call,
	stack?: Stack,
): { blueprint: Omit<Blueprint, 'outputs'>; template: Template; roleArn?: string } {
	const { account } = call;
	refuse(operation, input);
	const templates = account.store(Templates);
	const text = input.UsePreviousTemplate && stack ? templates.text(stack.template) : templateText(input, call);
	if (text === undefined) throw invalid('Either Template URL or Template Body must be specified.');
	const template = checkedTemplate(text);
	requireCapabilities(template, input.Capabilities ?? []);
	const roleArn = input.RoleARN ?? stack?.roleArn;
	if (roleArn) roleSession(account, roleArn);
	const tags = input.Tags ? readTags(input.Tags) : (stack?.tags ?? []);
	const notificationArns = [...(input.NotificationARNs ?? stack?.notificationArns ?? [])];
	const parameters = parameterValues(template, input.Parameters ?? [], stack?.parameters, (name) =>
		ssmValue(call, name),
	);
	checkRulesOf(template, parameters, input, call);
	return {
		template,
		...(roleArn && { roleArn }),
		blueprint: {
			template: templates.keep(text),
			...(template.description !== undefined && { description: template.description }),
			parameters,
			tags,
			capabilities: [...(input.Capabilities ?? [])],
			notificationArns,
		},
	};
}

function refuse(operation: string, input: Request): void {
	if (input.RollbackConfiguration?.RollbackTriggers?.length) throw notImplemented(`${operation}'s RollbackTriggers`);
	if (input.RollbackConfiguration?.MonitoringTimeInMinutes)
		throw notImplemented(`${operation}'s MonitoringTimeInMinutes`);
	if (input.DeploymentConfig?.DisableRollback !== undefined) {
		throw notImplemented(`${operation}'s DisableRollback in its DeploymentConfig`);
	}
	if (input.DeploymentConfig?.Mode && input.DeploymentConfig.Mode !== 'STANDARD') {
		throw notImplemented(`${operation}'s deployment mode ${input.DeploymentConfig.Mode}`);
	}
}

function checkRulesOf(
	template: Template,
	parameters: Record<string, ParameterValue>,
	input: Request,
	call: Call,
): void {
	if (Object.keys(template.rules).length === 0) return;
	const { account } = call;
	const stack = { id: '', name: input.StackName ?? '', region: account.region, parameters, notificationArns: [] };
	checkRules(
		template,
		scopeFor(
			stack,
			template,
			call,
			unknownResources(() => undefined),
		),
	);
}

export function readTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[]): Tag[] {
	const keys = tags.map(({ Key }) => Key!);
	const twice = keys.find((key, index) => keys.indexOf(key) !== index);
	if (twice !== undefined) throw invalid(`Duplicate tag keys found. Please provide unique tag keys: ${twice}`);
	if (keys.some((key) => /^aws:/i.test(key)))
		throw invalid('aws: prefixed tag key names are not allowed for external use.');
	if (tags.length > 50) throw invalid('You can specify a maximum of 50 tags.');
	return tags.map(({ Key, Value }) => ({ Key: Key!, Value: Value ?? '' }));
}

export function checkStackName(name: string): void {
	if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
	const limit =
		name.length > 128
			? 'Member must have length less than or equal to 128'
			: 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*';
	throw invalid(`1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: ${limit}`);
}

/** Which stacks can be changed. One that failed half-way can, when it may stay so again. */
export function checkUpdatable(stack: Stack, disableRollback: boolean): void {
	if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(stack.status)) return;
	if (disableRollback && /^(CREATE|UPDATE)_FAILED$/.test(stack.status) && stack.detailedStatus === undefined) return;
	throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

/** A resource keeps its type as long as it has its name. */
export function checkTypesStay(template: Template, rows: readonly { logicalId: string; type: string }[]): void {
	const changed = rows.filter(({ logicalId, type }) => {
		const declared = template.resources[logicalId];
		return declared && declared.type !== type;
	});
	if (changed.length > 0) {
		throw invalid(
			`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.map(({ logicalId }) => logicalId).join(', ')}]`,
		);
	}
}
