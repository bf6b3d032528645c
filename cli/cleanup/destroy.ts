import { setTimeout } from 'node:timers/promises';
import { CloudFormation, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import { clientConfig } from '../clients.ts';
import type { Progress } from '../progress.ts';
import type { Standing } from './found.ts';

/** Deletes a stack and waits until it is gone, telling what goes. */
export async function destroy(stack: Standing, target: Target, told: Progress): Promise<void> {
	const client = new CloudFormation(clientConfig(target));
	if (stack.protected) {
		throw new UserError(
			`The stack ${stack.name} is protected against deletion.`,
			`Take the protection off: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack.name}`,
		);
	}
	const since = new Date();
	await client.deleteStack({ StackName: stack.name });
	const pause = target.kind === 'practice' ? 50 : 3_000;
	for (;;) {
		const { Stacks: [now] = [] } = await client.describeStacks({ StackName: stack.id });
		const status = now?.StackStatus;
		if (!status || status === 'DELETE_COMPLETE') return;
		if (status === 'DELETE_FAILED') throw notDeleted(stack, await failures(client, stack, since));
		const { StackEvents: [latest] = [] } = await client.describeStackEvents({ StackName: stack.id });
		if (latest) told.update(`destroying ${stack.name}: ${latest.LogicalResourceId} ${latest.ResourceStatus}`);
		await setTimeout(pause);
	}
}

async function failures(client: CloudFormation, stack: Standing, since: Date): Promise<StackEvent[]> {
	const { StackEvents = [] } = await client.describeStackEvents({ StackName: stack.id });
	// The clocks of AWS and of this machine need not agree to the second.
	const from = since.getTime() - 60_000;
	return StackEvents.filter(
		({ ResourceStatus, Timestamp, PhysicalResourceId }) =>
			ResourceStatus === 'DELETE_FAILED' && PhysicalResourceId !== stack.id && Timestamp!.getTime() >= from,
	).toReversed();
}

function notDeleted(stack: Standing, events: readonly StackEvent[]): UserError {
	const [first] = events;
	return new UserError(
		first
			? `The stack ${stack.name} was not deleted: ${first.LogicalResourceId}: ${first.ResourceStatusReason}`
			: `The stack ${stack.name} was not deleted.`,
		'Put that right, then clean up again. `aws cloudformation describe-stack-events` has the whole story.',
	);
}
