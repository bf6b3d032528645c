import {
	type AccessControlPolicy,
	GetBucketAcl$,
	type GetBucketAclOutput,
	type GetBucketAclRequest,
	GetObjectAcl$,
	type GetObjectAclOutput,
	type GetObjectAclRequest,
	PutBucketAcl$,
	type PutBucketAclRequest,
	PutObjectAcl$,
	type PutObjectAclOutput,
	type PutObjectAclRequest,
} from '@aws-sdk/client-s3';
import type { AccountInRegion } from '../../../../account/account.ts';
import { Fault, notImplemented, refuseParameters } from '../../../../fault.ts';
import { operation } from '../../../../operation.ts';
import { onBucket, onObject } from '../../access.ts';
import { type Bucket, findBucket } from '../../buckets.ts';
import { findObject } from '../../find.ts';
import { ownerOf } from '../../owner.ts';

/** The only access list that there is: everything to the owner. */
const owners = (account: AccountInRegion): AccessControlPolicy => {
	const Owner = ownerOf(account);
	return { Owner, Grants: [{ Grantee: { ID: Owner.ID!, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
};

const refused = (operation: string, input: object) =>
	refuseParameters(`s3:${operation}`, input, [
		...['AccessControlPolicy', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP'],
	]);

function checkCanned({ ownership }: Bucket, acl: string | undefined): void {
	if (acl === 'private' || acl === 'bucket-owner-full-control') return;
	if (ownership === 'BucketOwnerEnforced') {
		throw new Fault('AccessControlListNotSupported', 'The bucket does not allow ACLs');
	}
	throw notImplemented(`S3 access lists such as ${acl ?? 'the one in the body'}`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = operation(
	GetBucketAcl$,
	({ Bucket, ExpectedBucketOwner }: GetBucketAclRequest, { account }): GetBucketAclOutput => {
		findBucket(account, Bucket!, ExpectedBucketOwner);
		return owners(account);
	},
	{ access: onBucket('GetBucketAcl') },
);

/** Takes what changes nothing; other lists are refused. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = operation(
	PutBucketAcl$,
	({ Bucket, ACL, ExpectedBucketOwner, ...input }: PutBucketAclRequest, { account }): void => {
		refused('PutBucketAcl', input);
		checkCanned(findBucket(account, Bucket!, ExpectedBucketOwner), ACL);
	},
	{ access: onBucket('PutBucketAcl'), touches: ({ Bucket }) => Bucket },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = operation(
	GetObjectAcl$,
	(input: GetObjectAclRequest, call): GetObjectAclOutput => {
		findObject(call, findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner), input);
		return owners(call.account);
	},
	{ access: onObject('GetObjectAcl', 'GetObjectVersionAcl') },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = operation(
	PutObjectAcl$,
	(input: PutObjectAclRequest, call): PutObjectAclOutput => {
		refused('PutObjectAcl', input);
		const bucket = findBucket(call.account, input.Bucket!, input.ExpectedBucketOwner);
		findObject(call, bucket, input);
		checkCanned(bucket, input.ACL);
		return {};
	},
	{ access: onObject('PutObjectAcl', 'PutObjectVersionAcl'), touches: ({ Bucket, Key }) => `${Bucket}/${Key}` },
);
