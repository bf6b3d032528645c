import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { root } from '../../lib/paths.ts';
import type { PracticeTarget } from '../../lib/target.ts';
import { clientConfig } from '../clients.ts';

/** What a person who only looks may do: the policy that the guard rails of infra/ ship. */
const policy = join(root, 'infra', 'read-only-policy.json');

/**
 * The account as a role sees it that may only look. It is made before the lab's baseline is taken, so that it counts as
 * having been there; the account goes with the proof.
 */
export async function makeReader(target: PracticeTarget): Promise<PracticeTarget> {
	const iam = new IAM(clientConfig(target));
	const RoleName = 'slipway-proof-reader';
	const trust = {
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: { AWS: target.account }, Action: 'sts:AssumeRole' }],
	};
	const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
	await iam.putRolePolicy({ RoleName, PolicyName: 'look', PolicyDocument: readFileSync(policy, 'utf8') });
	const sts = new STS(clientConfig(target));
	const { Credentials } = await sts.assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'proof' });
	return {
		...target,
		credentials: {
			accessKeyId: Credentials!.AccessKeyId!,
			secretAccessKey: Credentials!.SecretAccessKey!,
			sessionToken: Credentials!.SessionToken!,
		},
	};
}
