import {
	AddPermission$,
	type AddPermissionRequest,
	RemovePermission$,
	type RemovePermissionRequest,
} from '@aws-sdk/client-sqs';
import type { AccountInRegion } from '../../../account/account.ts';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onQueue, touchesQueue } from '../access.ts';
import { invalidParameter, missing } from '../invalid.ts';
import { type Queue, Queues, queueAt } from '../queues.ts';

interface Policy {
	Version: string;
	Id?: string;
	Statement: ({ Sid?: string } & Record<string, unknown>)[];
}

/** What others can be allowed to do. */
const grantable = [
	...['*', 'SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'],
	...['GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues', 'PurgeQueue'],
];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export const addPermission = operation(
	AddPermission$,
	({ QueueUrl, Label, AWSAccountIds, Actions }: AddPermissionRequest, { account }): void => {
		const queue = queueAt(account, QueueUrl!);
		if (!/^[\w-]{1,80}$/.test(Label!)) {
			throw invalidParameter(
				Label,
				'Label',
				'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
			);
		}
		if (AWSAccountIds!.length === 0) throw missing('AWSAccountIds');
		if (Actions!.length === 0) throw missing('Actions');
		const forbidden = Actions!.find((action) => !grantable.includes(action));
		if (forbidden) {
			throw invalidParameter(
				`SQS:${forbidden}`,
				'ActionName',
				'Only the queue owner is allowed to invoke this action.',
			);
		}
		const stranger = AWSAccountIds!.find((id) => !/^\d{12}$/.test(id));
		if (stranger !== undefined) {
			throw invalidParameter(`[${stranger}]`, 'PrincipalId', 'Unable to verify.');
		}
		const arn = account.store(Queues).arn(queue.name);
		const policy = policyOf(queue, arn);
		if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidParameter(Label, 'Label', 'Already exists.');
		if (Actions!.length > 7) {
			throw new Fault('OverLimit', `${Actions!.length} Actions were found, maximum allowed is 7.`);
		}
		policy.Statement.push({
			Sid: Label!,
			Effect: 'Allow',
			Principal: { AWS: oneOrMany(AWSAccountIds!.map((id) => `arn:aws:iam::${id}:root`)) },
			Action: oneOrMany(Actions!.map((action) => `SQS:${action}`)),
			Resource: arn,
		});
		save(account, queue, policy);
	},
	{ access: onQueue(), touches: touchesQueue },
);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html */
export const removePermission = operation(
	RemovePermission$,
	({ QueueUrl, Label }: RemovePermissionRequest, { account }): void => {
		const queue = queueAt(account, QueueUrl!);
		const policy = policyOf(queue, account.store(Queues).arn(queue.name));
		const rest = policy.Statement.filter(({ Sid }) => Sid !== Label);
		if (rest.length === policy.Statement.length) {
			throw invalidParameter(Label, 'Label', "can't find label on existing policy.");
		}
		save(account, queue, { ...policy, Statement: rest });
	},
	{ access: onQueue(), touches: touchesQueue },
);

function policyOf({ attributes }: Queue, arn: string): Policy {
	if (!attributes['Policy']) return { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy`, Statement: [] };
	const policy = JSON.parse(attributes['Policy']) as Policy;
	return { ...policy, Statement: [policy.Statement].flat() };
}

function save(account: AccountInRegion, queue: Queue, policy: Policy): void {
	const { Policy: _, ...attributes } = queue.attributes;
	account.store(Queues).put(queue.name, {
		...queue,
		attributes: policy.Statement.length > 0 ? { ...attributes, Policy: JSON.stringify(policy) } : attributes,
		modified: account.clock.now(),
	});
}

const oneOrMany = (items: string[]) => (items.length === 1 ? items[0]! : items);
