import { Fault } from '../../fault.ts';

/** Part of a list. The token tells how many were shown before. */
export function page<T>(
	items: T[],
	{ MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
	limits: { default: number; most: number },
): { items: T[]; NextToken?: string } {
	const size = MaxResults ?? limits.default;
	if (size < 1 || size > limits.most) {
		const [constraint, limit] = size < 1 ? ['greater', 1] : ['less', limits.most];
		throw new Fault(
			'ValidationException',
			`1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value ${constraint} than or equal to ${limit}`,
		);
	}
	const start = NextToken === undefined ? 0 : Number.parseInt(Buffer.from(NextToken, 'base64url').toString(), 10);
	if (!Number.isSafeInteger(start) || start < 0) {
		throw new Fault('InvalidNextToken', 'The specified token is not valid.');
	}
	const end = start + size;
	return {
		items: items.slice(start, end),
		...(end < items.length && { NextToken: Buffer.from(String(end)).toString('base64url') }),
	};
}
