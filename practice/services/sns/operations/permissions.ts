import {
	AddPermission$,
	type AddPermissionInput,
	RemovePermission$,
	type RemovePermissionInput,
} from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { defaultPolicy, invalid, onTopic, type Topic, Topics, topicOf, touchesTopic } from '../topics.ts';

interface Policy {
	Statement: ({ Sid?: string } & Record<string, unknown>)[];
	[member: string]: unknown;
}

/** What others can be allowed to do. */
const grantable = [
	...['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic'],
	...['Subscribe', 'ListSubscriptionsByTopic', 'Publish', 'Receive'],
];

/** https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html */
export const addPermission = operation(
	AddPermission$,
	({ TopicArn, Label, AWSAccountId, ActionName }: AddPermissionInput, call): void => {
		const topic = topicOf(call, TopicArn!);
		const policy = policyOf(topic, TopicArn!, call.account.id);
		if (ActionName!.some((action) => !grantable.includes(action))) {
			throw invalid('Policy statement action out of service scope!');
		}
		if (AWSAccountId!.some((id) => !/^\d{12}$/.test(id))) throw invalid('Policy Error: null');
		if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalid('Statement already exists');
		policy.Statement.push({
			Sid: Label!,
			Effect: 'Allow',
			Principal: { AWS: oneOrMany(AWSAccountId!.map((id) => `arn:aws:iam::${id}:root`)) },
			Action: oneOrMany(ActionName!.map((action) => `SNS:${action}`)),
			Resource: TopicArn!,
		});
		call.account.store(Topics).put(topic.name, withPolicy(topic, policy));
	},
	{ access: onTopic(), touches: touchesTopic },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html */
export const removePermission = operation(
	RemovePermission$,
	({ TopicArn, Label }: RemovePermissionInput, call): void => {
		const topic = topicOf(call, TopicArn!);
		const policy = policyOf(topic, TopicArn!, call.account.id);
		const rest = policy.Statement.filter(({ Sid }) => Sid !== Label);
		call.account.store(Topics).put(topic.name, withPolicy(topic, { ...policy, Statement: rest }));
	},
	{ access: onTopic(), touches: touchesTopic },
);

function policyOf({ attributes }: Topic, arn: string, account: string): Policy {
	const policy = JSON.parse(attributes['Policy'] ?? defaultPolicy(arn, account)) as Policy;
	return { ...policy, Statement: [policy.Statement].flat() };
}

const withPolicy = (topic: Topic, policy: Policy): Topic => ({
	...topic,
	attributes: { ...topic.attributes, Policy: JSON.stringify(policy) },
});

const oneOrMany = (items: string[]) => (items.length === 1 ? items[0]! : items);
