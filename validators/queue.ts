import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import type { Reads } from './reads.ts';

export type QueueAttributes = Partial<Record<QueueAttributeName, string>>;

/** A queue as SQS has it now, or undefined when it is gone. */
export async function liveQueue(aws: Reads, url: string): Promise<QueueAttributes | undefined> {
	try {
		const { Attributes } = await aws.sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ['All'] });
		return Attributes ?? {};
	} catch (error) {
		if (isGone(error)) return undefined;
		throw error;
	}
}

// The JSON protocol says QueueDoesNotExist, the older query protocol AWS.SimpleQueueService.NonExistentQueue.
const isGone = (error: unknown) => /QueueDoesNotExist|NonExistentQueue/.test((error as Error).name);

/** How many messages a queue holds: to be had now, handed out and not yet deleted, and held back for a delay. */
export function waiting(queue: QueueAttributes): { visible: number; inFlight: number; delayed: number; all: number } {
	const visible = Number(queue.ApproximateNumberOfMessages ?? 0);
	const inFlight = Number(queue.ApproximateNumberOfMessagesNotVisible ?? 0);
	const delayed = Number(queue.ApproximateNumberOfMessagesDelayed ?? 0);
	return { visible, inFlight, delayed, all: visible + inFlight + delayed };
}

/** Where a queue sends messages that were received too often, and after how many receives; undefined without a policy. */
export function redrive(queue: QueueAttributes): { target: string; maxReceiveCount: number } | undefined {
	if (!queue.RedrivePolicy) return undefined;
	const policy = JSON.parse(queue.RedrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount: number | string };
	return { target: policy.deadLetterTargetArn, maxReceiveCount: Number(policy.maxReceiveCount) };
}

/** The last part of a queue's URL or ARN. */
export const queueName = (urlOrArn: string) => urlOrArn.split(/[/:]/).at(-1)!;
