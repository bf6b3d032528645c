import {
	DescribeStackResource$,
	type DescribeStackResourceInput,
	type DescribeStackResourceOutput,
	DescribeStackResources$,
	type DescribeStackResourcesInput,
	type DescribeStackResourcesOutput,
	ListStackResources$,
	type ListStackResourcesInput,
	type ListStackResourcesOutput,
} from '@aws-sdk/client-cloudformation';
import type { AccountInRegion } from '../../../account/account.ts';
import { type Kept, StackResources } from '../../../cloudformation/state/resources.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { operation } from '../../../operation.ts';
import { findStack, stackArn } from '../find.ts';
import { page } from '../page.ts';
import { shownResource, summarizedResource } from '../views.ts';

const access = ({ StackName }: { StackName?: string | undefined }, { account }: { account: AccountInRegion }) => ({
	resource: stackArn(account, StackName),
});

/** One row for each logical id, in the order of their names. */
function resourcesOf(account: AccountInRegion, stack: string): Kept[] {
	return account
		.store(StackResources)
		.of(stack)
		.filter(({ replaced }) => !replaced)
		.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
export const describeStackResources = operation(
	DescribeStackResources$,
	(input: DescribeStackResourcesInput, { account }): DescribeStackResourcesOutput => {
		const { StackName, LogicalResourceId, PhysicalResourceId } = input;
		if (StackName === undefined && PhysicalResourceId === undefined) {
			throw invalid('You must specify either StackName or PhysicalResourceId.');
		}
		const stack = StackName === undefined ? holderOf(account, PhysicalResourceId!) : findStack(account, StackName);
		const rows = resourcesOf(account, stack.id).filter(
			(row) =>
				(LogicalResourceId === undefined || row.logicalId === LogicalResourceId) &&
				(PhysicalResourceId === undefined || StackName === undefined || row.physicalId === PhysicalResourceId),
		);
		return { StackResources: rows.slice(0, 100).map((row) => shownResource(stack, row)) };
	},
	{ access },
);

/** The stack that has a physical resource. */
function holderOf(account: AccountInRegion, physicalId: string) {
	const found = account
		.store(Stacks)
		.list()
		.find(({ id }) => resourcesOf(account, id).some((row) => row.physicalId === physicalId));
	if (!found) throw invalid(`Stack for ${physicalId} does not exist`);
	return found;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
export const describeStackResource = operation(
	DescribeStackResource$,
	({ StackName, LogicalResourceId }: DescribeStackResourceInput, { account }): DescribeStackResourceOutput => {
		const stack = findStack(account, StackName!);
		const row = resourcesOf(account, stack.id).find(({ logicalId }) => logicalId === LogicalResourceId);
		if (!row) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
		const { Timestamp, ...rest } = shownResource(stack, row);
		return {
			StackResourceDetail: {
				...rest,
				LastUpdatedTimestamp: Timestamp,
				...(row.metadata !== undefined && { Metadata: JSON.stringify(row.metadata) }),
			},
		};
	},
	{ access },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export const listStackResources = operation(
	ListStackResources$,
	({ StackName, NextToken }: ListStackResourcesInput, { account }): ListStackResourcesOutput => {
		const { items, ...rest } = page(resourcesOf(account, findStack(account, StackName!).id), NextToken, 100);
		return { StackResourceSummaries: items.map(summarizedResource), ...rest };
	},
	{ access },
);
