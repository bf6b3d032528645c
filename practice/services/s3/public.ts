import { MalformedPolicy, type Policy, parsePolicy, type Statement } from '../../iam/policy.ts';

/** Keys by which a condition narrows a statement down to somebody in particular. */
const narrowing = new Set([
	...['aws:principalorgid', 'aws:principalorgpaths', 'aws:principalaccount', 'aws:principalarn', 'aws:userid'],
	...['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceowner'],
	...['s3:x-amz-server-side-encryption-aws-kms-key-id', 's3:dataaccesspointarn', 's3:dataaccesspointaccount'],
]);

/**
 * Whether a bucket policy is public as Block Public Access means it: something is allowed to everybody, and no
 * condition with a fixed value holds it back.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(policy: string): boolean {
	let parsed: Policy;
	try {
		parsed = parsePolicy(policy, 'resource');
	} catch (error) {
		if (error instanceof MalformedPolicy) return false;
		throw error;
	}
	return parsed.statements.some(
		(statement) => statement.effect === 'Allow' && everybody(statement) && !narrow(statement),
	);
}

const everybody = ({ principal }: Statement) =>
	principal === '*' ||
	(principal?.AWS ?? []).some((name) => name.includes('*')) ||
	principal?.CanonicalUser?.includes('*');

const narrow = ({ conditions }: Statement) =>
	conditions.some(
		({ key, values, operator }) =>
			narrowing.has(key.toLowerCase()) &&
			!/not/i.test(operator) &&
			values.every((value) => !value.includes('${') && !/^\*|^(0\.0\.0\.0|::)\/0$/.test(value)),
	);
