import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { Version } from '../objects.ts';

export const day = 86_400_000;

/** S3 counts days from an event and rounds up to the next midnight UTC. */
export const midnightAfter = (event: number, days: number) => Math.ceil((event + days * day) / day) * day;

/** Rules that are on and about this object, or about this key where nothing else is known of it. */
export function applies(
	rule: LifecycleRule,
	about: Pick<Version, 'key'> & Partial<Pick<Version, 'size' | 'about'>>,
): boolean {
	const { Filter, Prefix } = rule;
	const all = Filter?.And ?? Filter;
	const tags = Filter?.And?.Tags ?? (Filter?.Tag ? [Filter.Tag] : []);
	const { key, size } = about;
	return (
		rule.Status === 'Enabled' &&
		key.startsWith(all?.Prefix ?? Prefix ?? '') &&
		tags.every(({ Key, Value }) => about.about?.tags?.[Key!] === Value) &&
		(all?.ObjectSizeGreaterThan === undefined || (size !== undefined && size > all.ObjectSizeGreaterThan)) &&
		(all?.ObjectSizeLessThan === undefined || (size !== undefined && size < all.ObjectSizeLessThan))
	);
}

/** When a rule lets the current version go; undefined when it never does. */
export function expiry({ Expiration }: LifecycleRule, modified: number): number | undefined {
	if (Expiration?.Days !== undefined) return midnightAfter(modified, Expiration.Days);
	return Expiration?.Date?.getTime();
}

const ranks = ['STANDARD', 'STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];
const rank = (storageClass: string) => ranks.indexOf(storageClass);

/** The storage class that a version ought to have by now. */
export function transitioned(
	version: Version,
	due: { at: number; to: string }[],
	now: number,
): Version['storageClass'] | undefined {
	const reached = due.filter(({ at, to }) => at <= now && rank(to) > rank(version.storageClass));
	const coldest = reached.sort((a, b) => rank(b.to) - rank(a.to))[0];
	return coldest?.to as Version['storageClass'] | undefined;
}

/** Small objects stay where they are, unless the rule is about sizes or the bucket says otherwise. */
export function movable({ Filter }: LifecycleRule, { size }: Version, smallest: string): boolean {
	const sizes = Filter?.And ?? Filter;
	const bySize = sizes?.ObjectSizeGreaterThan !== undefined || sizes?.ObjectSizeLessThan !== undefined;
	return bySize || smallest === 'varies_by_storage_class' || size >= 128 * 1024;
}
