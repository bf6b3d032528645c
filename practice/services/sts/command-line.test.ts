import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { IAM } from '@aws-sdk/client-iam';
import type { Credentials } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';

let practice: TestPractice;
let account: string;
beforeAll(async () => {
	practice = await testPractice();
	account = practice.account.id;
	const iam = new IAM(practice.client);
	const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
	await iam.createRole({
		RoleName: 'worker',
		AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }),
	});
	const may = policy({ Effect: 'Allow', Action: 'ssm:*', Resource: '*' });
	await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'may', PolicyDocument: may });
});
afterAll(() => practice.close());

const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

test('The AWS CLI assumes a role and is told what it may not do', { timeout: 60_000 }, async () => {
	const run = async (args: string, env: Record<string, string> = {}) => {
		const options = { env: { ...process.env, ...practice.env, ...env } };
		return promisify(execFile)('aws', args.split(' '), options).then(
			({ stdout }) => stdout,
			(error: { stderr: string }) => error.stderr.trim(),
		);
	};
	const { Credentials: keys } = JSON.parse(
		await run(`sts assume-role --role-arn ${roleArn('worker')} --role-session-name cli`),
	) as { Credentials: Credentials };
	const env = {
		AWS_ACCESS_KEY_ID: keys.AccessKeyId!,
		AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey!,
		AWS_SESSION_TOKEN: keys.SessionToken!,
	};
	expect(await run('sts get-caller-identity --query Arn --output text', env)).toBe(
		`arn:aws:sts::${account}:assumed-role/worker/cli\n`,
	);
	expect(await run('iam get-role --role-name worker', env)).toContain(
		`An error occurred (AccessDenied) when calling the GetRole operation: User: arn:aws:sts::${account}:assumed-role/worker/cli is not authorized to perform: iam:GetRole on resource: role worker because no identity-based policy allows the iam:GetRole action`,
	);
	const document = JSON.parse(await run('iam get-role-policy --role-name worker --policy-name may'));
	expect(document.PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'ssm:*', Resource: '*' }]);
	expect(await run('iam get-role --role-name nobody')).toContain(
		'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name nobody cannot be found.',
	);
});
