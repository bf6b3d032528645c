import type { Tag } from '@aws-sdk/client-iam';
import { type ContextValues, tagKeys } from '../../iam/context.ts';
import { invalidInput, limitExceeded, unfit } from './faults.ts';

/** Tags that somebody sends, checked. */
export function readTags(tags: Tag[] | undefined): Record<string, string> {
	const read: Record<string, string> = {};
	const seen = new Set<string>();
	for (const [index, { Key = '', Value = '' }] of (tags ?? []).entries()) {
		const member = `tags.${index + 1}.member`;
		if (Key.length < 1) throw unfit(Key, `${member}.key`, 'have length greater than or equal to 1');
		if (Key.length > 128) throw unfit(Key, `${member}.key`, 'have length less than or equal to 128');
		if (Value.length > 256) throw unfit(Value, `${member}.value`, 'have length less than or equal to 256');
		if (/^aws:/i.test(Key)) throw invalidInput('Tag keys starting with aws: are reserved for system use.');
		if (seen.has(Key.toLowerCase())) {
			throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
		}
		seen.add(Key.toLowerCase());
		read[Key] = Value;
	}
	return checkCount(read);
}

/** Tags after some were added. A key that differs only in case replaces the one that is there. */
export function withTags(tags: Record<string, string>, added: Record<string, string>): Record<string, string> {
	return checkCount({ ...withoutTags(tags, Object.keys(added)), ...added });
}

export function withoutTags(tags: Record<string, string>, keys: string[]): Record<string, string> {
	const gone = new Set(keys.map((key) => key.toLowerCase()));
	return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

function checkCount(tags: Record<string, string>): Record<string, string> {
	if (Object.keys(tags).length > 50) throw limitExceeded('Cannot exceed quota for TagsPerResource: 50');
	return tags;
}

/** What policies can ask about the tags of a request. */
export function requestTags(tags: Tag[] | undefined): Record<string, string | string[]> {
	if (!tags?.length) return {};
	const pairs = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
	return known({ ...tagKeys('aws:RequestTag', pairs), 'aws:TagKeys': Object.keys(pairs) });
}

/** What policies can ask about the tags that a thing has. */
export const resourceTags = (tags: Record<string, string> | undefined): Record<string, string | string[]> =>
	known({ ...tagKeys('aws:ResourceTag', tags), ...tagKeys('iam:ResourceTag', tags) });

const known = (values: ContextValues) => values as Record<string, string | string[]>;
