import type { AccountInRegion } from '../../account/account.ts';
import type { Principal } from '../../account/principal.ts';
import type { Job } from '../../account/work.ts';
import { Fault } from '../../fault.ts';
import { callAs } from '../../operation.ts';
import { publishMessage } from '../../services/sns/operations/publish.ts';
import type { StackEvent } from '../state/events.ts';

interface Notification {
	topic: string;
	message: string;
	principal: Principal;
}

/** Puts a stack's event on its way to the topics that the stack names. */
export function notify(
	account: AccountInRegion,
	topics: readonly string[],
	event: StackEvent,
	principal: Principal,
): void {
	if (topics.length === 0) return;
	const lines = {
		StackId: event.stackId,
		Timestamp: new Date(account.clock.toWire(event.at)).toISOString(),
		EventId: event.id,
		LogicalResourceId: event.logicalId,
		Namespace: account.id,
		PhysicalResourceId: event.physicalId,
		PrincipalId: principal.id,
		ResourceProperties: event.properties ?? 'null',
		ResourceStatus: event.status,
		ResourceStatusReason: event.reason ?? '',
		ResourceType: event.type,
		StackName: event.stackName,
		ClientRequestToken: event.token ?? 'null',
	};
	const message = Object.entries(lines)
		.map(([name, value]) => `${name}='${value}'\n`)
		.join('');
	for (const topic of topics)
		account.later('cloudformation.notify', { topic, message, principal } satisfies Notification);
}

/** Publishes one. A topic that is gone, or that may not be published to, stops no stack. */
export function sendNotification(account: AccountInRegion, job: Job, { endpoint }: { endpoint: string }): void {
	const { topic, message, principal } = job.payload as Notification;
	try {
		callAs(account, principal, { endpoint }).call(publishMessage, {
			TopicArn: topic,
			Subject: 'AWS CloudFormation Notification',
			Message: message,
		});
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
	}
}
