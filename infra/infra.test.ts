import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../lib/paths.ts';
import { policyFor } from '../validators/policy.ts';
import { slipway } from './lib/slipway.ts';
import policy from './read-only-policy.json' with { type: 'json' };
import { readsIn } from './reads.ts';

const tags = [{ Key: 'slipway:part', Value: 'platform' }];

function build(): string {
	const dist = mkdtempSync(join(tmpdir(), 'slipway-dist-'));
	onTestFinished(() => rmSync(dist, { recursive: true, force: true }));
	mkdirSync(join(dist, 'labs'));
	writeFileSync(join(dist, 'index.html'), '<script>a()</script>');
	writeFileSync(join(dist, 'labs/index.html'), '<script>a()</script><script>b()</script>');
	return dist;
}

function stacks(context: Record<string, unknown> = { email: 'learner@example.org' }, dist = build()) {
	return slipway(new App({ context }), dist);
}

/** The resources of a template without what only the CDK itself reads. */
function resources(template: Template) {
	const found = template.toJSON()['Resources'] as Record<string, { Type: string; Properties: Record<string, unknown> }>;
	return Object.fromEntries(Object.values(found).map(({ Type, Properties }) => [Type, Properties]));
}

test('a learner’s account gets a role and a budget, and nothing else', () => {
	const found = resources(Template.fromStack(stacks().learner));
	expect(found).toEqual({
		'AWS::IAM::Role': {
			RoleName: 'SlipwayReadOnly',
			Description: 'Looks at what the labs made; changes nothing',
			MaxSessionDuration: 3600,
			Tags: tags,
			AssumeRolePolicyDocument: {
				Version: '2012-10-17',
				Statement: [
					{
						Effect: 'Allow',
						Action: 'sts:AssumeRole',
						Principal: {
							AWS: {
								'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
							},
						},
					},
				],
			},
		},
		'AWS::IAM::Policy': {
			PolicyName: 'Reads',
			PolicyDocument: policy,
			Roles: [{ Ref: expect.stringMatching(/^Checks/) }],
		},
		'AWS::Budgets::Budget': {
			Budget: {
				BudgetName: 'Slipway',
				BudgetType: 'COST',
				TimeUnit: 'MONTHLY',
				BudgetLimit: { Amount: 5, Unit: 'USD' },
			},
			NotificationsWithSubscribers: [
				['ACTUAL', 50],
				['ACTUAL', 100],
				['FORECASTED', 100],
			].map(([NotificationType, Threshold]) => ({
				Notification: { NotificationType, Threshold, ComparisonOperator: 'GREATER_THAN', ThresholdType: 'PERCENTAGE' },
				Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'learner@example.org' }],
			})),
			ResourceTags: tags,
		},
	});
});

test('the policy is the one that the checks of today need, and only reads', () => {
	expect(policy).toEqual(policyFor(readsIn(join(root, 'validators'))));
	expect(policy.Statement).toHaveLength(1);
	for (const action of policy.Statement[0]!.Action)
		expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe|Lookup|BatchGet)[A-Za-z]+$/);
	// The most that a role's own policies may hold. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
	expect(JSON.stringify(policy).length).toBeLessThan(10_240);
});

test('reads are found in source, tests aside', () => {
	const folder = build();
	writeFileSync(
		join(folder, 'a.ts'),
		'await aws.sqs.getQueueAttributes({}); for (const page of aws.ssm.paginateDescribeParameters({})) {}',
	);
	writeFileSync(join(folder, 'b.test.ts'), 'await aws.s3.getObject({});');
	writeFileSync(join(folder, 'c.ts'), 'elsewhere.aws.sqs.getQueueAttributes({}); aws.sqs.sendMessage({});');
	expect(readsIn(folder)).toEqual([
		{ service: 'sqs', operation: 'GetQueueAttributes' },
		{ service: 'ssm', operation: 'DescribeParameters' },
	]);
});

test('the limit is the learner’s to choose', () => {
	const { learner } = stacks({ email: 'learner@example.org', limit: '20' });
	Template.fromStack(learner).hasResourceProperties('AWS::Budgets::Budget', {
		Budget: { BudgetLimit: { Amount: 20, Unit: 'USD' } },
	});
	expect(() => stacks({ limit: 'much' })).toThrow('The limit of the budget is "much".');
});

test('a budget without anybody to tell is refused, the site is not', () => {
	const { learner, site } = stacks({});
	Annotations.fromStack(learner).hasError('/SlipwayLearner', Match.stringLikeRegexp('The budget has nobody to tell.'));
	expect(Annotations.fromStack(site).findError('*', Match.anyValue())).toEqual([]);
});

test('the site is a private bucket that only its own distribution reads, over TLS', () => {
	const template = Template.fromStack(stacks().site);
	const found = resources(template);
	expect(Object.keys(found).sort()).toEqual([
		'AWS::CloudFront::Distribution',
		'AWS::CloudFront::Function',
		'AWS::CloudFront::OriginAccessControl',
		'AWS::CloudFront::ResponseHeadersPolicy',
		'AWS::S3::Bucket',
		'AWS::S3::BucketPolicy',
	]);
	expect(found['AWS::S3::Bucket']).toEqual({
		BucketEncryption: {
			ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
		},
		OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
		PublicAccessBlockConfiguration: {
			BlockPublicAcls: true,
			BlockPublicPolicy: true,
			IgnorePublicAcls: true,
			RestrictPublicBuckets: true,
		},
		Tags: tags,
	});
	template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });

	const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^Pages/), 'Arn'] };
	const objects = { 'Fn::Join': ['', [bucket, '/*']] };
	const distribution = [
		':cloudfront::',
		{ Ref: 'AWS::AccountId' },
		':distribution/',
		{ Ref: expect.stringMatching(/^Distribution/) },
	];
	expect(found['AWS::S3::BucketPolicy']!['PolicyDocument']).toEqual({
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Deny',
				Principal: { AWS: '*' },
				Action: 's3:*',
				Resource: [bucket, objects],
				Condition: { Bool: { 'aws:SecureTransport': 'false' } },
			},
			{
				Effect: 'Allow',
				Principal: { Service: 'cloudfront.amazonaws.com' },
				Action: 's3:GetObject',
				Resource: objects,
				Condition: {
					StringEquals: { 'AWS:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...distribution]] } },
				},
			},
		],
	});
	expect(found['AWS::CloudFront::OriginAccessControl']).toMatchObject({
		OriginAccessControlConfig: {
			OriginAccessControlOriginType: 's3',
			SigningBehavior: 'always',
			SigningProtocol: 'sigv4',
		},
	});
});

test('the distribution serves over TLS, with headers, and a page for what is not there', () => {
	const { DistributionConfig, Tags } = resources(Template.fromStack(stacks().site))['AWS::CloudFront::Distribution']!;
	expect(Tags).toEqual(tags);
	expect(DistributionConfig).toMatchObject({
		DefaultRootObject: 'index.html',
		HttpVersion: 'http2and3',
		PriceClass: 'PriceClass_100',
		DefaultCacheBehavior: {
			Compress: true,
			ViewerProtocolPolicy: 'redirect-to-https',
			ResponseHeadersPolicyId: { Ref: expect.stringMatching(/^Headers/) },
			FunctionAssociations: [{ EventType: 'viewer-request' }],
		},
		CustomErrorResponses: [403, 404].map((ErrorCode) => ({
			ErrorCode,
			ResponseCode: 404,
			ResponsePagePath: '/404.html',
			ErrorCachingMinTTL: 60,
		})),
	});
});

test('the headers are the companion’s, and name the scripts of the build', () => {
	const { ResponseHeadersPolicyConfig: headers } = resources(Template.fromStack(stacks().site))[
		'AWS::CloudFront::ResponseHeadersPolicy'
	]! as { ResponseHeadersPolicyConfig: Record<string, unknown> };
	expect(headers).toMatchObject({
		SecurityHeadersConfig: {
			ContentSecurityPolicy: {
				Override: true,
				ContentSecurityPolicy: expect.stringMatching(
					/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+' 'sha256-[^']+'; .*frame-ancestors 'none'$/,
				),
			},
			ContentTypeOptions: { Override: true },
			FrameOptions: { FrameOption: 'DENY', Override: true },
			ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
			StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: false, Override: true },
		},
		CustomHeadersConfig: {
			Items: [
				{ Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true },
				{ Header: 'Cross-Origin-Resource-Policy', Value: 'same-origin', Override: true },
				{
					Header: 'Permissions-Policy',
					Value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
					Override: true,
				},
			],
		},
	});
});

test('a site without a build says so', () => {
	const { site } = stacks({}, '/nowhere');
	Annotations.fromStack(site).hasWarning('/SlipwaySite', Match.stringLikeRegexp('There is no build in dist/'));
});

test('CloudFront gives a folder its index, and sends a bare page to the one with a slash', () => {
	const source = readFileSync(join(import.meta.dirname, 'lib/clean-urls.js'), 'utf8');
	expect(resources(Template.fromStack(stacks().site))['AWS::CloudFront::Function']!['FunctionCode']).toBe(source);
	// The most that a function may be. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
	expect(source.length).toBeLessThan(10_240);
	const asked = (uri: string, querystring: object = {}) =>
		JSON.parse(
			JSON.stringify(runInNewContext(`${source}; handler(event)`, { event: { request: { uri, querystring } } })),
		);
	expect(asked('/').uri).toBe('/index.html');
	expect(asked('/labs/get-ready/').uri).toBe('/labs/get-ready/index.html');
	expect(asked('/_astro/x.js').uri).toBe('/_astro/x.js');
	const to = (value: string) => ({
		statusCode: 308,
		statusDescription: 'Permanent Redirect',
		headers: { location: { value } },
	});
	expect(asked('/labs/get-ready')).toEqual(to('/labs/get-ready/'));
	expect(asked('/labs', { a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, b: { value: '' } })).toEqual(
		to('/labs/?a=1&a=2&b'),
	);
	expect(asked('//evil.example')).toEqual({ uri: '//evil.example', querystring: {} });
	expect(asked('//evil')).toEqual(to('/evil/'));
});

test('the CDK’s own command line synthesises both stacks, with nothing but this machine', async () => {
	const out = mkdtempSync(join(tmpdir(), 'slipway-synth-'));
	onTestFinished(() => rmSync(out, { recursive: true, force: true }));
	const env = {
		...process.env,
		PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
		CDK_HOME: out,
		https_proxy: 'http://127.0.0.1:9',
	};
	const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
	const args = [cdk, 'synth', '--quiet', '--output', out, '-c', 'email=learner@example.org'];
	await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname, env });
	for (const stack of ['SlipwayLearner', 'SlipwaySite']) {
		expect(JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8'))).toHaveProperty('Resources');
	}
}, 60_000);
