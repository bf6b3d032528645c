import type {
	CORSRule,
	LifecycleRule,
	LifecycleRuleFilter,
	NoncurrentVersionTransition,
	OwnershipControlsRule,
	PublicAccessBlockConfiguration,
	ServerSideEncryptionByDefault,
	Transition,
} from '@aws-sdk/client-s3';
import type { Call } from '../../operation.ts';
import { putBucketAcl } from '../../services/s3/operations/configuration/acl.ts';
import {
	deleteBucketEncryption,
	getBucketEncryption,
	putBucketEncryption,
} from '../../services/s3/operations/configuration/bucket-encryption.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from '../../services/s3/operations/configuration/cors.ts';
import {
	deleteBucketLifecycle,
	getBucketLifecycleConfiguration,
	putBucketLifecycleConfiguration,
} from '../../services/s3/operations/configuration/lifecycle.ts';
import {
	deleteBucketOwnershipControls,
	getBucketOwnershipControls,
	putBucketOwnershipControls,
} from '../../services/s3/operations/configuration/ownership-controls.ts';
import {
	deletePublicAccessBlock,
	getPublicAccessBlock,
	putPublicAccessBlock,
} from '../../services/s3/operations/configuration/public-access-block.ts';
import { getBucketVersioning, putBucketVersioning } from '../../services/s3/operations/configuration/versioning.ts';
import type { Tag } from '../resource.ts';

type CallOperation = Call['call'];

/** How a property of a bucket is told to S3, taken back and read. */
interface Setting<T> {
	put(Bucket: string, value: T, call: CallOperation): void;
	reset(Bucket: string, call: CallOperation): void;
	get(Bucket: string, call: CallOperation): T | undefined;
}

/** A canned access list. Those that give anything away are refused by S3 itself. */
const accessControl: Setting<string> = {
	put: (Bucket, canned, call) =>
		call(putBucketAcl, {
			Bucket,
			ACL: canned.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase() as 'private',
		}),
	reset: (Bucket, call) => call(putBucketAcl, { Bucket, ACL: 'private' }),
	// The list that there is says nothing that a template did not.
	get: () => undefined,
};

interface Encryption {
	ServerSideEncryptionConfiguration: {
		BucketKeyEnabled?: boolean;
		ServerSideEncryptionByDefault?: ServerSideEncryptionByDefault;
	}[];
}
const encryption: Setting<Encryption> = {
	put: (Bucket, { ServerSideEncryptionConfiguration: rules }, call) =>
		call(putBucketEncryption, {
			Bucket,
			ServerSideEncryptionConfiguration: {
				Rules: rules.map(({ ServerSideEncryptionByDefault: byDefault, ...rule }) => ({
					...rule,
					...(byDefault && { ApplyServerSideEncryptionByDefault: byDefault }),
				})),
			},
		}),
	reset: (Bucket, call) => call(deleteBucketEncryption, { Bucket }),
	get: (Bucket, call) => ({
		ServerSideEncryptionConfiguration: call(getBucketEncryption, {
			Bucket,
		}).ServerSideEncryptionConfiguration!.Rules!.map(({ ApplyServerSideEncryptionByDefault: byDefault, ...rule }) => ({
			...(rule.BucketKeyEnabled !== undefined && { BucketKeyEnabled: rule.BucketKeyEnabled }),
			...(byDefault && { ServerSideEncryptionByDefault: byDefault }),
		})),
	}),
};

interface Cors {
	CorsRules: {
		AllowedHeaders?: string[];
		AllowedMethods: string[];
		AllowedOrigins: string[];
		ExposedHeaders?: string[];
		Id?: string;
		MaxAge?: number;
	}[];
}
const cors: Setting<Cors> = {
	put: (Bucket, { CorsRules }, call) =>
		call(putBucketCors, {
			Bucket,
			CORSConfiguration: {
				CORSRules: CorsRules.map(
					({ ExposedHeaders, Id, MaxAge, ...rule }): CORSRule => ({
						...rule,
						...(ExposedHeaders && { ExposeHeaders: ExposedHeaders }),
						...(Id !== undefined && { ID: Id }),
						...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
					}),
				),
			},
		}),
	reset: (Bucket, call) => call(deleteBucketCors, { Bucket }),
	get: (Bucket, call) => ({
		CorsRules: call(getBucketCors, { Bucket }).CORSRules!.map(({ ExposeHeaders, ID, MaxAgeSeconds, ...rule }) => ({
			...(rule as Cors['CorsRules'][0]),
			...(ExposeHeaders && { ExposedHeaders: ExposeHeaders }),
			...(ID !== undefined && { Id: ID }),
			...(MaxAgeSeconds !== undefined && { MaxAge: MaxAgeSeconds }),
		})),
	}),
};

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
	Transition?: CfnTransition;
	Transitions?: CfnTransition[];
	NoncurrentVersionTransition?: CfnNoncurrentTransition;
	NoncurrentVersionTransitions?: CfnNoncurrentTransition[];
}
interface CfnTransition {
	StorageClass: string;
	TransitionDate?: string;
	TransitionInDays?: number;
}
interface CfnNoncurrentTransition {
	StorageClass: string;
	TransitionInDays: number;
	NewerNoncurrentVersions?: number;
}
interface Lifecycle {
	Rules: Rule[];
	TransitionDefaultMinimumObjectSize?: 'varies_by_storage_class' | 'all_storage_classes_128K';
}

const lifecycle: Setting<Lifecycle> = {
	put: (Bucket, { Rules, TransitionDefaultMinimumObjectSize: smallest }, call) =>
		void call(putBucketLifecycleConfiguration, {
			Bucket,
			LifecycleConfiguration: { Rules: Rules.map(lifecycleRule) },
			...(smallest && { TransitionDefaultMinimumObjectSize: smallest }),
		}),
	reset: (Bucket, call) => call(deleteBucketLifecycle, { Bucket }),
	get: (Bucket, call) => ({ Rules: call(getBucketLifecycleConfiguration, { Bucket }).Rules!.map(declaredRule) }),
};

function lifecycleRule(rule: Rule): LifecycleRule {
	const { ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker, NoncurrentVersionExpiration } = rule;
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
				...(ExpirationDate !== undefined && { Date: new Date(ExpirationDate) }),
				...(ExpiredObjectDeleteMarker !== undefined && { ExpiredObjectDeleteMarker }),
			},
		}),
		...(old && { NoncurrentVersionExpiration: old }),
		...(rule.AbortIncompleteMultipartUpload && { AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload }),
		...(transitions.length > 0 && {
			Transitions: transitions.map(
				({ StorageClass, TransitionDate, TransitionInDays }): Transition => ({
					StorageClass: StorageClass as 'GLACIER',
					...(TransitionDate !== undefined && { Date: new Date(TransitionDate) }),
					...(TransitionInDays !== undefined && { Days: TransitionInDays }),
				}),
			),
		}),
		...(noncurrent.length > 0 && {
			NoncurrentVersionTransitions: noncurrent.map(
				({ StorageClass, TransitionInDays, NewerNoncurrentVersions }): NoncurrentVersionTransition => ({
					StorageClass: StorageClass as 'GLACIER',
					NoncurrentDays: TransitionInDays,
					...(NewerNoncurrentVersions !== undefined && { NewerNoncurrentVersions }),
				}),
			),
		}),
	};
}

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

function declaredRule({ ID, Status, Filter, Expiration, ...rule }: LifecycleRule): Rule {
	const { Prefix, Tags, ObjectSizeGreaterThan, ObjectSizeLessThan } = {
		...Filter,
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
		...(Expiration?.Date !== undefined && { ExpirationDate: Expiration.Date.toISOString() }),
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
			Transitions: rule.Transitions.map(({ StorageClass, Days }) => ({
				StorageClass: StorageClass!,
				TransitionInDays: Days!,
			})),
		}),
	};
}

const ownershipControls: Setting<{ Rules: OwnershipControlsRule[] }> = {
	put: (Bucket, { Rules }, call) => call(putBucketOwnershipControls, { Bucket, OwnershipControls: { Rules } }),
	reset: (Bucket, call) => call(deleteBucketOwnershipControls, { Bucket }),
	get: (Bucket, call) => ({ Rules: call(getBucketOwnershipControls, { Bucket }).OwnershipControls!.Rules! }),
};

const publicAccessBlock: Setting<PublicAccessBlockConfiguration> = {
	put: (Bucket, PublicAccessBlockConfiguration, call) =>
		call(putPublicAccessBlock, { Bucket, PublicAccessBlockConfiguration }),
	reset: (Bucket, call) => call(deletePublicAccessBlock, { Bucket }),
	get: (Bucket, call) => call(getPublicAccessBlock, { Bucket }).PublicAccessBlockConfiguration,
};

const versioning: Setting<{ Status: 'Enabled' | 'Suspended' }> = {
	put: (Bucket, VersioningConfiguration, call) => call(putBucketVersioning, { Bucket, VersioningConfiguration }),
	// A bucket that once kept versions can only stop doing so.
	reset: (Bucket, call) => call(putBucketVersioning, { Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
	get(Bucket, call) {
		const { Status } = call(getBucketVersioning, { Bucket });
		return Status && { Status };
	},
};

/** The properties of a bucket that are settings of their own in S3. */
export const bucketSettings = {
	AccessControl: accessControl,
	BucketEncryption: encryption,
	CorsConfiguration: cors,
	LifecycleConfiguration: lifecycle,
	OwnershipControls: ownershipControls,
	PublicAccessBlockConfiguration: publicAccessBlock,
	VersioningConfiguration: versioning,
};

export type BucketProperties = {
	[name in keyof typeof bucketSettings]?: (typeof bucketSettings)[name] extends Setting<infer T> ? T : never;
} & { BucketName?: string; Tags?: Tag[] };
