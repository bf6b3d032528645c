import type { ResourceContext, Tag } from '../../resource.ts';

/** The tags that an update sets, and the keys of those that it takes away. Tags that others set stay. */
export function changedTags({ tags, tagsBefore }: Pick<ResourceContext, 'tags' | 'tagsBefore'>): {
	set: Tag[];
	gone: string[];
} {
	const before = new Map(tagsBefore.map(({ Key, Value }) => [Key, Value]));
	const now = new Set(tags.map(({ Key }) => Key));
	return {
		set: tags.filter(({ Key, Value }) => before.get(Key) !== Value),
		gone: tagsBefore.map(({ Key }) => Key).filter((key) => !now.has(key)),
	};
}

export const tagMap = (tags: Tag[]): Record<string, string> =>
	Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** Live tags in the order in which they were declared, further ones behind. */
export function liveTags(
	live: { Key?: string | undefined; Value?: string | undefined }[] | Record<string, string> | undefined,
	declared: Tag[] | undefined,
): Tag[] {
	const pairs = Array.isArray(live)
		? live.map(({ Key, Value }) => ({ Key: Key!, Value: Value! }))
		: Object.entries(live ?? {}).map(([Key, Value]) => ({ Key, Value }));
	return inOrderOf(declared ?? [], pairs, ({ Key }) => Key);
}

/** A live list in the order in which it was declared, where the order means nothing: else it would look like drift. */
export function inOrderOf<T>(declared: readonly T[], live: readonly T[], key: (item: T) => string): T[] {
	const places = new Map(declared.map((item, index) => [key(item), index]));
	const place = (item: T) => places.get(key(item)) ?? places.size;
	return [...live].sort((a, b) => place(a) - place(b));
}
