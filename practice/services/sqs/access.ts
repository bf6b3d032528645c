import type { Access, Call } from '../../operation.ts';
import { addressed, Queues } from './queues.ts';

/** The permission that an operation on a queue needs. The queue's own policy has a say. */
export const onQueue =
	(action?: string) =>
	({ QueueUrl }: { QueueUrl?: string | undefined }, { account }: Call): Access => {
		const { account: owner, name } = addressed(QueueUrl!);
		const policy = owner === account.id ? account.store(Queues).get(name)?.attributes['Policy'] : undefined;
		return {
			...(action && { action: `sqs:${action}` }),
			resource: `arn:aws:sqs:${account.region}:${owner}:${name}`,
			policy,
		};
	};

/** The same for an operation that gives the queue's ARN. */
export const onQueueArn =
	(action: string) =>
	({ SourceArn }: { SourceArn?: string | undefined }, { account }: Call): Access => ({
		action: `sqs:${action}`,
		resource: SourceArn!,
		policy: account.store(Queues).byArn(SourceArn!)?.attributes['Policy'],
	});

/** What a change touches, for whoever watches: the queue's name. */
export const touchesQueue = ({ QueueUrl }: { QueueUrl?: string | undefined }) => QueueUrl?.split('/').at(-1);
