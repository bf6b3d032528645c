import type { AccountInRegion } from '../../../account/account.ts';
import type { Bucket } from '../buckets.ts';
import type { Version } from '../objects.ts';
import type { Upload } from '../uploads.ts';
import { applies, expiry, midnightAfter } from './rules.ts';

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

/** When a lifecycle rule aborts an upload that is not completed, where one does. */
export function abortionOf({ lifecycle }: Bucket, upload: Upload): { AbortDate?: Date; AbortRuleId?: string } {
	const due = (lifecycle?.rules ?? [])
		.flatMap((rule) => {
			const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
			return days === undefined || !applies(rule, upload) ? [] : [{ at: midnightAfter(upload.initiated, days), rule }];
		})
		.sort((a, b) => a.at - b.at)[0];
	return due ? { AbortDate: new Date(due.at), AbortRuleId: due.rule.ID! } : {};
}
