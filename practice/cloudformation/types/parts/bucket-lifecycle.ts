import type { LifecycleRule, LifecycleRuleFilter, NoncurrentVersionTransition, Transition } from '@aws-sdk/client-s3';
import type { Clock } from '../../../account/clock.ts';
import {
	deleteBucketLifecycle,
	getBucketLifecycleConfiguration,
	putBucketLifecycleConfiguration,
} from '../../../services/s3/operations/configuration/lifecycle.ts';
import { same } from '../../json.ts';
import type { Tag } from '../../resource.ts';
import type { Setting } from './settings.ts';

interface Rule {
	Id?: string;
	Status: 'Enabled' | 'Disabled';
	Prefix?: string;
	TagFilters?: Tag[];
	ObjectSizeGreaterThan?: string | number;
	ObjectSizeLessThan?: string | number;
	ExpirationInDays?: number;
	ExpirationDate?: string;
	ExpiredObjectDeleteMarker?: boolean;
	NoncurrentVersionExpirationInDays?: number;
	NoncurrentVersionExpiration?: { NoncurrentDays: number; NewerNoncurrentVersions?: number };
	AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number };
	Transition?: Moved;
	Transitions?: Moved[];
	NoncurrentVersionTransition?: NoncurrentMoved;
	NoncurrentVersionTransitions?: NoncurrentMoved[];
}
interface Moved {
	StorageClass: string;
	TransitionDate?: string;
	TransitionInDays?: number;
}
interface NoncurrentMoved {
	StorageClass: string;
	TransitionInDays: number;
	NewerNoncurrentVersions?: number;
}
interface Lifecycle {
	Rules: Rule[];
	TransitionDefaultMinimumObjectSize?: 'varies_by_storage_class' | 'all_storage_classes_128K';
}

/** The `LifecycleConfiguration` of a bucket. */
export const lifecycle: Setting<Lifecycle> = {
	write(Bucket, after, { call, account }) {
		if (!after) return call(deleteBucketLifecycle, { Bucket });
		const { Rules, TransitionDefaultMinimumObjectSize: smallest } = after;
		call(putBucketLifecycleConfiguration, {
			Bucket,
			LifecycleConfiguration: { Rules: Rules.map((rule) => told(rule, account.clock)) },
			...(smallest && { TransitionDefaultMinimumObjectSize: smallest }),
		});
	},
	read(Bucket, { call, account }, declared) {
		const live = call(getBucketLifecycleConfiguration, { Bucket });
		const smallest = live.TransitionDefaultMinimumObjectSize;
		const usual = smallest === 'all_storage_classes_128K' && !declared?.TransitionDefaultMinimumObjectSize;
		return {
			Rules: live.Rules!.map((rule, index) => {
				const said = declared?.Rules.find(({ Id }) => Id === rule.ID) ?? declared?.Rules[index];
				const { ID, ...nameless } = rule;
				// S3 makes up the names that nobody chose.
				const chosen = said && said.Id === undefined ? nameless : rule;
				return said && sameRule(told(said, account.clock), chosen) ? said : asDeclared(chosen, account.clock);
			}),
			...(smallest && !usual && { TransitionDefaultMinimumObjectSize: smallest }),
		};
	},
};

/** The same to S3, in whatever words: a template may say the same in more than one way. */
const sameRule = (a: LifecycleRule, b: LifecycleRule) =>
	same(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));

/** A rule as S3 takes it. Operations have the account's time, templates the calendar's. */
function told(rule: Rule, clock: Clock): LifecycleRule {
	const { ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker, NoncurrentVersionExpiration } = rule;
	const date = (text: string) => new Date(clock.fromWire(Date.parse(text)));
	const expires = ExpirationInDays ?? ExpirationDate ?? ExpiredObjectDeleteMarker;
	const transitions = [...(rule.Transitions ?? []), ...(rule.Transition ? [rule.Transition] : [])];
	const noncurrent = [
		...(rule.NoncurrentVersionTransitions ?? []),
		...(rule.NoncurrentVersionTransition ? [rule.NoncurrentVersionTransition] : []),
	];
	const days = rule.NoncurrentVersionExpirationInDays;
	const old = NoncurrentVersionExpiration ?? (days === undefined ? undefined : { NoncurrentDays: days });
	return {
		...(rule.Id !== undefined && { ID: rule.Id }),
		Status: rule.Status,
		Filter: filter(rule),
		...(expires !== undefined && {
			Expiration: {
				...(ExpirationInDays !== undefined && { Days: ExpirationInDays }),
				...(ExpirationDate !== undefined && { Date: date(ExpirationDate) }),
				...(ExpiredObjectDeleteMarker !== undefined && { ExpiredObjectDeleteMarker }),
			},
		}),
		...(old && { NoncurrentVersionExpiration: old }),
		...(rule.AbortIncompleteMultipartUpload && { AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload }),
		...(transitions.length > 0 && {
			Transitions: transitions.map(
				({ StorageClass, TransitionDate, TransitionInDays }): Transition => ({
					StorageClass: storageClass(StorageClass),
					...(TransitionDate !== undefined && { Date: date(TransitionDate) }),
					...(TransitionInDays !== undefined && { Days: TransitionInDays }),
				}),
			),
		}),
		...(noncurrent.length > 0 && {
			NoncurrentVersionTransitions: noncurrent.map(
				({ StorageClass, TransitionInDays, NewerNoncurrentVersions }): NoncurrentVersionTransition => ({
					StorageClass: storageClass(StorageClass),
					NoncurrentDays: TransitionInDays,
					...(NewerNoncurrentVersions !== undefined && { NewerNoncurrentVersions }),
				}),
			),
		}),
	};
}

/** Old templates say `Glacier`. */
const storageClass = (name: string) => (name === 'Glacier' ? 'GLACIER' : name) as 'GLACIER';

/** S3 wants what several conditions have in common below `And`. */
function filter({ Prefix, TagFilters = [], ObjectSizeGreaterThan, ObjectSizeLessThan }: Rule): LifecycleRuleFilter {
	const sizes = {
		...(ObjectSizeGreaterThan !== undefined && { ObjectSizeGreaterThan: Number(ObjectSizeGreaterThan) }),
		...(ObjectSizeLessThan !== undefined && { ObjectSizeLessThan: Number(ObjectSizeLessThan) }),
	};
	const count = (Prefix === undefined ? 0 : 1) + TagFilters.length + Object.keys(sizes).length;
	const prefix = Prefix === undefined ? {} : { Prefix };
	if (count > 1) return { And: { ...prefix, ...(TagFilters.length > 0 && { Tags: TagFilters }), ...sizes } };
	return count === 0 ? { Prefix: '' } : { ...prefix, ...sizes, ...(TagFilters[0] && { Tag: TagFilters[0] }) };
}

/** A rule of S3 in a template's words. */
function asDeclared({ ID, Status, Filter, Expiration, ...rule }: LifecycleRule, clock: Clock): Rule {
	const date = (at: Date) => new Date(clock.toWire(at.getTime())).toISOString();
	const { Prefix, Tags, ObjectSizeGreaterThan, ObjectSizeLessThan } = {
		...{ Prefix: rule.Prefix, ...Filter },
		...(Filter?.Tag && { Tags: [Filter.Tag] }),
		...Filter?.And,
	} as NonNullable<LifecycleRuleFilter['And']>;
	return {
		...(ID !== undefined && { Id: ID }),
		Status: Status!,
		...(Prefix && { Prefix }),
		...(Tags && { TagFilters: Tags as Tag[] }),
		...(ObjectSizeGreaterThan !== undefined && { ObjectSizeGreaterThan }),
		...(ObjectSizeLessThan !== undefined && { ObjectSizeLessThan }),
		...(Expiration?.Days !== undefined && { ExpirationInDays: Expiration.Days }),
		...(Expiration?.Date !== undefined && { ExpirationDate: date(Expiration.Date) }),
		...(Expiration?.ExpiredObjectDeleteMarker !== undefined && {
			ExpiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker,
		}),
		...(rule.NoncurrentVersionExpiration && {
			NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration as NonNullable<Rule['NoncurrentVersionExpiration']>,
		}),
		...(rule.AbortIncompleteMultipartUpload && {
			AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload as { DaysAfterInitiation: number },
		}),
		...(rule.Transitions && {
			Transitions: rule.Transitions.map(({ StorageClass, Days, Date: at }) => ({
				StorageClass: StorageClass!,
				...(Days !== undefined && { TransitionInDays: Days }),
				...(at !== undefined && { TransitionDate: date(at) }),
			})),
		}),
		...(rule.NoncurrentVersionTransitions && {
			NoncurrentVersionTransitions: rule.NoncurrentVersionTransitions.map(
				({ StorageClass, NoncurrentDays, NewerNoncurrentVersions: newer }) => ({
					StorageClass: StorageClass!,
					TransitionInDays: NoncurrentDays!,
					...(newer !== undefined && { NewerNoncurrentVersions: newer }),
				}),
			),
		}),
	};
}
