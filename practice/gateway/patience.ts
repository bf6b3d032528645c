import type { WireRequest } from '../wire/message.ts';

/**
 * How long a client may be kept for an answer that has come to rest, in ms. The CDK CLI polls every 5 s, so holding it
 * that long costs it nothing and saves it up to as much; the AWS CLI marks the requests of its waiters (`B` in the
 * user agent's feature list) and polls every 30 s. Everybody else is answered at once: a panel must never hang.
 */
export function patience({ headers }: WireRequest): number {
	const agent = headers['user-agent'] ?? '';
	if (/\baws-cdk\b|\bcdk\//i.test(agent)) return 5_000;
	if (/\bm\/[A-Za-z0-9,]*\bB\b/.test(agent)) return 50_000;
	return 0;
}
