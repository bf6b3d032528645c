import type { LifecycleRule as ApiRule, LifecycleRuleFilter, TransitionStorageClass } from '@aws-sdk/client-s3';
import type { Tag } from '../../resource.ts';

/** A rule as templates write it. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html */
export interface LifecycleRule {
	Id?: string;
	Status: 'Enabled' | 'Disabled';
	Prefix?: string;
	TagFilters?: Tag[];
	/** Whole numbers as text. */
	ObjectSizeGreaterThan?: string;
	ObjectSizeLessThan?: string;
	ExpirationInDays?: number;
	ExpirationDate?: string;
	ExpiredObjectDeleteMarker?: boolean;
	/** `Transition` and its like are the older form of the lists; both may stand in one rule. */
	Transition?: Transition;
	Transitions?: Transition[];
	NoncurrentVersionExpirationInDays?: number;
	NoncurrentVersionExpiration?: { NoncurrentDays: number; NewerNoncurrentVersions?: number };
	NoncurrentVersionTransition?: NoncurrentTransition;
	NoncurrentVersionTransitions?: NoncurrentTransition[];
	AbortIncompleteMultipartUpload?: { DaysAfterInitiation: number };
}
interface Transition {
	StorageClass: string;
	TransitionInDays?: number;
	TransitionDate?: string;
}
interface NoncurrentTransition {
	StorageClass: string;
	TransitionInDays: number;
	NewerNoncurrentVersions?: number;
}

export function toApi(rule: LifecycleRule): ApiRule {
	const { ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker } = rule;
	const expires = [ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker].some((each) => each !== undefined);
	const transitions = [...(rule.Transitions ?? []), ...(rule.Transition ? [rule.Transition] : [])];
	const { NoncurrentVersionTransition: older, NoncurrentVersionTransitions = [] } = rule;
	const noncurrent = [...NoncurrentVersionTransitions, ...(older ? [older] : [])];
	const noncurrentExpiration =
		rule.NoncurrentVersionExpiration ??
		(rule.NoncurrentVersionExpirationInDays && { NoncurrentDays: rule.NoncurrentVersionExpirationInDays });
	return {
		...(rule.Id !== undefined && { ID: rule.Id }),
		Status: rule.Status,
		Filter: filter(rule),
		...(expires && {
			Expiration: {
				...(ExpirationInDays !== undefined && { Days: ExpirationInDays }),
				...(ExpirationDate !== undefined && { Date: new Date(ExpirationDate) }),
				...(ExpiredObjectDeleteMarker !== undefined && { ExpiredObjectDeleteMarker }),
			},
		}),
		...(transitions.length > 0 && {
			Transitions: transitions.map(({ StorageClass, TransitionInDays, TransitionDate }) => ({
				StorageClass: StorageClass as TransitionStorageClass,
				...(TransitionInDays !== undefined && { Days: TransitionInDays }),
				...(TransitionDate !== undefined && { Date: new Date(TransitionDate) }),
			})),
		}),
		...(noncurrentExpiration && { NoncurrentVersionExpiration: noncurrentExpiration }),
		...(noncurrent.length > 0 && {
			NoncurrentVersionTransitions: noncurrent.map(({ StorageClass, TransitionInDays, NewerNoncurrentVersions }) => ({
				StorageClass: StorageClass as TransitionStorageClass,
				NoncurrentDays: TransitionInDays,
				...(NewerNoncurrentVersions !== undefined && { NewerNoncurrentVersions }),
			})),
		}),
		...(rule.AbortIncompleteMultipartUpload && {
			AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
		}),
	};
}

/** One condition stands alone, several stand in `And`. */
function filter({ Prefix, TagFilters = [], ...sizes }: LifecycleRule): LifecycleRuleFilter {
	const bySize = {
		...(sizes.ObjectSizeGreaterThan !== undefined && { ObjectSizeGreaterThan: Number(sizes.ObjectSizeGreaterThan) }),
		...(sizes.ObjectSizeLessThan !== undefined && { ObjectSizeLessThan: Number(sizes.ObjectSizeLessThan) }),
	};
	const prefix = Prefix === undefined ? {} : { Prefix };
	const count = Object.keys({ ...bySize, ...prefix }).length + TagFilters.length;
	if (count > 1) return { And: { ...prefix, ...bySize, ...(TagFilters.length > 0 && { Tags: TagFilters }) } };
	return { ...prefix, ...bySize, ...(TagFilters[0] && { Tag: TagFilters[0] }) };
}

/** Back into the template's form, in the older words where the template uses them. */
export function fromApi(rule: ApiRule, declared: LifecycleRule | undefined): LifecycleRule {
	const { Expiration, Transitions, NoncurrentVersionExpiration, NoncurrentVersionTransitions } = rule;
	const every = rule.Filter?.And ?? rule.Filter;
	const tags = rule.Filter?.And?.Tags ?? (rule.Filter?.Tag ? [rule.Filter.Tag] : []);
	const transitions = Transitions?.map(({ StorageClass, Days, Date: date }) => ({
		StorageClass: StorageClass!,
		...(Days !== undefined && { TransitionInDays: Days }),
		...(date && { TransitionDate: asWritten(date) }),
	}));
	const noncurrent = NoncurrentVersionTransitions?.map(({ StorageClass, NoncurrentDays, ...rest }) => ({
		StorageClass: StorageClass!,
		TransitionInDays: NoncurrentDays!,
		...rest,
	}));
	const inDays = declared?.NoncurrentVersionExpirationInDays !== undefined;
	return {
		...((declared === undefined || declared.Id !== undefined) && { Id: rule.ID! }),
		Status: rule.Status!,
		...(every?.Prefix !== undefined && { Prefix: every.Prefix }),
		...(tags.length > 0 && { TagFilters: tags as Tag[] }),
		...(every?.ObjectSizeGreaterThan !== undefined && { ObjectSizeGreaterThan: String(every.ObjectSizeGreaterThan) }),
		...(every?.ObjectSizeLessThan !== undefined && { ObjectSizeLessThan: String(every.ObjectSizeLessThan) }),
		...(Expiration?.Days !== undefined && { ExpirationInDays: Expiration.Days }),
		...(Expiration?.Date && { ExpirationDate: asWritten(Expiration.Date) }),
		...(Expiration?.ExpiredObjectDeleteMarker !== undefined && {
			ExpiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker,
		}),
		...list('Transition', transitions, declared),
		...(NoncurrentVersionExpiration &&
			(inDays
				? { NoncurrentVersionExpirationInDays: NoncurrentVersionExpiration.NoncurrentDays! }
				: { NoncurrentVersionExpiration: { NoncurrentDays: 0, ...NoncurrentVersionExpiration } })),
		...list('NoncurrentVersionTransition', noncurrent, declared),
		...(rule.AbortIncompleteMultipartUpload && {
			AbortIncompleteMultipartUpload: { DaysAfterInitiation: 0, ...rule.AbortIncompleteMultipartUpload },
		}),
	};
}

const asWritten = (date: Date) => date.toISOString().replace('.000Z', 'Z');

function list<T>(name: 'Transition' | 'NoncurrentVersionTransition', all: T[] | undefined, declared?: LifecycleRule) {
	if (!all) return {};
	return all.length === 1 && declared?.[name] ? { [name]: all[0] } : { [`${name}s`]: all };
}
