import type { Tag } from '../resource.ts';

/** Tags as the services want them that take a map. */
export const tagMap = (tags: readonly Tag[]): Record<string, string> =>
	Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** The tags of such a map. */
export const tagList = (map: Record<string, string> | undefined): Tag[] =>
	Object.entries(map ?? {}).map(([Key, Value]) => ({ Key, Value }));

/** What an update has to set and to take away. Empty lists where there is nothing to do. */
export function tagChanges(before: readonly Tag[], after: readonly Tag[]): { set: Tag[]; removed: string[] } {
	const old = tagMap(before);
	const kept = new Set(after.map(({ Key }) => Key));
	return {
		set: after.filter(({ Key, Value }) => old[Key] !== Value),
		removed: before.map(({ Key }) => Key).filter((key) => !kept.has(key)),
	};
}
