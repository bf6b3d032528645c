import * as client from '@aws-sdk/client-sns';
import { service } from '../../service.ts';
import { createTopic } from './operations/create-topic.ts';
import { deleteTopic } from './operations/delete-topic.ts';
import { listTopics } from './operations/list-topics.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { getTopicAttributes, setTopicAttributes } from './operations/topic-attributes.ts';

/** Simple Notification Service: topics, and delivery to queues and mailboxes. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createTopic, deleteTopic, listTopics, getTopicAttributes, setTopicAttributes],
		...[tagResource, untagResource, listTagsForResource],
	],
});
