import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { root } from '../../lib/paths.ts';
import type { PracticeTarget } from '../../lib/target.ts';
import { clientConfig } from '../clients.ts';

/** What a person who only looks may do: the policy that the guard rails of infra/ ship. */
export const readOnlyPolicy = join(root, 'infra', 'read-only-policy.json');

/** Does `work` as a role that may only look; the role is there for that time alone. Undefined where no policy is shipped. */
export async function asReader<T>(
	target: PracticeTarget,
	work: (reader: PracticeTarget) => Promise<T>,
): Promise<T | undefined> {
	if (!existsSync(readOnlyPolicy)) return undefined;
	const iam = new IAM(clientConfig(target));
	const RoleName = 'slipway-proof-reader';
	const { Role } = await iam.createRole({
		RoleName,
		AssumeRolePolicyDocument: JSON.stringify({
			Version: '2012-10-17',
			Statement: [{ Effect: 'Allow', Principal: { AWS: target.account }, Action: 'sts:AssumeRole' }],
		}),
	});
	try {
		await iam.putRolePolicy({ RoleName, PolicyName: 'look', PolicyDocument: readFileSync(readOnlyPolicy, 'utf8') });
		const { Credentials } = await new STS(clientConfig(target)).assumeRole({
			RoleArn: Role!.Arn!,
			RoleSessionName: 'proof',
		});
		return await work({
			...target,
			credentials: {
				accessKeyId: Credentials!.AccessKeyId!,
				secretAccessKey: Credentials!.SecretAccessKey!,
				sessionToken: Credentials!.SessionToken!,
			},
		});
	} finally {
		await iam.deleteRolePolicy({ RoleName, PolicyName: 'look' });
		await iam.deleteRole({ RoleName });
	}
}
