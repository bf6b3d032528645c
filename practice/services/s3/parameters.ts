import { Fault, notImplemented, refuseParameters } from '../../fault.ts';
import type { Bucket } from './buckets.ts';
import type { About } from './objects.ts';

/** Parameters of requests for objects that the practice account does not have. */
export function refuseObjectParameters(operation: string, input: object): void {
	refuseParameters(`s3:${operation}`, input, [
		...['ObjectLockMode', 'ObjectLockRetainUntilDate', 'ObjectLockLegalHoldStatus', 'BypassGovernanceRetention'],
		...['ObjectLockEventHold', 'ObjectLockEventHoldDurationDays', 'ObjectLockEventHoldDurationYears'],
		...['SSECustomerKey', 'SSECustomerAlgorithm', 'CopySourceSSECustomerKey', 'CopySourceSSECustomerAlgorithm'],
		...['WebsiteRedirectLocation', 'WriteOffsetBytes', 'MFA', 'IfMatchLastModifiedTime', 'IfMatchSize'],
		...['GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWriteACP', 'GrantWrite'],
	]);
}

/** Objects have no access lists of their own: a bucket enforces its owner, unless its ownership controls say otherwise. */
export function checkObjectAcl({ ownership }: Bucket, acl: string | undefined): void {
	if (acl === undefined || acl === 'bucket-owner-full-control') return;
	if (ownership === 'BucketOwnerEnforced') {
		throw new Fault('AccessControlListNotSupported', 'The bucket does not allow ACLs');
	}
	if (acl !== 'private') throw notImplemented(`S3 access lists such as ${acl}`);
}

export function checkKey(key: string): void {
	const size = Buffer.byteLength(key);
	if (size > 1024) {
		throw new Fault('KeyTooLongError', 'Your key is too long', { members: { Size: size, MaxSizeAllowed: 1024 } });
	}
}

export function checkMetadata(metadata: Record<string, string> | undefined): void {
	const size = Object.entries(metadata ?? {}).reduce(
		(sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
		0,
	);
	if (size > 2048) {
		throw new Fault('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
			members: { Size: size, MaxSizeAllowed: 2048 },
		});
	}
}

const storageClasses = [
	...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING'],
	...['GLACIER', 'DEEP_ARCHIVE', 'GLACIER_IR'],
];

export function checkStorageClass(storageClass: string | undefined): void {
	if (storageClass === undefined || storageClasses.includes(storageClass)) return;
	throw new Fault('InvalidStorageClass', 'The storage class you specified is not valid', {
		members: { StorageClassRequested: storageClass },
	});
}

const kept = ['ContentType', 'CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'] as const;

/** The headers of a request that an object keeps. */
export function headersOf(input: Partial<Record<(typeof kept)[number], string>> & { Expires?: Date | undefined }) {
	const headers: About['headers'] = {};
	for (const name of kept) if (input[name]) headers[name] = input[name];
	if (input.Expires) headers.Expires = input.Expires.getTime();
	return headers;
}

/** How many a page may have: at most a thousand. */
export function pageSize(asked: number | undefined, name: string): number {
	if (asked === undefined) return 1000;
	if (!Number.isInteger(asked) || asked < 0 || asked > 2 ** 31 - 1) {
		throw new Fault('InvalidArgument', `Argument ${name} must be an integer between 0 and 2147483647`, {
			members: { ArgumentName: name, ArgumentValue: asked },
		});
	}
	return Math.min(asked, 1000);
}
