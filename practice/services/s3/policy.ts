import { Fault } from '../../fault.ts';
import { MalformedPolicy, type Policy, parsePolicy, type Statement } from '../../iam/policy.ts';
import { bucketArn } from './buckets.ts';

const malformed = (message: string, detail?: string) =>
	new Fault('MalformedPolicy', message, { ...(detail !== undefined && { members: { Detail: detail } }) });

/**
 * Refuses a bucket policy that S3 refuses: beyond IAM's grammar it must be about this bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
export function checkPolicy(bucket: string, text: string): void {
	if (Buffer.byteLength(text) > 20 * 1024) {
		throw new Fault('PolicyTooLarge', 'Policy exceeds the maximum allowed document size.');
	}
	for (const statement of parse(text).statements) {
		checkPrincipals(statement);
		checkResources(bucket, statement);
	}
}

function parse(text: string): Policy {
	try {
		return parsePolicy(text, 'resource');
	} catch (error) {
		if (!(error instanceof MalformedPolicy)) throw error;
		if (text.trim()[0] !== '{') throw malformed("Policies must be valid JSON and the first byte must be '{'");
		throw malformed(error.message);
	}
}

function checkPrincipals({ principal, notPrincipal }: Statement): void {
	const named = principal ?? notPrincipal;
	if (named === undefined || named === '*') return;
	for (const name of named.AWS ?? []) {
		if (name !== '*' && !/^\d{12}$|^arn:aws[\w-]*:(iam|sts)::\d{12}:|^A(IDA|ROA)[A-Z0-9]+$/.test(name)) {
			throw malformed('Invalid principal in policy', `"AWS" : "${name}"`);
		}
	}
}

const bucketActions =
	/^s3:(list(bucket|bucketversions|bucketmultipartuploads)|(create|delete)bucket|(get|put|delete)(bucket|lifecycle|encryption|accelerate|analytics|inventory|metrics|replication))/i;

function checkResources(bucket: string, { resource, notResource, action }: Statement): void {
	const resources = resource ?? notResource;
	if (!resources || resources.length === 0) throw malformed('Missing required field Resource');
	const arn = bucketArn(bucket);
	for (const each of resources) {
		if (each !== arn && !each.startsWith(`${arn}/`) && each !== `${arn}*` && each !== '*' && !covers(each, arn)) {
			throw malformed('Policy has invalid resource', each);
		}
	}
	if (!action || !resource) return;
	const exact = action.filter((each) => !/[*?]/.test(each));
	if (exact.length < action.length) return;
	const onlyBucket = resource.every((each) => each === arn);
	const onlyObjects = resource.every((each) => each.startsWith(`${arn}/`));
	const fits = exact.some((each) => (bucketActions.test(each) ? !onlyObjects : !onlyBucket));
	if (!fits && exact.every((each) => /^s3:/i.test(each))) {
		throw malformed('Action does not apply to any resource(s) in statement');
	}
}

/** Whether a resource with wildcards is about the bucket. */
const covers = (resource: string, arn: string) =>
	/[*?]/.test(resource) &&
	new RegExp(
		`^${resource
			.split(/(\*|\?)/)
			.map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.+()[\]{}|]/g, '\\$&')))
			.join('')}`,
	).test(`${arn}/`);
