import type { Tag } from '@aws-sdk/client-ecr';
import { Fault } from '../../fault.ts';

/** Tags as they are kept. At most fifty. */
export function tagMap(tags: Tag[], before: Record<string, string> = {}): Record<string, string> {
	const map = { ...before, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!])) };
	if (Object.keys(map).length > 50) {
		throw new Fault(
			'TooManyTagsException',
			'The list of tags on the repository is over the limit. The maximum number of tags that can be applied to a repository is 50.',
		);
	}
	return map;
}
