import { DeleteTopic$, type DeleteTopicInput } from '@aws-sdk/client-sns';
import { operation } from '../../../operation.ts';
import { Subscriptions } from '../subscriptions.ts';
import { invalid, onTopic, Topics, topicName, touchesTopic } from '../topics.ts';

/** Deleting what is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
export const deleteTopic = operation(
	DeleteTopic$,
	({ TopicArn }: DeleteTopicInput, { account }): void => {
		const name = topicName(TopicArn!);
		if (name === undefined) {
			throw invalid(`TopicArn Reason: An ARN must have at least 6 elements, not ${TopicArn!.split(':').length}`);
		}
		const topics = account.store(Topics);
		if (topics.arn(name) !== TopicArn) return;
		const subscriptions = account.store(Subscriptions);
		for (const each of subscriptions.of(name)) subscriptions.remove(each);
		topics.delete(name);
	},
	{ access: onTopic(), touches: touchesTopic },
);
