import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../../account/account.ts';
import type { Job } from '../../../account/work.ts';
import { type Bucket, Buckets } from '../buckets.ts';
import { Objects, type Version } from '../objects.ts';
import type { Position } from '../page.ts';
import { Uploads } from '../uploads.ts';
import { applies, day, expiry, midnightAfter, movable, transitioned } from './rules.ts';

/** Puts the next look at a bucket's rules on the agenda: S3 applies them once a day, at midnight UTC. */
export function planNext(account: AccountInRegion, bucket: string): number {
	const due = (Math.floor(account.clock.now() / day) + 1) * day;
	return account.account.work.add({
		...{ kind: 's3.lifecycle', region: account.region, payload: { bucket }, due, periodic: true },
	});
}

/** The daily work: applies a bucket's rules to all that is in it. */
export function applyLifecycle(account: AccountInRegion, { payload }: Job): void {
	const buckets = account.store(Buckets);
	const bucket = buckets.get((payload as { bucket: string }).bucket);
	if (!bucket?.lifecycle) return;
	const { lifecycle } = bucket;
	buckets.update(bucket.name, { lifecycle: { ...lifecycle, job: planNext(account, bucket.name) } });
	for (const versions of keysOf(account, bucket.name)) applyToKey(account, bucket, versions);
	const uploads = account.store(Uploads);
	for (const upload of uploads.all(bucket.name)) {
		const over = lifecycle.rules.some(({ AbortIncompleteMultipartUpload: abort, ...rule }) => {
			const days = abort?.DaysAfterInitiation;
			return (
				days !== undefined && applies(rule, upload) && midnightAfter(upload.initiated, days) <= account.clock.now()
			);
		});
		if (over) uploads.close(upload);
	}
}

/** All versions of each key, newest first. */
function* keysOf(account: AccountInRegion, bucket: string): Generator<Version[]> {
	const objects = account.store(Objects);
	const batch = 1000;
	let position: Position = { key: '', inclusive: true };
	let group: Version[] = [];
	for (;;) {
		const rows = objects.versionsFrom(bucket, position, batch);
		for (const row of rows) {
			if (group.length > 0 && group[0]!.key !== row.key) {
				yield group;
				group = [];
			}
			group.push(row);
		}
		if (rows.length < batch) break;
		position = { key: rows.at(-1)!.key, inclusive: false, before: rows.at(-1)!.id };
	}
	if (group.length > 0) yield group;
}

function applyToKey(account: AccountInRegion, bucket: Bucket, versions: Version[]): void {
	const objects = account.store(Objects);
	const now = account.clock.now();
	const { rules } = bucket.lifecycle!;
	const gone = new Set<Version>();
	for (const [index, version] of versions.entries()) {
		if (version.latest) continue;
		// A version is noncurrent since the next one was made.
		const since = versions[index - 1]!.modified;
		const newer = versions.slice(0, index).filter(({ latest }) => !latest).length;
		if (rules.some((rule) => applies(rule, version) && noncurrentGone(rule, since, newer, now))) {
			objects.remove(version);
			gone.add(version);
		} else move(account, bucket, version, since);
	}
	const current = versions.find(({ latest }) => latest);
	if (!current) return;
	if (current.marker) {
		const alone = versions.every((version) => version === current || gone.has(version));
		if (alone && rules.some((rule) => applies(rule, current) && markerGone(rule, current, now)))
			objects.remove(current);
		return;
	}
	const over = rules.some((rule) => applies(rule, current) && (expiry(rule, current.modified) ?? Infinity) <= now);
	if (over) objects.hide(bucket, current.key);
	else move(account, bucket, current, undefined);
}

function noncurrentGone(
	{ NoncurrentVersionExpiration: rule }: LifecycleRule,
	since: number,
	newer: number,
	now: number,
) {
	if (!rule) return false;
	const old = rule.NoncurrentDays === undefined || midnightAfter(since, rule.NoncurrentDays) <= now;
	return old && newer >= (rule.NewerNoncurrentVersions ?? 0);
}

const markerGone = (rule: LifecycleRule, marker: Version, now: number) =>
	rule.Expiration?.ExpiredObjectDeleteMarker === true || (expiry(rule, marker.modified) ?? Infinity) <= now;

/** Changes the storage class as the rules say. `since`: when the version ceased to be current. */
function move(account: AccountInRegion, bucket: Bucket, version: Version, since: number | undefined): void {
	if (version.marker) return;
	const { rules, smallest } = bucket.lifecycle!;
	const due = rules
		.filter((rule) => applies(rule, version) && movable(rule, version, smallest))
		.flatMap((rule) =>
			since === undefined
				? (rule.Transitions ?? []).map(({ Days, Date: date, StorageClass }) => ({
						at: Days === undefined ? date!.getTime() : midnightAfter(version.modified, Days),
						to: StorageClass!,
					}))
				: (rule.NoncurrentVersionTransitions ?? []).map(({ NoncurrentDays, StorageClass }) => ({
						at: midnightAfter(since, NoncurrentDays ?? 0),
						to: StorageClass!,
					})),
		);
	const storageClass = transitioned(version, due, account.clock.now());
	if (storageClass) account.store(Objects).change(version, { storageClass });
}
