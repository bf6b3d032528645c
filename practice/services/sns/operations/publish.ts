import {
	type BatchResultErrorEntry,
	Publish$,
	PublishBatch$,
	type PublishBatchInput,
	type PublishBatchRequestEntry,
	type PublishBatchResponse,
	type PublishInput,
	type PublishResponse,
} from '@aws-sdk/client-sns';
import { Fault, notImplemented } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { largest, publish, sizeOf } from '../publish.ts';
import { invalid, onTopic, type Topic, topicOf, touchesTopic } from '../topics.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const publishMessage = operation(
	Publish$,
	(input: PublishInput, call): PublishResponse => {
		if (input.PhoneNumber !== undefined) throw notImplemented("SNS's messages to phones");
		if (input.TargetArn?.includes(':endpoint/')) throw notImplemented("SNS's mobile push");
		const arn = input.TopicArn ?? input.TargetArn;
		if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
		return { MessageId: publish(call, topicOf(call, arn), input) };
	},
	{ access: onTopic(), touches: touchesTopic },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export const publishBatch = operation(
	PublishBatch$,
	({ TopicArn, PublishBatchRequestEntries: entries }: PublishBatchInput, call): PublishBatchResponse => {
		const topic = topicOf(call, TopicArn!);
		check(topic, entries!);
		const Successful: { Id: string; MessageId: string }[] = [];
		const Failed: BatchResultErrorEntry[] = [];
		for (const entry of entries!) {
			const Id = entry.Id!;
			try {
				Successful.push({ Id, MessageId: publish(call, topic, entry) });
			} catch (error) {
				if (!(error instanceof Fault)) throw error;
				const Code = error.name === 'InvalidParameterException' ? 'InvalidParameter' : 'ParameterValueInvalid';
				Failed.push({ Id, SenderFault: true, Code, Message: error.message });
			}
		}
		return { Successful, Failed };
	},
	{ access: onTopic('Publish'), touches: touchesTopic },
);

function check(topic: Topic, entries: PublishBatchRequestEntry[]): void {
	if (entries.length === 0) {
		throw new Fault('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
	}
	if (entries.length > 10) {
		throw new Fault(
			'TooManyEntriesInBatchRequestException',
			'The batch request contains more entries than permissible.',
		);
	}
	const ids = entries.map(({ Id }) => Id!);
	if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
		throw new Fault(
			'InvalidBatchEntryIdException',
			"The Id of a batch entry in a batch request doesn't abide by the specification.",
		);
	}
	if (new Set(ids).size < ids.length) {
		throw new Fault('BatchEntryIdsNotDistinctException', 'Two or more batch entries in the request have the same Id.');
	}
	if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > largest(topic)) {
		throw new Fault(
			'BatchRequestTooLongException',
			'The length of all the batch messages put together is more than the limit.',
		);
	}
}
