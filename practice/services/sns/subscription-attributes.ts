import { notImplemented } from '../../fault.ts';
import { filterPolicy } from './filter-policy.ts';
import { invalid } from './topics.ts';

/** Refuses what AWS refuses, and by name what is not there. */
export function checkSubscriptionAttribute(protocol: string, name: string, value: string): void {
	switch (name) {
		case 'RawMessageDelivery':
			if (!/^(true|false)$/i.test(value)) {
				throw invalid(`Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
			}
			if (protocol !== 'sqs' && value.toLowerCase() === 'true') {
				throw invalid(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`);
			}
			return;
		case 'FilterPolicy':
			if (value) filterPolicy(value);
			return;
		case 'FilterPolicyScope':
			if (value === 'MessageBody') throw notImplemented("SNS's FilterPolicyScope MessageBody");
			if (value !== 'MessageAttributes') {
				throw invalid(
					`FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
				);
			}
			return;
		case 'RedrivePolicy':
			if (value) checkRedrivePolicy(value);
			return;
		case 'DeliveryPolicy':
		case 'SubscriptionRoleArn':
		case 'ReplayPolicy':
			throw notImplemented(`SNS's ${name} of subscriptions`);
		default:
			throw invalid('AttributeName');
	}
}

function checkRedrivePolicy(text: string): void {
	let arn: unknown;
	try {
		arn = (JSON.parse(text) as { deadLetterTargetArn?: unknown }).deadLetterTargetArn;
	} catch (cause) {
		throw Object.assign(invalid('RedrivePolicy: failed to parse JSON.'), { cause });
	}
	if (typeof arn !== 'string' || !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+$/.test(arn)) {
		throw invalid('RedrivePolicy: deadLetterTargetArn is an invalid arn');
	}
}
