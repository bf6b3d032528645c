import type { Tag } from '@aws-sdk/client-s3';
import { Fault } from '../../fault.ts';

/** A tag set as a record. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export function readTags(
	set: Tag[] | undefined,
	most: { count: number; of: 'Object' | 'Bucket' },
): Record<string, string> {
	const tags: Record<string, string> = {};
	for (const { Key = '', Value = '' } of set ?? []) {
		if (Key in tags)
			throw new Fault('InvalidTag', 'Cannot provide multiple Tags with the same key', { members: { TagKey: Key } });
		if (Key.length < 1 || Key.length > 128 || !legal.test(Key)) {
			throw new Fault('InvalidTag', 'The TagKey you have provided is invalid', { members: { TagKey: Key } });
		}
		if (Value.length > 256 || !legal.test(Value)) {
			throw new Fault('InvalidTag', 'The TagValue you have provided is invalid', {
				members: { TagKey: Key, TagValue: Value },
			});
		}
		if (/^aws:/i.test(Key)) throw new Fault('InvalidTag', 'System tags cannot be added/updated by requester');
		tags[Key] = Value;
	}
	if (Object.keys(tags).length > most.count) {
		throw new Fault('BadRequest', `${most.of} tags cannot be greater than ${most.count}`);
	}
	return tags;
}

const legal = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The form of the `x-amz-tagging` header. */
export function readTagging(header: string | undefined): Record<string, string> | undefined {
	if (!header) return undefined;
	const set = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
	try {
		return readTags(set, { count: 10, of: 'Object' });
	} catch (error) {
		if (error instanceof Fault && error.name === 'InvalidTag') {
			throw new Fault(
				'InvalidArgument',
				"The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
				{
					members: { ArgumentName: 'x-amz-tagging', ArgumentValue: header },
				},
			);
		}
		throw error;
	}
}

export const tagSet = (tags: Record<string, string> | undefined): Tag[] =>
	Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));

/** Condition keys for the tags that an object has, or that a request would give it. */
export const tagContext = (
	key: 's3:ExistingObjectTag' | 's3:RequestObjectTag',
	tags: Record<string, string> | undefined,
) => Object.fromEntries(Object.entries(tags ?? {}).map(([name, value]) => [`${key}/${name}`, value]));
