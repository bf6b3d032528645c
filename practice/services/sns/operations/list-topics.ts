import { ListTopics$, type ListTopicsInput, type ListTopicsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { Topics } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const listTopics = operation(
	ListTopics$,
	(input: ListTopicsInput, { account }): ListTopicsResponse => {
		const topics = account.store(Topics);
		const { items, NextToken } = page(topics.list(), input.NextToken);
		return { Topics: items.map(({ name }) => ({ TopicArn: topics.arn(name) })), ...(NextToken && { NextToken }) };
	},
	{ access: (_input, { account }) => ({ resource: account.store(Topics).arn('*') }) },
);
