import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../practice/testing.ts';
import { looksLikeProduction } from './guard.ts';

// A "real account" here is a practice account behind a profile with an endpoint_url: the commands cannot tell.
let aws: TestPractice;
const home = mkdtempSync(join(tmpdir(), 'slipway-aws-'));

beforeAll(async () => {
	aws = await testPractice({ name: 'real' });
});
afterAll(async () => {
	await aws.close();
	rmSync(home, { recursive: true, force: true });
});

interface Keys {
	accessKeyId: string;
	secretAccessKey: string;
	sessionToken?: string;
}

/** Types a command on the target aws with the given keys in a profile; undefined: with no profile at all. */
async function type(args: string[], keys?: Keys, region = 'us-east-1', endpoint = aws.endpoint) {
	const config = join(home, 'config');
	const lines = keys && [
		'[profile sandbox]',
		`endpoint_url = ${endpoint}`,
		region && `region = ${region}`,
		`aws_access_key_id = ${keys.accessKeyId}`,
		`aws_secret_access_key = ${keys.secretAccessKey}`,
		keys.sessionToken && `aws_session_token = ${keys.sessionToken}`,
	];
	writeFileSync(config, `${(lines || []).filter(Boolean).join('\n')}\n`);
	const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|SLIPWAY_)/.test(name));
	const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...Object.fromEntries(kept),
			NO_COLOR: '1',
			SLIPWAY_STATE: join(home, 'state'),
			SLIPWAY_WORKSPACE: join(home, 'workspace'),
			AWS_CONFIG_FILE: config,
			AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
			AWS_EC2_METADATA_DISABLED: 'true',
			...(keys ? { AWS_PROFILE: 'sandbox' } : { AWS_REGION: region }),
		},
	});
	let [out, err] = ['', ''];
	child.stdout.on('data', (chunk) => (out += chunk));
	child.stderr.on('data', (chunk) => (err += chunk));
	return new Promise<{ exit: number | null; out: string; err: string }>((done) =>
		child.on('close', (exit) => done({ exit, out, err })),
	);
}

const administrator = () => ({ ...aws.credentials });

/** Keys of a role that may do nothing at all. */
async function powerless(): Promise<Keys> {
	const iam = new IAM(aws.client);
	const RoleName = `powerless-${crypto.randomUUID().slice(0, 8)}`;
	const trust = {
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: { AWS: aws.account.id }, Action: 'sts:AssumeRole' }],
	};
	const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
	const { Credentials } = await new STS(aws.client).assumeRole({
		RoleArn: Role!.Arn!,
		RoleSessionName: 'test',
		DurationSeconds: 900,
	});
	return {
		accessKeyId: Credentials!.AccessKeyId!,
		secretAccessKey: Credentials!.SecretAccessKey!,
		sessionToken: Credentials!.SessionToken!,
	};
}

describe('a real account that does not let us look is blocked (2), with what to do', () => {
	test('no credentials', async () => {
		const { exit, err } = await type(['target', 'aws']);
		expect(exit).toBe(2);
		expect(err).toContain('Sign in: `aws login`');
		expect(err).toContain('`npm run target -- practice`');
	});

	test('keys that AWS does not know', async () => {
		const { exit, err } = await type(['cleanup', 'get-ready', '--target', 'aws'], {
			accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
			secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
		});
		expect(exit).toBe(2);
		expect(err).toContain('The security token included in the request is invalid');
		expect(err).toContain('aws login');
	});

	test('expired credentials', async () => {
		// They live for fifteen minutes at least, so AWS's answer comes from a server that gives no other.
		const expired =
			'<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>';
		const server = createServer((_, response) => response.writeHead(403).end(expired));
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { exit, err } = await type(['target', 'aws'], administrator(), 'us-east-1', endpoint);
		server.close();
		expect(exit).toBe(2);
		expect(err).toContain('The security token included in the request is expired');
		expect(err).toContain('Sign in again: `aws login`');
	});

	test('denied', async () => {
		const { exit, err } = await type(['lab', 'get-ready', '--target', 'aws'], await powerless());
		expect(exit).toBe(2);
		expect(err).toContain('is not authorized to perform: ssm:GetParameter');
	});

	test('no region', async () => {
		const { exit, err } = await type(['target', 'aws'], administrator(), '');
		expect(exit).toBe(2);
		expect(err).toBe(
			'No region is set.\nName one, as in `--region us-east-1`, or set it with `aws configure set region us-east-1`.\n',
		);
	});

	test('doctor says the same in a table, and needs an administrator where access is denied', async () => {
		const { exit, out } = await type(['doctor', '--target', 'aws'], await powerless());
		expect(exit).toBe(2);
		expect(out).toContain('is not authorized to perform: ssm:GetParameter');
		const [, block] = out.split('To paste into a question');
		expect(block).toContain('access denied');
		expect(block).not.toContain(aws.account.id);
	});
});

test('the target says who one is, and stays chosen', async () => {
	const { exit, out, err } = await type(['target', 'aws', '--profile', 'sandbox'], administrator());
	expect({ exit, out }).toEqual({ exit: 0, out: `aws (sandbox) · ${aws.account.id} · us-east-1\n` });
	expect(err).toContain(`You are arn:aws:iam::${aws.account.id}:user/administrator.`);
	expect((await type(['target'], administrator())).out).toBe(out);
	expect((await type(['target', 'practice'], administrator())).out).toBe('practice account · us-east-1\n');
});

test('an endpoint override in the environment is not obeyed on aws', async () => {
	process.env['AWS_ENDPOINT_URL_X'] = 'kept out by the filter above';
	const { exit } = await type(['target', 'aws', '--profile', 'sandbox'], administrator());
	delete process.env['AWS_ENDPOINT_URL_X'];
	expect(exit).toBe(0);
});

describe('an account that looks like production is seen', () => {
	/** Answers as IAM and CloudFormation would, with the given error of ListOrganizationsFeatures and stacks. */
	async function account(features: string | undefined, stacks: { name: string; tag?: string }[]) {
		const server = createServer(async (request, response) => {
			let body = '';
			for await (const chunk of request) body += chunk;
			const action = new URLSearchParams(body).get('Action');
			if (action === 'DescribeStacks') {
				const members = stacks.map(
					({ name, tag }) =>
						`<member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Tags>${tag ? `<member><Key>${tag}</Key><Value>x</Value></member>` : ''}</Tags></member>`,
				);
				response.end(
					`<DescribeStacksResponse><DescribeStacksResult><Stacks>${members.join('')}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
				);
			} else if (features) {
				response.statusCode = 400;
				response.end(`<ErrorResponse><Error><Code>${features}</Code><Message>no</Message></Error></ErrorResponse>`);
			} else {
				response.end(
					'<ListOrganizationsFeaturesResponse><ListOrganizationsFeaturesResult><OrganizationId>o-1</OrganizationId></ListOrganizationsFeaturesResult></ListOrganizationsFeaturesResponse>',
				);
			}
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			return await looksLikeProduction({
				region: 'us-east-1',
				endpoint,
				credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
			});
		} finally {
			server.closeAllConnections();
			server.close();
		}
	}
	const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name }));

	test('by managing an organization', async () => {
		expect(await account(undefined, [])).toBe('it manages an AWS organization');
	});
	test('by stacks that are not from a lab', async () => {
		expect(await account('AccountNotManagementOrDelegatedAdministrator', many)).toBe(
			'it holds 6 stacks in us-east-1 that are not from a lab',
		);
	});
	test("and stacks of labs and the CDK's own do not count", async () => {
		const labs = many.map(({ name }) => ({ name, tag: 'slipway:lab' }));
		expect(await account('OrganizationNotFound', [...labs, { name: 'CDKToolkit' }, { name: 'other' }])).toBeUndefined();
	});
});
