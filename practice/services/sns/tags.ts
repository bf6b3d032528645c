import type { Tag } from '@aws-sdk/client-sns';
import { Fault } from '../../fault.ts';

/** Tags as they are kept. At most fifty. */
export function tagMap(tags: Tag[], before: Record<string, string> = {}): Record<string, string> {
	const map = { ...before, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!])) };
	if (Object.keys(map).length > 50) {
		throw new Fault('TagLimitExceededException', 'Could not complete request: tag quota of per resource exceeded');
	}
	return map;
}
