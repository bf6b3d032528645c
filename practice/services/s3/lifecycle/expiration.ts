import type { AccountInRegion } from '../../../account/account.ts';
import type { Bucket } from '../buckets.ts';
import type { Version } from '../objects.ts';
import { applies, expiry } from './rules.ts';

/** The header that says when a lifecycle rule lets an object go, where one does. */
export function expirationOf(
	{ clock }: AccountInRegion,
	{ lifecycle }: Bucket,
	version: Version,
): { Expiration?: string } {
	if (!lifecycle || !version.latest) return {};
	const due = lifecycle.rules
		.filter((rule) => applies(rule, version))
		.flatMap((rule) => {
			const at = expiry(rule, version.modified);
			return at === undefined ? [] : [{ at, id: rule.ID! }];
		})
		.sort((a, b) => a.at - b.at)[0];
	if (!due) return {};
	const date = new Date(clock.toWire(due.at)).toUTCString();
	return { Expiration: `expiry-date="${date}", rule-id="${encodeURIComponent(due.id)}"` };
}
