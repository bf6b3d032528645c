import { invalid } from './topics.ts';

/** A hundred of a list. The token tells how many were shown before. */
export function page<T>(items: T[], token: string | undefined): { items: T[]; NextToken?: string } {
	const start = token === undefined ? 0 : Number.parseInt(Buffer.from(token, 'base64url').toString(), 10);
	if (!Number.isSafeInteger(start) || start < 0) throw invalid('nextToken');
	const end = start + 100;
	return {
		items: items.slice(start, end),
		...(end < items.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
	};
}
