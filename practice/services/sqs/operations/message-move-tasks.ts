import { randomUUID } from 'node:crypto';
import {
	CancelMessageMoveTask$,
	type CancelMessageMoveTaskRequest,
	type CancelMessageMoveTaskResult,
	ListMessageMoveTasks$,
	type ListMessageMoveTasksRequest,
	type ListMessageMoveTasksResult,
	StartMessageMoveTask$,
	type StartMessageMoveTaskRequest,
	type StartMessageMoveTaskResult,
} from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../../account/account.ts';
import { Fault } from '../../../fault.ts';
import { type Access, operation } from '../../../operation.ts';
import { onQueueArn } from '../access.ts';
import { numberOf } from '../attributes.ts';
import { invalidParameter, invalidValue } from '../invalid.ts';
import { Messages } from '../messages.ts';
import { type MoveTask, MoveTasks, taskHandle } from '../moves.ts';
import { type Queue, Queues } from '../queues.ts';
import { redriveOf } from '../redrive.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export const startMessageMoveTask = operation(
	StartMessageMoveTask$,
	(input: StartMessageMoveTaskRequest, { account }): StartMessageMoveTaskResult => {
		const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate } = input;
		const queue = named(account, SourceArn!, 'SourceArn');
		const isTarget = account
			.store(Queues)
			.list()
			.some((each) => redriveOf(each)?.deadLetterTargetArn === SourceArn);
		if (!isTarget) throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
		if (DestinationArn !== undefined) {
			named(account, DestinationArn, 'DestinationArn');
			if (DestinationArn === SourceArn)
				throw invalidValue('Source queue arn and destination queue arn cannot be the same.');
		}
		if (rate !== undefined && (rate < 1 || rate > 500)) {
			throw invalidParameter(
				rate,
				'MaxNumberOfMessagesPerSecond',
				'Must be an integer between 1 and 500, if provided.',
			);
		}
		const tasks = account.store(MoveTasks);
		if (tasks.of(SourceArn!).some(({ status }) => status === 'RUNNING')) {
			throw new Fault(
				'UnsupportedOperation',
				'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
			);
		}
		const task: MoveTask = {
			id: randomUUID(),
			source: SourceArn!,
			...(DestinationArn !== undefined && { destination: DestinationArn }),
			...(rate !== undefined && { rate }),
			status: 'RUNNING',
			moved: 0,
			toMove: account.store(Messages).count(queue.name, numberOf(queue, 'MessageRetentionPeriod')).visible,
			started: account.clock.now(),
		};
		tasks.put(task.id, task);
		account.later('sqs.move', task.id);
		return { TaskHandle: taskHandle(task) };
	},
	{
		access: (input, call) => [
			...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
				onQueueArn(action)(input, call),
			),
			...(input.DestinationArn ? [onQueueArn('SendMessage')({ SourceArn: input.DestinationArn }, call)] : []),
		],
		touches: ({ SourceArn }) => SourceArn?.split(':').at(-1),
	},
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html */
export const cancelMessageMoveTask = operation(
	CancelMessageMoveTask$,
	({ TaskHandle }: CancelMessageMoveTaskRequest, { account }): CancelMessageMoveTaskResult => {
		const tasks = account.store(MoveTasks);
		const task = tasks.get(opened(TaskHandle!).taskId);
		if (!task) throw new Fault('ResourceNotFoundException', 'Task does not exist.');
		if (task.status !== 'RUNNING') throw new Fault('UnsupportedOperation', 'Only active tasks can be cancelled.');
		tasks.put(task.id, { ...task, status: 'CANCELLED' });
		return { ApproximateNumberOfMessagesMoved: task.moved };
	},
	{
		access: ({ TaskHandle }, call): Access =>
			onQueueArn('CancelMessageMoveTask')({ SourceArn: opened(TaskHandle!).sourceArn }, call),
	},
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export const listMessageMoveTasks = operation(
	ListMessageMoveTasks$,
	({ SourceArn, MaxResults = 1 }: ListMessageMoveTasksRequest, { account }): ListMessageMoveTasksResult => {
		named(account, SourceArn!, 'SourceArn');
		if (MaxResults < 1 || MaxResults > 10) {
			throw invalidParameter(MaxResults, 'MaxResults', 'Must be an integer between 1 and 10, if provided.');
		}
		const tasks = account.store(MoveTasks).of(SourceArn!).slice(0, MaxResults);
		return {
			Results: tasks.map((task) => ({
				...(task.status === 'RUNNING' && { TaskHandle: taskHandle(task) }),
				Status: task.status,
				SourceArn: task.source,
				...(task.destination !== undefined && { DestinationArn: task.destination }),
				...(task.rate !== undefined && { MaxNumberOfMessagesPerSecond: task.rate }),
				ApproximateNumberOfMessagesMoved: task.moved,
				ApproximateNumberOfMessagesToMove: task.toMove,
				...(task.failure !== undefined && { FailureReason: task.failure }),
				StartedTimestamp: account.clock.toWire(task.started),
			})),
		};
	},
	{ access: onQueueArn('ListMessageMoveTasks') },
);

function named(account: AccountInRegion, arn: string, parameter: string): Queue {
	const queue = account.store(Queues).byArn(arn);
	if (!queue) {
		throw new Fault(
			'ResourceNotFoundException',
			`The resource that you specified for the ${parameter} parameter doesn't exist.`,
		);
	}
	return queue;
}

function opened(handle: string): { taskId: string; sourceArn: string } {
	try {
		const { taskId, sourceArn } = JSON.parse(Buffer.from(handle, 'base64').toString());
		return { taskId: String(taskId), sourceArn: String(sourceArn) };
	} catch {
		throw invalidParameter(handle, 'TaskHandle', 'The task handle is not valid.');
	}
}
