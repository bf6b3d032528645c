import type { Tag } from '../../resource.ts';

/** A live list in the order in which it was declared, where the order means nothing: else it would look like drift. */
export function inOrderOf<T>(declared: readonly T[] | undefined, live: readonly T[], key: (item: T) => string): T[] {
	const places = new Map(declared?.map((item, index) => [key(item), index]));
	const place = (item: T) => places.get(key(item)) ?? places.size;
	return [...live].sort((a, b) => place(a) - place(b));
}

/**
 * Live tags in the order in which they were declared, further ones behind. Without those that are not the resource's
 * own: AWS's, and what it has of the `stack`'s as it was told.
 */
export function liveTags(
	live: { Key?: string | undefined; Value?: string | undefined }[] | undefined,
	declared: readonly Tag[] | undefined,
	stack: readonly Tag[] = [],
): Tag[] {
	const said = new Set(declared?.map(({ Key }) => Key));
	const told = new Map(stack.map(({ Key, Value }) => [Key, Value]));
	const own = ((live ?? []) as Tag[]).filter(
		({ Key, Value }) => !/^aws:/i.test(Key) && (said.has(Key) || told.get(Key) !== Value),
	);
	return inOrderOf(declared, own, ({ Key }) => Key);
}
