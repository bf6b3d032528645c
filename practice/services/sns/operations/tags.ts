import {
	ListTagsForResource$,
	type ListTagsForResourceRequest,
	type ListTagsForResourceResponse,
	TagResource$,
	type TagResourceRequest,
	type TagResourceResponse,
	UntagResource$,
	type UntagResourceRequest,
	type UntagResourceResponse,
} from '@aws-sdk/client-sns';
import { Fault } from '../../../fault.ts';
import { type Call, operation } from '../../../operation.ts';
import { tagMap } from '../tags.ts';
import { onTopic, type Topic, Topics, topicName, touchesTopic } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
export const tagResource = operation(
	TagResource$,
	({ ResourceArn, Tags }: TagResourceRequest, call): TagResourceResponse => {
		const topic = tagged(call, ResourceArn!);
		call.account.store(Topics).put(topic.name, { ...topic, tags: tagMap(Tags!, topic.tags) });
		return {};
	},
	{ access: onTopic(), touches: touchesTopic },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
export const untagResource = operation(
	UntagResource$,
	({ ResourceArn, TagKeys }: UntagResourceRequest, call): UntagResourceResponse => {
		const topic = tagged(call, ResourceArn!);
		const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !TagKeys!.includes(key)));
		call.account.store(Topics).put(topic.name, { ...topic, tags });
		return {};
	},
	{ access: onTopic(), touches: touchesTopic },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
export const listTagsForResource = operation(
	ListTagsForResource$,
	({ ResourceArn }: ListTagsForResourceRequest, call): ListTagsForResourceResponse => ({
		Tags: Object.entries(tagged(call, ResourceArn!).tags).map(([Key, Value]) => ({ Key, Value })),
	}),
	{ access: onTopic() },
);

function tagged({ account }: Call, arn: string): Topic {
	const topics = account.store(Topics);
	const topic = topics.get(topicName(arn) ?? '');
	if (!topic || topics.arn(topic.name) !== arn) {
		throw new Fault('ResourceNotFoundException', 'Resource does not exist');
	}
	return topic;
}
