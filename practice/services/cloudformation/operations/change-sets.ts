import { randomUUID } from 'node:crypto';
import {
	type Change,
	type ChangeSetSummary,
	CreateChangeSet$,
	type CreateChangeSetInput,
	type CreateChangeSetOutput,
	DeleteChangeSet$,
	type DeleteChangeSetInput,
	DescribeChangeSet$,
	type DescribeChangeSetInput,
	type DescribeChangeSetOutput,
	ExecuteChangeSet$,
	type ExecuteChangeSetInput,
	ListChangeSets$,
	type ListChangeSetsInput,
	type ListChangeSetsOutput,
} from '@aws-sdk/client-cloudformation';
import type { AccountInRegion } from '../../../account/account.ts';
import { tellStack } from '../../../cloudformation/engine/run.ts';
import { newStack, redraw, start } from '../../../cloudformation/engine/start.ts';
import { type ChangeSet, ChangeSets } from '../../../cloudformation/state/change-sets.ts';
import type { Stack } from '../../../cloudformation/state/stack.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { none, Templates } from '../../../cloudformation/state/templates.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { Fault, notImplemented, refuseParameters } from '../../../fault.ts';
import { type Call, operation } from '../../../operation.ts';
import { checkStackName, checkUpdatable, readRequest } from '../blueprint.ts';
import { findStack, onStack, stackArn, touchesStack } from '../find.ts';
import { page } from '../page.ts';
import { propose } from '../propose.ts';
import { shownParameters } from '../views.ts';

/** A change set by name (with its stack) or by id. */
export function findChangeSet(account: AccountInRegion, nameOrId: string, stack: string | undefined): ChangeSet {
	const sets = account.store(ChangeSets);
	const absent = () =>
		new Fault('ChangeSetNotFoundException', `ChangeSet [${nameOrId}] does not exist`, { status: 404 });
	if (nameOrId.startsWith('arn:')) {
		const found = sets.get(nameOrId);
		if (!found) throw absent();
		return found;
	}
	if (stack === undefined) throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
	const owner = account.store(Stacks).find(stack);
	if (!owner) throw invalid(`Stack [${stack}] does not exist`);
	const found = sets.of(owner.id).find(({ name }) => name === nameOrId);
	if (!found) throw absent();
	return found;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
export const createChangeSet = operation(
	CreateChangeSet$,
	(input: CreateChangeSetInput, call): CreateChangeSetOutput => {
		refuse(input);
		const { account } = call;
		const name = input.ChangeSetName!;
		if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
			throw invalid(
				`1 validation error detected: Value '${name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
			);
		}
		const type = input.ChangeSetType ?? 'UPDATE';
		if (type !== 'CREATE' && type !== 'UPDATE') throw notImplemented(`cloudformation:CreateChangeSet's type ${type}`);
		const existing = account.store(Stacks).find(input.StackName!);
		checkType(type, existing, input.StackName!);
		if (type === 'CREATE') checkStackName(existing?.name ?? input.StackName!);
		const request = readRequest(
			'cloudformation:CreateChangeSet',
			input,
			call,
			type === 'UPDATE' ? existing : undefined,
		);
		const stack = existing ?? inReview(input, call);
		const sets = account.store(ChangeSets);
		const again = sets.of(stack.id).find((each) => each.name === name);
		if (again) {
			if (input.ClientToken !== undefined && again.clientToken === input.ClientToken)
				return { Id: again.id, StackId: stack.id };
			throw new Fault(
				'AlreadyExistsException',
				`ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`,
			);
		}
		const changeSet: ChangeSet = {
			...request.blueprint,
			id: account.arn('cloudformation', `changeSet/${name}/${randomUUID()}`),
			name,
			stackId: stack.id,
			stackName: stack.name,
			type,
			status: 'CREATE_COMPLETE',
			executionStatus: 'AVAILABLE',
			created: account.clock.now(),
			operationId: randomUUID(),
			changes: [],
			...(input.Description !== undefined && { changeSetDescription: input.Description }),
			...(request.roleArn && { roleArn: request.roleArn }),
			...(input.ClientToken !== undefined && { clientToken: input.ClientToken }),
			...(input.IncludeNestedStacks !== undefined && { includeNestedStacks: input.IncludeNestedStacks }),
			...(input.OnStackFailure !== undefined && { onStackFailure: input.OnStackFailure }),
			...(input.ImportExistingResources && { importExistingResources: true }),
		};
		propose(changeSet, stack, request.template, call, { validate: !input.DisableValidation });
		sets.put(changeSet);
		return { Id: changeSet.id, StackId: stack.id };
	},
	{ access: onStack, touches: touchesStack },
);

function refuse(input: CreateChangeSetInput): void {
	refuseParameters('cloudformation:CreateChangeSet', input, ['ResourceTypes', 'ResourcesToImport', 'DeploymentMode']);
}

function checkType(type: 'CREATE' | 'UPDATE', stack: Stack | undefined, name: string): void {
	if (type === 'UPDATE') {
		if (!stack || stack.status === 'REVIEW_IN_PROGRESS') throw invalid(`Stack [${name}] does not exist`);
		checkUpdatable(stack, true);
	} else if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
		throw invalid(`Stack [${stack.name}] already exists and cannot be created again with the changeSet [CREATE].`);
	}
}

/** A stack that is there for the sake of its change set only. */
function inReview(input: CreateChangeSetInput, { account, principal }: Call): Stack {
	const empty = { template: none, parameters: {}, tags: [], capabilities: [], notificationArns: [], outputs: [] };
	const stack = newStack(account, input.StackName!, empty);
	stack.operation = {
		id: randomUUID(),
		type: 'CREATE_CHANGESET',
		phase: 'deploy',
		principal,
		onFailure: 'ROLLBACK',
		...(input.ClientToken !== undefined && { token: input.ClientToken }),
	};
	tellStack(account, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
	delete stack.operation;
	account.store(Stacks).put(stack);
	return stack;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export const describeChangeSet = operation(
	DescribeChangeSet$,
	(input: DescribeChangeSetInput, { account }): DescribeChangeSetOutput => {
		const set = findChangeSet(account, input.ChangeSetName!, input.StackName);
		const { items, ...rest } = page(set.changes, input.NextToken, 100);
		return {
			ChangeSetName: set.name,
			ChangeSetId: set.id,
			StackId: set.stackId,
			StackName: set.stackName,
			...(set.changeSetDescription !== undefined && { Description: set.changeSetDescription }),
			Parameters: shownParameters(set.parameters, account.store(Templates).read(set.template)),
			CreationTime: new Date(set.created),
			ExecutionStatus: set.executionStatus,
			Status: set.status,
			...(set.statusReason !== undefined && { StatusReason: set.statusReason }),
			NotificationARNs: set.notificationArns,
			RollbackConfiguration: {},
			Capabilities: set.capabilities as DescribeChangeSetOutput['Capabilities'],
			Tags: set.tags,
			Changes: items.map((change) => (input.IncludePropertyValues ? change : withoutValues(change))),
			IncludeNestedStacks: set.includeNestedStacks ?? false,
			...(set.onStackFailure && { OnStackFailure: set.onStackFailure }),
			...(set.importExistingResources && { ImportExistingResources: true }),
			...rest,
		};
	},
	{
		access: ({ ChangeSetName, StackName }, { account }) => ({
			resource: stackArn(
				account,
				StackName ??
					(ChangeSetName?.startsWith('arn:') ? account.store(ChangeSets).get(ChangeSetName)?.stackId : undefined),
			),
		}),
	},
);

function withoutValues({ Type, ResourceChange }: Change): Change {
	const { BeforeContext: _1, AfterContext: _2, ...rest } = ResourceChange!;
	return {
		Type,
		ResourceChange: {
			...rest,
			Details: (rest.Details ?? []).map(({ Target, ...detail }) => {
				const { BeforeValue: _3, AfterValue: _4, Path: _5, AttributeChangeType: _6, ...target } = Target!;
				return { ...detail, Target: target };
			}),
		},
	};
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export const executeChangeSet = operation(
	ExecuteChangeSet$,
	(input: ExecuteChangeSetInput, { account, principal }): Record<string, never> => {
		const set = findChangeSet(account, input.ChangeSetName!, input.StackName);
		const stack = account.store(Stacks).get(set.stackId)!;
		if (set.executionStatus !== 'AVAILABLE') {
			throw new Fault(
				'InvalidChangeSetStatusException',
				`ChangeSet [${set.id}] cannot be executed in its current execution status of [${set.executionStatus}]`,
			);
		}
		const creating = set.type === 'CREATE';
		const disableRollback = input.DisableRollback ?? false;
		if (!creating) checkUpdatable(stack, disableRollback);
		const onFailure = disableRollback ? 'DO_NOTHING' : (set.onStackFailure ?? 'ROLLBACK');
		const { template, description, parameters, tags, capabilities, notificationArns } = set;
		const blueprint = {
			template,
			parameters,
			tags,
			capabilities,
			notificationArns,
			...(description !== undefined && { description }),
		};
		if (creating) Object.assign(stack, blueprint);
		else redraw(stack, blueprint);
		const now = account.clock.now();
		Object.assign(stack, {
			changeSetId: set.id,
			disableRollback: onFailure === 'DO_NOTHING',
			updated: now,
			...(set.roleArn && { roleArn: set.roleArn }),
		});
		start(account, stack, {
			type: creating ? 'CREATE_STACK' : 'UPDATE_STACK',
			phase: 'deploy',
			status: creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: {
				onFailure,
				skipValidation: true,
				...(input.RetainExceptOnCreate && { retainExceptOnCreate: true }),
			},
		});
		// Executing one makes the others of the stack pointless; CloudFormation deletes them.
		const sets = account.store(ChangeSets);
		for (const other of sets.of(stack.id)) sets.remove(other.id);
		return {};
	},
	{
		access: ({ StackName, ChangeSetName }, { account }) => ({
			resource: stackArn(account, StackName ?? account.store(ChangeSets).get(ChangeSetName!)?.stackId),
		}),
		touches: touchesStack,
	},
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html */
export const deleteChangeSet = operation(
	DeleteChangeSet$,
	({ ChangeSetName, StackName }: DeleteChangeSetInput, { account }): Record<string, never> => {
		const sets = account.store(ChangeSets);
		if (ChangeSetName!.startsWith('arn:')) sets.remove(ChangeSetName!);
		else {
			const stack = findStack(account, StackName ?? '', 'brackets');
			for (const { id, name } of sets.of(stack.id)) if (name === ChangeSetName) sets.remove(id);
		}
		return {};
	},
	{
		access: ({ StackName, ChangeSetName }, { account }) => ({
			resource: stackArn(account, StackName ?? account.store(ChangeSets).get(ChangeSetName!)?.stackId),
		}),
		touches: touchesStack,
	},
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
export const listChangeSets = operation(
	ListChangeSets$,
	({ StackName, NextToken }: ListChangeSetsInput, { account }): ListChangeSetsOutput => {
		const stack = findStack(account, StackName!, 'brackets');
		const { items, ...rest } = page(account.store(ChangeSets).of(stack.id), NextToken, 100);
		return { Summaries: items.map(summary), ...rest };
	},
	{ access: ({ StackName }, { account }) => ({ resource: stackArn(account, StackName) }) },
);

const summary = (set: ChangeSet): ChangeSetSummary => ({
	StackId: set.stackId,
	StackName: set.stackName,
	ChangeSetId: set.id,
	ChangeSetName: set.name,
	ExecutionStatus: set.executionStatus,
	Status: set.status,
	...(set.statusReason !== undefined && { StatusReason: set.statusReason }),
	CreationTime: new Date(set.created),
	...(set.changeSetDescription !== undefined && { Description: set.changeSetDescription }),
	IncludeNestedStacks: set.includeNestedStacks ?? false,
});
