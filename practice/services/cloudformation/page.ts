import { invalid } from '../../cloudformation/template/faults.ts';

/** A page of a list whose token is the place where the next begins. */
export function page<T>(
	all: readonly T[],
	token: string | undefined,
	size: number,
): { items: T[]; NextToken?: string } {
	const start = token === undefined ? 0 : Number(token);
	if (!Number.isSafeInteger(start) || start < 0) throw invalid('Token is not valid');
	const items = all.slice(start, start + size);
	return { items, ...(start + size < all.length && { NextToken: String(start + size) }) };
}
