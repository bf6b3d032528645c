import { randomUUID } from 'node:crypto';
import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { deliver } from './deliver.ts';
import type { MessageAttributes } from './filter-policy.ts';
import { Subscriptions } from './subscriptions.ts';
import { invalid, type Topic, Topics } from './topics.ts';

/** What one publishes, alone or in a batch. */
export interface Outgoing {
	Message?: string | undefined;
	Subject?: string | undefined;
	MessageStructure?: string | undefined;
	MessageAttributes?: MessageAttributes | undefined;
	MessageDeduplicationId?: string | undefined;
	MessageGroupId?: string | undefined;
}

/** Bytes of a message with its attributes, or of a whole batch. */
export const largest = ({ attributes }: Topic) => Number(attributes['MaximumMessageSize'] ?? 262_144);

/** Sends a message to everybody who has subscribed, or refuses it as AWS does. Answers its id. */
export function publish(call: Call, topic: Topic, outgoing: Outgoing): string {
	const { account } = call;
	const { MessageAttributes: attributes = {}, Subject, MessageGroupId } = outgoing;
	check(topic, outgoing);
	const texts = textsOf(outgoing);
	const id = randomUUID();
	for (const subscription of account.store(Subscriptions).of(topic.name)) {
		if (subscription.token !== undefined) continue;
		deliver(call, subscription, {
			id,
			topicArn: account.store(Topics).arn(topic.name),
			subject: Subject,
			message: texts[subscription.protocol] ?? texts['default']!,
			attributes,
			groupId: MessageGroupId,
		});
	}
	return id;
}

/** With a message structure of `json` each protocol may have a text of its own. */
function textsOf({ Message, MessageStructure }: Outgoing): Record<string, string> {
	if (MessageStructure === undefined) return { default: Message! };
	if (MessageStructure !== 'json') throw invalid('MessageStructure');
	let texts: unknown;
	try {
		texts = JSON.parse(Message!);
	} catch (cause) {
		throw Object.assign(invalid('Message Structure - JSON message body failed to parse'), { cause });
	}
	const found = texts as Record<string, string> | null;
	if (typeof found !== 'object' || typeof found?.['default'] !== 'string') {
		throw invalid('Message Structure - No default entry in JSON message body');
	}
	return found;
}

function check(topic: Topic, outgoing: Outgoing): void {
	const { Message, Subject, MessageAttributes = {}, MessageDeduplicationId, MessageGroupId } = outgoing;
	if (!Message) throw invalid('Empty message');
	if (sizeOf(outgoing) > largest(topic)) throw invalid('Message too long');
	// Printable, on one line, and not starting with a space.
	if (Subject !== undefined && !/^[!-~\u00a0-\uffff][ -~\u00a0-\uffff]{0,99}$/.test(Subject)) throw invalid('Subject');
	if (MessageDeduplicationId !== undefined) {
		throw invalid(
			'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
		);
	}
	if (MessageGroupId !== undefined && !/^[!-~]{1,128}$/.test(MessageGroupId)) throw invalid('MessageGroupId');
	for (const [name, value] of Object.entries(MessageAttributes)) checkAttribute(name, value);
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttributes[string]): void {
	const refuse = (message: string) => new Fault('InvalidParameterValueException', message);
	if (!/^[\w.-]{1,256}$/.test(name)) {
		throw refuse(
			`Invalid parameter: The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
		);
	}
	if (!DataType) throw refuse(`The message attribute '${name}' must contain non-empty message attribute type.`);
	const kind = /^(String|Number|Binary)(\.|$)/.exec(DataType)?.[1];
	if (!kind) {
		throw refuse(
			`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
		);
	}
	const value = kind === 'Binary' ? BinaryValue : StringValue;
	if (value === undefined || value.length === 0) {
		throw refuse(
			`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
		);
	}
	if (kind === 'Number' && !Number.isFinite(Number(StringValue))) {
		throw refuse(`Could not cast message attribute '${name}' value to number.`);
	}
}

/** Bytes of a message: its text, and names, types and values of its attributes. */
export const sizeOf = ({ Message = '', MessageAttributes = {} }: Outgoing): number =>
	Object.entries(MessageAttributes).reduce(
		(sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
			sum + Buffer.byteLength(name + DataType) + (BinaryValue?.byteLength ?? Buffer.byteLength(StringValue)),
		Buffer.byteLength(Message),
	);
