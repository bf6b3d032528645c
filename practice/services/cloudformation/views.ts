import type {
	Parameter,
	StackEvent as StackEventOutput,
	Stack as StackOutput,
	StackResource as StackResourceOutput,
	StackResourceSummary,
	StackSummary,
} from '@aws-sdk/client-cloudformation';
import type { StackEvent } from '../../cloudformation/state/events.ts';
import type { StackResource } from '../../cloudformation/state/resources.ts';
import type { Stack } from '../../cloudformation/state/stack.ts';
import type { ParameterValue } from '../../cloudformation/template/parameters.ts';
import type { Template } from '../../cloudformation/template/template.ts';

/** Parameters as they are shown: what is not to be echoed is not. */
export const shownParameters = (parameters: Record<string, ParameterValue>, template: Template): Parameter[] =>
	Object.entries(parameters).map(([ParameterKey, { value, resolved }]) => ({
		ParameterKey,
		ParameterValue: template.parameters[ParameterKey]?.NoEcho ? '****' : value,
		...(resolved !== undefined && { ResolvedValue: resolved }),
	}));

export const shownStack = (stack: Stack, template: Template): StackOutput => ({
	StackId: stack.id,
	StackName: stack.name,
	...(stack.changeSetId && { ChangeSetId: stack.changeSetId }),
	...(stack.description !== undefined && { Description: stack.description }),
	Parameters: shownParameters(stack.parameters, template),
	CreationTime: new Date(stack.created),
	...(stack.updated !== undefined && { LastUpdatedTime: new Date(stack.updated) }),
	...(stack.deleted !== undefined && { DeletionTime: new Date(stack.deleted) }),
	RollbackConfiguration: {},
	StackStatus: stack.status as StackOutput['StackStatus'],
	...(stack.statusReason !== undefined &&
		stack.statusReason !== 'User Initiated' && { StackStatusReason: stack.statusReason }),
	...(stack.detailedStatus && { DetailedStatus: stack.detailedStatus as 'VALIDATION_FAILED' }),
	DisableRollback: stack.disableRollback,
	NotificationARNs: stack.notificationArns,
	...(stack.timeoutInMinutes !== undefined && { TimeoutInMinutes: stack.timeoutInMinutes }),
	...(stack.capabilities.length > 0 && { Capabilities: stack.capabilities as StackOutput['Capabilities'] }),
	...(stack.outputs.length > 0 && {
		Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
			OutputKey: key,
			OutputValue: value,
			...(description !== undefined && { Description: description }),
			...(exportName !== undefined && { ExportName: exportName }),
		})),
	}),
	...(stack.roleArn && { RoleARN: stack.roleArn }),
	Tags: stack.tags,
	EnableTerminationProtection: stack.terminationProtection,
	DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
	LastOperations: stack.lastOperations.map(({ type, id }) => ({ OperationType: type, OperationId: id })),
});

export const summarizedStack = (stack: Stack): StackSummary => ({
	StackId: stack.id,
	StackName: stack.name,
	...(stack.description !== undefined && { TemplateDescription: stack.description }),
	CreationTime: new Date(stack.created),
	...(stack.updated !== undefined && { LastUpdatedTime: new Date(stack.updated) }),
	...(stack.deleted !== undefined && { DeletionTime: new Date(stack.deleted) }),
	StackStatus: stack.status as StackSummary['StackStatus'],
	...(stack.statusReason !== undefined &&
		stack.statusReason !== 'User Initiated' && { StackStatusReason: stack.statusReason }),
	DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

export const shownEvent = (event: StackEvent): StackEventOutput => ({
	StackId: event.stackId,
	EventId: event.id,
	StackName: event.stackName,
	OperationId: event.operation.id,
	LogicalResourceId: event.logicalId,
	PhysicalResourceId: event.physicalId,
	ResourceType: event.type,
	Timestamp: new Date(event.at),
	ResourceStatus: event.status as StackEventOutput['ResourceStatus'],
	...(event.reason !== undefined && { ResourceStatusReason: event.reason }),
	...(event.properties !== undefined && { ResourceProperties: event.properties }),
	...(event.token !== undefined && { ClientRequestToken: event.token }),
	...(event.detailedStatus !== undefined && { DetailedStatus: event.detailedStatus as 'VALIDATION_FAILED' }),
});

const notChecked = { StackResourceDriftStatus: 'NOT_CHECKED' as const };

const identified = (row: StackResource) => ({
	LogicalResourceId: row.logicalId,
	...(row.physicalId !== undefined && { PhysicalResourceId: row.physicalId }),
	ResourceType: row.type,
	ResourceStatus: row.status as StackResourceOutput['ResourceStatus'],
	...(row.reason !== undefined && { ResourceStatusReason: row.reason }),
});

export const summarizedResource = (row: StackResource): StackResourceSummary => ({
	...identified(row),
	LastUpdatedTimestamp: new Date(row.updated),
	DriftInformation: notChecked,
});

export const shownResource = (stack: Stack, row: StackResource): StackResourceOutput => ({
	StackName: stack.name,
	StackId: stack.id,
	...identified(row),
	Timestamp: new Date(row.updated),
	...(row.description !== undefined && { Description: row.description }),
	DriftInformation: notChecked,
});
