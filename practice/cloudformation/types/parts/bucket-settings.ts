import type {
	CORSRule,
	OwnershipControlsRule,
	PublicAccessBlockConfiguration,
	ServerSideEncryptionByDefault,
	ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { putBucketAcl } from '../../../services/s3/operations/configuration/acl.ts';
import {
	deleteBucketEncryption,
	getBucketEncryption,
	putBucketEncryption,
} from '../../../services/s3/operations/configuration/bucket-encryption.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from '../../../services/s3/operations/configuration/cors.ts';
import {
	getBucketOwnershipControls,
	putBucketOwnershipControls,
} from '../../../services/s3/operations/configuration/ownership-controls.ts';
import {
	getPublicAccessBlock,
	putPublicAccessBlock,
} from '../../../services/s3/operations/configuration/public-access-block.ts';
import { getBucketVersioning, putBucketVersioning } from '../../../services/s3/operations/configuration/versioning.ts';
import type { Tag } from '../../resource.ts';
import { lifecycle } from './bucket-lifecycle.ts';
import type { Setting } from './settings.ts';

/** A canned access list. Those that give anything away are refused by S3 itself. */
const accessControl: Setting<string> = {
	write(Bucket, canned = 'Private', { call }) {
		const ACL = canned.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase() as 'private';
		call(putBucketAcl, { Bucket, ACL });
	},
	// The list that there is says nothing that a template did not.
	read: (_Bucket, _context, declared) => declared,
};

interface Encryption {
	ServerSideEncryptionConfiguration: {
		BucketKeyEnabled?: boolean;
		ServerSideEncryptionByDefault?: ServerSideEncryptionByDefault;
	}[];
}
const encryption: Setting<Encryption> = {
	write(Bucket, after, { call }) {
		if (!after) return call(deleteBucketEncryption, { Bucket });
		const Rules = after.ServerSideEncryptionConfiguration.map(
			({ ServerSideEncryptionByDefault: byDefault, ...rule }): ServerSideEncryptionRule => ({
				...rule,
				...(byDefault && { ApplyServerSideEncryptionByDefault: byDefault }),
			}),
		);
		call(putBucketEncryption, { Bucket, ServerSideEncryptionConfiguration: { Rules } });
	},
	read(Bucket, { call }) {
		const { Rules } = call(getBucketEncryption, { Bucket }).ServerSideEncryptionConfiguration!;
		return {
			ServerSideEncryptionConfiguration: Rules!.map(
				({ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: keys }) => ({
					...(keys !== undefined && { BucketKeyEnabled: keys }),
					...(byDefault && { ServerSideEncryptionByDefault: byDefault }),
				}),
			),
		};
	},
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
	write(Bucket, after, { call }) {
		if (!after) return call(deleteBucketCors, { Bucket });
		const CORSRules = after.CorsRules.map(
			({ ExposedHeaders, Id, MaxAge, ...rule }): CORSRule => ({
				...rule,
				...(ExposedHeaders && { ExposeHeaders: ExposedHeaders }),
				...(Id !== undefined && { ID: Id }),
				...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
			}),
		);
		call(putBucketCors, { Bucket, CORSConfiguration: { CORSRules } });
	},
	read: (Bucket, { call }) => ({
		CorsRules: call(getBucketCors, { Bucket }).CORSRules!.map(({ ExposeHeaders, ID, MaxAgeSeconds, ...rule }) => ({
			...(rule as Cors['CorsRules'][0]),
			...(ExposeHeaders && { ExposedHeaders: ExposeHeaders }),
			...(ID !== undefined && { Id: ID }),
			...(MaxAgeSeconds !== undefined && { MaxAge: MaxAgeSeconds }),
		})),
	}),
};

const ownershipControls: Setting<{ Rules: OwnershipControlsRule[] }> = {
	write(Bucket, { Rules } = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, { call }) {
		call(putBucketOwnershipControls, { Bucket, OwnershipControls: { Rules } });
	},
	read: (Bucket, { call }) => ({ Rules: call(getBucketOwnershipControls, { Bucket }).OwnershipControls!.Rules! }),
};

/** What every bucket is born with. */
const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const publicAccessBlock: Setting<PublicAccessBlockConfiguration> = {
	write: (Bucket, PublicAccessBlockConfiguration = closed, { call }) =>
		call(putPublicAccessBlock, { Bucket, PublicAccessBlockConfiguration }),
	read: (Bucket, { call }) => call(getPublicAccessBlock, { Bucket }).PublicAccessBlockConfiguration,
};

const versioning: Setting<{ Status: 'Enabled' | 'Suspended' }> = {
	// A bucket that once kept versions can only stop doing so.
	write: (Bucket, VersioningConfiguration = { Status: 'Suspended' }, { call }) =>
		call(putBucketVersioning, { Bucket, VersioningConfiguration }),
	read(Bucket, { call }) {
		const { Status } = call(getBucketVersioning, { Bucket });
		return Status && { Status };
	},
};

/** The properties of a bucket that are settings of their own in S3. Who owns objects decides which lists may be. */
export const bucketSettings = {
	OwnershipControls: ownershipControls,
	AccessControl: accessControl,
	BucketEncryption: encryption,
	CorsConfiguration: cors,
	LifecycleConfiguration: lifecycle,
	PublicAccessBlockConfiguration: publicAccessBlock,
	VersioningConfiguration: versioning,
};

export type BucketSettings = {
	[name in keyof typeof bucketSettings]?: (typeof bucketSettings)[name] extends Setting<infer T> ? T : never;
};
export type BucketProperties = BucketSettings & { BucketName?: string; Tags?: Tag[] };
