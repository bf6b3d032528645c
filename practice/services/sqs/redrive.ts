import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { isFifo, type Queue, Queues } from './queues.ts';

export interface Redrive {
	deadLetterTargetArn: string;
	maxReceiveCount: number;
}

/** Where a queue sends messages that were received too often. */
export function redriveOf({ attributes }: Queue): Redrive | undefined {
	if (!attributes['RedrivePolicy']) return undefined;
	const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes['RedrivePolicy']) as Redrive;
	return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
export function checkRedrivePolicy(account: AccountInRegion, source: Queue, text: string): void {
	const refuse = (reason: string) =>
		new Fault('InvalidParameterValue', `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
	const policy = parseMap(text);
	if (!policy) throw refuse('Redrive policy is not a valid JSON map.');
	const unknown = Object.keys(policy).find((key) => key !== 'deadLetterTargetArn' && key !== 'maxReceiveCount');
	if (unknown) throw refuse('Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].');
	for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
		if (policy[name] === undefined) throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
	}
	const { deadLetterTargetArn: arn, maxReceiveCount: count } = policy;
	if (!/^\d{1,9}$/.test(String(count)) || Number(count) < 1 || Number(count) > 1000) {
		throw refuse(`Invalid value for maxReceiveCount: ${count}, valid values are from 1 to 1000 both inclusive.`);
	}
	if (typeof arn !== 'string' || !/^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn)) {
		throw refuse(`Invalid value for deadLetterTargetArn.`);
	}
	const [, , , region, owner] = arn.split(':');
	if (owner !== account.id || region !== account.region) {
		throw refuse('Dead-letter target owner should be same as the source.');
	}
	const queues = account.store(Queues);
	const target = queues.byArn(arn);
	if (!target) throw refuse('Dead letter target does not exist.');
	if (isFifo(target) !== isFifo(source)) throw refuse('Dead-letter queue must be same type of queue as the source.');
	if (!admits(target, queues.arn(source.name))) {
		throw refuse(
			`Queue ${queues.arn(source.name)} is not allowed to use the dead-letter queue ${arn} by its redrive allow policy.`,
		);
	}
}

export function checkRedriveAllowPolicy(text: string): void {
	const refuse = (reason: string) =>
		new Fault('InvalidParameterValue', `Value ${text} for parameter RedriveAllowPolicy is invalid. Reason: ${reason}`);
	const policy = parseMap(text);
	if (!policy) throw refuse("Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.");
	const { redrivePermission, sourceQueueArns } = policy;
	if (!['allowAll', 'denyAll', 'byQueue'].includes(String(redrivePermission))) {
		throw refuse(
			"Amazon SQS can't create the redrive allow policy. Valid values for redrivePermission are: allowAll, denyAll, byQueue.",
		);
	}
	if (redrivePermission === 'byQueue') {
		if (!Array.isArray(sourceQueueArns) || sourceQueueArns.length === 0 || sourceQueueArns.length > 10) {
			throw refuse("Amazon SQS can't create the redrive allow policy. With byQueue, specify 1 to 10 sourceQueueArns.");
		}
	} else if (sourceQueueArns !== undefined) {
		throw refuse("Amazon SQS can't create the redrive allow policy. Specify sourceQueueArns only with byQueue.");
	}
}

/** Whether a queue lets another one use it as its dead-letter queue. */
function admits({ attributes }: Queue, sourceArn: string): boolean {
	if (!attributes['RedriveAllowPolicy']) return true;
	const { redrivePermission, sourceQueueArns } = JSON.parse(attributes['RedriveAllowPolicy']);
	if (redrivePermission === 'byQueue') return sourceQueueArns.includes(sourceArn);
	return redrivePermission === 'allowAll';
}

function parseMap(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}
