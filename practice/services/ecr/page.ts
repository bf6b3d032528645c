import { Fault } from '../../fault.ts';

/** Part of a list. The token tells how many were shown before. */
export function page<T>(
	items: T[],
	{ maxResults = 100, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): { items: T[]; nextToken?: string } {
	if (maxResults < 1 || maxResults > 1000) {
		throw new Fault(
			'InvalidParameterException',
			`Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value ${maxResults < 1 ? 'greater than or equal to 1' : 'less than or equal to 1000'}'`,
		);
	}
	const start = nextToken === undefined ? 0 : Number.parseInt(Buffer.from(nextToken, 'base64url').toString(), 10);
	if (!Number.isSafeInteger(start) || start < 0) {
		throw new Fault(
			'InvalidParameterException',
			"Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'",
		);
	}
	const end = start + maxResults;
	return {
		items: items.slice(start, end),
		...(end < items.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
	};
}
