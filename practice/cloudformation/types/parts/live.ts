import type { Tag } from '../../resource.ts';

/** A live list in the order in which it was declared, where the order means nothing: else it would look like drift. */
export function inOrderOf<T>(declared: readonly T[] | undefined, live: readonly T[], key: (item: T) => string): T[] {
	const places = new Map(declared?.map((item, index) => [key(item), index]));
	const place = (item: T) => places.get(key(item)) ?? places.size;
	return [...live].sort((a, b) => place(a) - place(b));
}

/** Live tags in the order in which they were declared, further ones behind. */
export const liveTags = (
	live: { Key?: string | undefined; Value?: string | undefined }[] | undefined,
	declared: Tag[] | undefined,
): Tag[] => inOrderOf(declared, (live ?? []) as Tag[], ({ Key }) => Key);
