import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { invalidValue } from './invalid.ts';

export type MessageAttributes = Record<string, MessageAttributeValue>;

/** As a row keeps them: bytes in base64. */
type Kept = Record<string, { DataType: string; StringValue?: string; Binary?: string }>;

export const keep = (attributes: MessageAttributes): string | null =>
	Object.keys(attributes).length === 0
		? null
		: JSON.stringify(
				Object.fromEntries(
					Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
						name,
						BinaryValue ? { DataType, Binary: Buffer.from(BinaryValue).toString('base64') } : { DataType, StringValue },
					]),
				),
			);

export function kept(text: string | null): MessageAttributes {
	if (text === null) return {};
	return Object.fromEntries(
		Object.entries(JSON.parse(text) as Kept).map(([name, { DataType, StringValue, Binary }]) => [
			name,
			Binary === undefined
				? { DataType, StringValue: StringValue! }
				: { DataType, BinaryValue: Buffer.from(Binary, 'base64') },
		]),
	);
}

/** Those of the names that a receiver asks for: `All`, `.*`, `order.*` or whole names. */
export function chosen(attributes: MessageAttributes, names: string[]): MessageAttributes {
	const wanted = (name: string) =>
		names.some((each) =>
			each === 'All' || each === '.*' ? true : each.endsWith('.*') ? name.startsWith(each.slice(0, -1)) : each === name,
		);
	return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function checkMessageAttributes(attributes: MessageAttributes): void {
	const count = Object.keys(attributes).length;
	if (count > 10) throw invalidValue(`Number of message attributes [${count}] exceeds the allowed maximum [10].`);
	for (const [name, value] of Object.entries(attributes)) checkOne(name, value);
}

function checkOne(name: string, { DataType, StringValue, BinaryValue, ...lists }: MessageAttributeValue): void {
	if (!/^[\w.-]{1,256}$/.test(name)) {
		throw invalidValue(
			`The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
		);
	}
	if (/^(aws|amazon)\./i.test(name)) {
		throw invalidValue(
			"You can't use message attribute names beginning with 'AWS.' or 'Amazon.' because these strings are reserved for internal use.",
		);
	}
	if (/^\.|\.$|\.\./.test(name)) {
		throw invalidValue(
			`The message attribute name '${name}' is invalid. Attribute name can't start or end with a period, and can't have successive periods.`,
		);
	}
	if (!DataType) throw invalidValue(`The message attribute '${name}' must contain a non-empty message attribute type.`);
	const kind = /^(String|Number|Binary)(\..+)?$/.exec(DataType)?.[1];
	if (!kind) {
		throw invalidValue(
			`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
		);
	}
	if (lists.StringListValues?.length || lists.BinaryListValues?.length) {
		throw invalidValue('Message attribute list values in SendMessage operation are not supported.');
	}
	const value = kind === 'Binary' ? BinaryValue : StringValue;
	if (value === undefined || value.length === 0) {
		throw invalidValue(
			`The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
		);
	}
	if (kind === 'Number' && !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(StringValue!)) {
		throw invalidValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
	}
}

/** Bytes that attributes add to a message's size: names, types and values. */
export const sizeOf = (attributes: MessageAttributes): number =>
	Object.entries(attributes).reduce(
		(sum, [name, { DataType, StringValue, BinaryValue }]) =>
			sum +
			Buffer.byteLength(name) +
			Buffer.byteLength(DataType!) +
			(BinaryValue ? BinaryValue.byteLength : Buffer.byteLength(StringValue!)),
		0,
	);

/** The digest by which clients check that attributes came through. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string {
	const hash = createHash('md5');
	const part = (bytes: Uint8Array) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(bytes.byteLength);
		hash.update(length).update(bytes);
	};
	for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes).sort(([a], [b]) =>
		a < b ? -1 : 1,
	)) {
		part(Buffer.from(name));
		part(Buffer.from(DataType!));
		hash.update(Buffer.of(BinaryValue ? 2 : 1));
		part(BinaryValue ?? Buffer.from(StringValue!));
	}
	return hash.digest('hex');
}

export const md5 = (text: string) => createHash('md5').update(text).digest('hex');
