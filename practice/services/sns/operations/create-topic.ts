import { CreateTopic$, type CreateTopicInput, type CreateTopicResponse } from '@aws-sdk/client-sns';
import { notImplemented, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkTopicAttribute } from '../attributes.ts';
import { tagMap } from '../tags.ts';
import { invalid, Topics } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export const createTopic = operation(
	CreateTopic$,
	(input: CreateTopicInput, { account }): CreateTopicResponse => {
		refuseParameters('sns:CreateTopic', input, ['DataProtectionPolicy']);
		const name = input.Name!;
		const { FifoTopic, ...attributes } = input.Attributes ?? {};
		if (name.endsWith('.fifo') || FifoTopic === 'true') throw notImplemented("SNS's FIFO topics");
		if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
		for (const [key, value] of Object.entries(attributes)) checkTopicAttribute(key, value);
		const topics = account.store(Topics);
		const existing = topics.get(name);
		const tags = tagMap(input.Tags ?? []);
		if (existing) {
			// Asking again for the same topic is not an error; asking for another one by its name is.
			const other = Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value);
			if (other) throw invalid('Attributes Reason: Topic already exists with different attributes');
			const otherTags = Object.entries(tags).some(([key, value]) => existing.tags[key] !== value);
			if (otherTags) throw invalid('Tags Reason: Topic already exists with different tags');
		} else {
			topics.put(name, { name, attributes, tags, created: account.clock.now() });
		}
		return { TopicArn: topics.arn(name) };
	},
	{
		access: ({ Name, Tags }, { account }) => {
			const resource = account.store(Topics).arn(Name!);
			return [{ resource }, ...(Tags?.length ? [{ action: 'sns:TagResource', resource }] : [])];
		},
		touches: ({ Name }) => Name,
	},
);
