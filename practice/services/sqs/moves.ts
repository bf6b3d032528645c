import { randomUUID } from 'node:crypto';
import type { AccountInRegion } from '../../account/account.ts';
import { Documents } from '../../account/documents.ts';
import type { Job } from '../../account/work.ts';
import { type Message, Messages } from './messages.ts';
import { isFifo, type Queue, Queues } from './queues.ts';
import { nextSequence } from './send.ts';

/** A task that moves the messages of a dead-letter queue away. */
export interface MoveTask {
	id: string;
	source: string;
	/** Where to; back to where each message came from when absent. */
	destination?: string;
	/** Messages a second. */
	rate?: number;
	status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
	moved: number;
	toMove: number;
	/** Account time, ms. */
	started: number;
	failure?: string;
}

export class MoveTasks extends Documents<MoveTask> {
	static override kind = 'sqs.move';

	/** The newest first. */
	of(source: string): MoveTask[] {
		return this.list()
			.filter((task) => task.source === source)
			.sort((a, b) => b.started - a.started);
	}
}

/** As AWS does, a handle tells the task and its queue. */
export const taskHandle = ({ id, source }: MoveTask) =>
	Buffer.from(JSON.stringify({ taskId: id, sourceArn: source })).toString('base64');

/** Without a rate of its own a task goes as fast as it can: this many in one transaction. */
const many = 1_000;

/** One step of a task: a second's worth of messages, then the next step. */
export function move(account: AccountInRegion, { payload }: Job): void {
	const tasks = account.store(MoveTasks);
	const task = tasks.get(payload as string);
	const source = task && account.store(Queues).byArn(task.source);
	if (!source || task.status !== 'RUNNING') return;
	const messages = account.store(Messages).ready(source.name, Math.min(task.rate ?? many, task.toMove - task.moved));
	for (const message of messages) {
		const target = account.store(Queues).byArn(task.destination ?? message.source ?? '');
		if (!target) {
			const failure =
				task.destination || message.source
					? 'AWS.SimpleQueueService.NonExistentQueue'
					: 'CouldNotDetermineMessageSource';
			tasks.put(task.id, { ...task, status: 'FAILED', failure });
			return;
		}
		redeliver(account, message, target);
		task.moved++;
	}
	const done = messages.length === 0 || task.moved >= task.toMove;
	tasks.put(task.id, { ...task, status: done ? 'COMPLETED' : 'RUNNING' });
	if (!done) account.later('sqs.move', task.id, account.clock.now() + (task.rate ? 1_000 : 0));
}

/** To its new queue it is a new message, with an id and an age of its own. */
function redeliver(account: AccountInRegion, message: Message, target: Queue): void {
	account.store(Messages).move(
		{ ...message, messageId: randomUUID() },
		{
			queue: target.name,
			source: null,
			sent: account.clock.now(),
			sequence: isFifo(target) ? nextSequence(account) : null,
		},
	);
}
