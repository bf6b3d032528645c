import { notImplemented } from '../../fault.ts';
import { MalformedPolicy, parsePolicy } from '../../iam/policy.ts';
import { invalid } from './topics.ts';

/** What a topic may be told. Those of FIFO topics and of delivery to phones and endpoints are not here. */
const settable = [
	...['DisplayName', 'Policy', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion', 'DeliveryPolicy'],
	'MaximumMessageSize',
];

/** Refuses what AWS refuses, and by name what is not there. */
export function checkTopicAttribute(name: string, value: string): void {
	if (['ContentBasedDeduplication', 'FifoTopic', 'FifoThroughputScope', 'ArchivePolicy'].includes(name)) {
		if (name === 'FifoTopic' && value === 'false') return;
		throw notImplemented(`SNS's FIFO topics (${name})`);
	}
	if (/^(SQS|HTTP|Lambda|Firehose|Application)(Success|Failure)Feedback/.test(name)) {
		throw notImplemented(`sns:SetTopicAttributes's ${name}`);
	}
	if (!settable.includes(name)) throw invalid('AttributeName');
	if (name === 'DisplayName' && value.length > 100) {
		throw invalid('DisplayName Reason: display name must be at most 100 characters long');
	}
	if (name === 'TracingConfig' && !['PassThrough', 'Active'].includes(value)) {
		throw invalid('Attributes Reason: TracingConfig must be one of: PassThrough, Active');
	}
	if (name === 'MaximumMessageSize' && !(Number(value) >= 1_024 && Number(value) <= 1_048_576)) {
		throw invalid('MaximumMessageSize Reason: must be between 1024 and 1048576');
	}
	if (name === 'SignatureVersion' && !['1', '2'].includes(value)) throw invalid('SignatureVersion');
	if (name === 'DeliveryPolicy' && value) throw notImplemented("sns:SetTopicAttributes's DeliveryPolicy");
	if (name === 'Policy' && value) checkPolicy(value);
}

function checkPolicy(text: string): void {
	try {
		parsePolicy(text, 'resource');
	} catch (cause) {
		if (!(cause instanceof MalformedPolicy)) throw cause;
		throw Object.assign(invalid('Policy Error: null'), { cause });
	}
}
