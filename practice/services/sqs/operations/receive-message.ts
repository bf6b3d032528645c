import { ReceiveMessage$, type ReceiveMessageRequest, type ReceiveMessageResult } from '@aws-sdk/client-sqs';
import { refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue } from '../access.ts';
import { numberOf, unknownAttribute } from '../attributes.ts';
import { invalidParameter } from '../invalid.ts';
import { Messages } from '../messages.ts';
import { isFifo, queueAt } from '../queues.ts';
import { asReceived, systemAttributes, take } from '../receive.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export const receiveMessage = operation(
	ReceiveMessage$,
	async (input: ReceiveMessageRequest, { account, signal }): Promise<ReceiveMessageResult> => {
		const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
		check(input, system);
		const queue = () => queueAt(account, input.QueueUrl!);
		if (input.ReceiveRequestAttemptId !== undefined) {
			if (!isFifo(queue())) {
				throw invalidParameter(
					input.ReceiveRequestAttemptId,
					'ReceiveRequestAttemptId',
					'The request include parameter that is not valid for this queue type.',
				);
			}
			refuseParameters('sqs:ReceiveMessage', input, ['ReceiveRequestAttemptId']);
		}
		const wait = input.WaitTimeSeconds ?? numberOf(queue(), 'ReceiveMessageWaitTimeSeconds');
		const until = Date.now() + wait * 1000;
		while (!signal.aborted) {
			const messages = account.db.transaction(() =>
				take(account, queue(), input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout),
			);
			if (messages.length > 0) {
				const wanted = { system, attributes: input.MessageAttributeNames ?? [] };
				return { Messages: messages.map((message) => asReceived(account, message, wanted)) };
			}
			const left = until - Date.now();
			if (left <= 0) return {};
			const next = account.store(Messages).nextVisible(queue().name);
			const visible = next === undefined ? left : Math.max(next - account.clock.now(), 1);
			await account.account.nextChange(Math.min(left, visible), signal);
		}
		return {};
	},
	{ access: onQueue() },
);

function check(
	{ MaxNumberOfMessages: most = 1, WaitTimeSeconds: wait = 0, VisibilityTimeout: timeout = 0 }: ReceiveMessageRequest,
	system: string[],
): void {
	if (most < 1 || most > 10) {
		throw invalidParameter(most, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
	}
	if (wait < 0 || wait > 20) {
		throw invalidParameter(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
	}
	if (timeout < 0 || timeout > 43_200) {
		throw invalidParameter(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
	}
	const unknown = system.find((name) => name !== 'All' && !systemAttributes.includes(name));
	if (unknown) throw unknownAttribute(unknown);
}
