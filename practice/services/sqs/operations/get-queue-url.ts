import { GetQueueUrl$, type GetQueueUrlRequest, type GetQueueUrlResult } from '@aws-sdk/client-sqs';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { Queues, queueUrl } from '../queues.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export const getQueueUrl = operation(
	GetQueueUrl$,
	({ QueueName, QueueOwnerAWSAccountId }: GetQueueUrlRequest, call): GetQueueUrlResult => {
		const foreign = QueueOwnerAWSAccountId !== undefined && QueueOwnerAWSAccountId !== call.account.id;
		if (foreign || !call.account.store(Queues).has(QueueName!)) {
			throw new Fault('QueueDoesNotExist', 'The specified queue does not exist.');
		}
		return { QueueUrl: queueUrl(call, QueueName!) };
	},
	{
		access: ({ QueueName }, { account }) => ({
			resource: account.store(Queues).arn(QueueName!),
			policy: account.store(Queues).get(QueueName!)?.attributes['Policy'],
		}),
	},
);
