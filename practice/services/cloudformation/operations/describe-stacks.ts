import {
	DescribeStacks$,
	type DescribeStacksInput,
	type DescribeStacksOutput,
	ListStacks$,
	type ListStacksInput,
	type ListStacksOutput,
} from '@aws-sdk/client-cloudformation';
import { inProgress } from '../../../cloudformation/state/stack.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { Templates } from '../../../cloudformation/state/templates.ts';
import { operation } from '../../../operation.ts';
import { findStack, stackArn } from '../find.ts';
import { page } from '../page.ts';
import { shownStack, summarizedStack } from '../views.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export const describeStacks = operation(
	DescribeStacks$,
	({ StackName, NextToken }: DescribeStacksInput, { account }): DescribeStacksOutput => {
		const templates = account.store(Templates);
		const stacks = StackName === undefined ? account.store(Stacks).list() : [findStack(account, StackName)];
		const { items, ...rest } = page(stacks, NextToken, 100);
		return { Stacks: items.map((stack) => shownStack(stack, templates.read(stack.template))), ...rest };
	},
	{
		access: ({ StackName }, { account }) => ({ resource: stackArn(account, StackName) }),
		settled: ({ Stacks: stacks = [] }) => stacks.length !== 1 || !inProgress(stacks[0]!.StackStatus!),
	},
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
export const listStacks = operation(
	ListStacks$,
	({ StackStatusFilter, NextToken }: ListStacksInput, { account }): ListStacksOutput => {
		const wanted = StackStatusFilter?.length ? new Set<string>(StackStatusFilter) : undefined;
		const stacks = account
			.store(Stacks)
			.list({ deleted: true })
			.filter(({ status }) => !wanted || wanted.has(status));
		const { items, ...rest } = page(stacks, NextToken, 100);
		return { StackSummaries: items.map(summarizedStack), ...rest };
	},
);
