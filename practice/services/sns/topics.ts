import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';
import type { Access, Call } from '../../operation.ts';

export interface Topic {
	name: string;
	/** Those that somebody set. */
	attributes: Record<string, string>;
	tags: Record<string, string>;
	/** Account time, ms. */
	created: number;
}

export class Topics extends Documents<Topic> {
	static override kind = 'sns.topic';

	arn(name: string): string {
		return this.account.arn('sns', name);
	}
}

export const invalid = (message: string) => new Fault('InvalidParameterException', `Invalid parameter: ${message}`);

export const noTopic = () => new Fault('NotFoundException', 'Topic does not exist');

/** The topic of an ARN, or AWS's refusal. */
export function topicOf({ account }: Call, arn: string, member = 'TopicArn'): Topic {
	const name = topicName(arn);
	if (name === undefined) {
		throw invalid(`${member} Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`);
	}
	const topics = account.store(Topics);
	const topic = topics.arn(name) === arn ? topics.get(name) : undefined;
	if (!topic) throw noTopic();
	return topic;
}

/** The name in a topic's ARN, or undefined when it is not one. */
export const topicName = (arn: string) => /^arn:[\w-]+:sns:[\w-]*:\d*:([^:]+)$/.exec(arn)?.[1];

/** Who may do what when nobody has said so: everybody in the account. */
export const defaultPolicy = (arn: string, account: string) =>
	JSON.stringify({
		Version: '2008-10-17',
		Id: '__default_policy_ID',
		Statement: [
			{
				Sid: '__default_statement_ID',
				Effect: 'Allow',
				Principal: { AWS: '*' },
				Action: [
					...['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:AddPermission', 'SNS:RemovePermission'],
					...['SNS:DeleteTopic', 'SNS:Subscribe', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'],
				],
				Resource: arn,
				Condition: { StringEquals: { 'AWS:SourceOwner': account } },
			},
		],
	});

/** The permission that an operation on a topic needs. The topic's own policy has a say. */
export const onTopic =
	(action?: string) =>
	(
		input: { TopicArn?: string | undefined; ResourceArn?: string | undefined; TargetArn?: string | undefined },
		{ account, principal }: Call,
	): Access => {
		const arn = input.TopicArn ?? input.TargetArn ?? input.ResourceArn ?? '*';
		const topic = account.store(Topics).get(topicName(arn) ?? '');
		return {
			...(action && { action: `sns:${action}` }),
			resource: arn,
			policy: topic && (topic.attributes['Policy'] ?? defaultPolicy(arn, account.id)),
			// Set when a service asks for the account; the default policy hangs on it. Others need a policy of their own.
			...(principal.kind === 'service' && { context: { 'aws:SourceOwner': account.id } }),
		};
	};

export const touchesTopic = ({
	TopicArn,
	ResourceArn,
}: {
	TopicArn?: string | undefined;
	ResourceArn?: string | undefined;
}) => (TopicArn ?? ResourceArn)?.split(':').at(-1);
