import type { AccountInRegion } from '../../account/account.ts';
import { Fault } from '../../fault.ts';
import { MalformedPolicy, parsePolicy } from '../../iam/policy.ts';
import { isFifo, type Queue } from './queues.ts';
import { checkRedriveAllowPolicy, checkRedrivePolicy } from './redrive.ts';

/** Whole numbers: default, least, most. */
const numbers: Record<string, [fallback: number, least: number, most: number]> = {
	DelaySeconds: [0, 0, 900],
	KmsDataKeyReusePeriodSeconds: [300, 60, 86_400],
	MaximumMessageSize: [1_048_576, 1_024, 1_048_576],
	MessageRetentionPeriod: [345_600, 60, 1_209_600],
	ReceiveMessageWaitTimeSeconds: [0, 0, 20],
	VisibilityTimeout: [30, 0, 43_200],
};

/** One of a few words. */
const choices: Record<string, readonly string[]> = {
	ContentBasedDeduplication: ['true', 'false'],
	DeduplicationScope: ['queue', 'messageGroup'],
	FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
	SqsManagedSseEnabled: ['true', 'false'],
};
const fifoOnly = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit', 'FifoQueue'];

/** Those that nobody sets, which queues show. */
export const counted = [
	'ApproximateNumberOfMessages',
	'ApproximateNumberOfMessagesDelayed',
	'ApproximateNumberOfMessagesNotVisible',
];
export const shown = [
	...counted,
	...['CreatedTimestamp', 'LastModifiedTimestamp', 'QueueArn', 'Policy', 'RedrivePolicy', 'RedriveAllowPolicy'],
	...['KmsMasterKeyId', 'FifoQueue', ...Object.keys(numbers), ...Object.keys(choices)],
];

export const unknownAttribute = (name: string) => new Fault('InvalidAttributeName', `Unknown Attribute ${name}.`);
const invalid = (name: string) => new Fault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);

/** What a number attribute is for a queue, set or not. */
export const numberOf = ({ attributes }: Queue, name: string): number => Number(attributes[name] ?? numbers[name]![0]);

/** Refuses attributes that AWS refuses, in its words. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function checkAttributes(account: AccountInRegion, queue: Queue, attributes: Record<string, string>): void {
	for (const [name, value] of Object.entries(attributes)) checkAttribute(account, queue, name, value);
	const { DeduplicationScope: scope, FifoThroughputLimit: limit } = { ...queue.attributes, ...attributes };
	if (limit === 'perMessageGroupId' && scope !== 'messageGroup') {
		throw new Fault(
			'InvalidAttributeValue',
			'The perMessageGroupId value for the FifoThroughputLimit attribute is allowed only when the value for the DeduplicationScope attribute is messageGroup.',
		);
	}
	if (attributes['KmsMasterKeyId'] && attributes['SqsManagedSseEnabled'] === 'true') {
		throw new Fault(
			'InvalidAttributeValue',
			'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
		);
	}
}

function checkAttribute(account: AccountInRegion, queue: Queue, name: string, value: string): void {
	if (fifoOnly.includes(name) && !isFifo(queue)) {
		// AWS knows these names for FIFO queues alone; `FifoQueue: false` is how one asks for a standard queue in vain.
		throw unknownAttribute(name);
	}
	const range = numbers[name];
	if (range) {
		if (!/^\d{1,9}$/.test(value) || Number(value) < range[1] || Number(value) > range[2]) throw invalid(name);
	} else if (choices[name]) {
		if (!choices[name].includes(value)) throw invalid(name);
	} else if (name === 'FifoQueue') {
		if (value !== 'true') throw invalid(name);
	} else if (name === 'Policy') {
		if (value) checkPolicy(value);
	} else if (name === 'RedrivePolicy') {
		if (value) checkRedrivePolicy(account, queue, value);
	} else if (name === 'RedriveAllowPolicy') {
		if (value) checkRedriveAllowPolicy(value);
	} else if (name !== 'KmsMasterKeyId') throw unknownAttribute(name);
}

function checkPolicy(text: string): void {
	try {
		parsePolicy(text, 'resource');
	} catch (cause) {
		if (!(cause instanceof MalformedPolicy)) throw cause;
		throw Object.assign(invalid('Policy'), { cause });
	}
}

/** Sets attributes; an empty text takes a policy or key away. */
export function withAttributes(before: Record<string, string>, set: Record<string, string>): Record<string, string> {
	const after = { ...before, ...set };
	for (const name of ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']) {
		if (after[name] === '') delete after[name];
	}
	// A key of one kind of encryption ends the other.
	if (set['KmsMasterKeyId']) after['SqsManagedSseEnabled'] = 'false';
	else if (set['SqsManagedSseEnabled'] === 'true') delete after['KmsMasterKeyId'];
	return after;
}

/** Every attribute as the queue shows it, but the counts and the ARN. */
export function effective(queue: Queue, toWire: (accountTime: number) => number): Record<string, string> {
	const { attributes } = queue;
	const seconds = (time: number) => String(Math.floor(toWire(time) / 1000));
	const defaults = Object.fromEntries(
		Object.entries(numbers)
			.filter(([name]) => name !== 'KmsDataKeyReusePeriodSeconds' || attributes['KmsMasterKeyId'])
			.map(([name, [fallback]]) => [name, String(fallback)]),
	);
	return {
		...defaults,
		SqsManagedSseEnabled: attributes['KmsMasterKeyId'] ? 'false' : 'true',
		...(isFifo(queue) && {
			FifoQueue: 'true',
			ContentBasedDeduplication: 'false',
			DeduplicationScope: 'queue',
			FifoThroughputLimit: 'perQueue',
		}),
		...attributes,
		CreatedTimestamp: seconds(queue.created),
		LastModifiedTimestamp: seconds(queue.modified),
	};
}

/** The first attribute that is asked for with another value than the queue has. */
export function conflict(queue: Queue, asked: Record<string, string>): string | undefined {
	const has = effective(queue, (time) => time);
	return Object.keys(asked).find((name) => {
		const [mine, theirs] = [has[name] ?? '', asked[name]!];
		return mine !== theirs && canonical(mine) !== canonical(theirs);
	});
}

/** JSON texts are the same when they say the same. */
function canonical(text: string): string {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return text;
		return JSON.stringify(
			Object.entries(value)
				.map(([key, each]) => [key, JSON.stringify(each).replaceAll('"', '')])
				.sort(),
		);
	} catch {
		return text;
	}
}
