import { invalid } from './groups.ts';

/** Part of a list. The token tells how many were shown before. */
export function page<T>(
	items: T[],
	{ limit = 50, nextToken }: { limit?: number | undefined; nextToken?: string | undefined },
): { items: T[]; nextToken?: string } {
	if (limit < 1 || limit > 50) {
		throw invalid(
			`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 50'}`,
		);
	}
	const start = nextToken === undefined ? 0 : Number.parseInt(Buffer.from(nextToken, 'base64url').toString(), 10);
	if (!Number.isSafeInteger(start) || start < 0) throw invalid('The specified nextToken is invalid.');
	const end = start + limit;
	return {
		items: items.slice(start, end),
		...(end < items.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
	};
}
