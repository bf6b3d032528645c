import { beforeEach, describe, expect, test, vi } from 'vitest';
import { exitCode } from './run.ts';
import { answering, now, one, only, practiceTarget, run, said, standing } from './testing.ts';

process.env['TZ'] = 'UTC';
beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
	return () => vi.useRealTimers();
});

describe('a check that could not look is blocked, with its own cause:', () => {
	const aws = { kind: 'aws', region: 'us-east-1', account: '111122223333' } as const;
	const network = (code: string) => said('Error', `connect ${code} 127.0.0.1:4566`, { code });
	test.each([
		['denied', practiceTarget, said('AccessDenied', 'User: x is not authorized to perform: sqs:GetQueueAttributes')],
		['denied', practiceTarget, said('AuthorizationError', 'not authorized to perform: SNS:ListTopics')],
		['denied', aws, said('UnknownError', 'Forbidden', { $metadata: { httpStatusCode: 403 } })],
		['expired', aws, said('ExpiredToken', 'The security token included in the request is expired')],
		['expired', aws, said('CredentialsProviderError', 'The SSO session associated with this profile has expired')],
		['no-credentials', aws, said('CredentialsProviderError', 'Could not load credentials from any providers')],
		[
			'no-credentials',
			practiceTarget,
			said('InvalidClientTokenId', 'The security token included in the request is invalid.'),
		],
		['wrong-region', { ...aws, region: 'us-nowhere-7' }, network('ENOTFOUND')],
		['wrong-region', aws, said('Error', 'Region is missing')],
		['wrong-region', aws, said('OptInRequired', 'The AWS Access Key Id needs a subscription for the service')],
		['unreachable', aws, network('ENOTFOUND')],
		['unreachable', practiceTarget, network('ECONNREFUSED')],
		['unreachable', aws, said('InternalFailure', 'We are sorry', { $metadata: { httpStatusCode: 500 } })],
		['throttled', aws, said('ThrottlingException', 'Rate exceeded')],
	] as const)('%s', async (cause, target, error) => {
		const checks = [
			one('stands', 'deploy', {
				run: async () => {
					throw error;
				},
			}),
		];
		const report = await run({ checks, target });
		expect(report.checks[0]).toEqual({
			id: 'stands',
			step: 'deploy',
			title: 'stands is so',
			docs: 'https://docs',
			status: 'blocked',
			cause,
			expected: expect.any(String),
			found: expect.any(String),
			next: expect.any(String),
			evidence: [],
		});
		expect(exitCode(report)).toBe(2);
	});

	test('a practice account that is down is named with its address, and how to start it', async () => {
		const session = answering({
			cloudformation: {
				describeStacks: () => {
					throw network('ECONNREFUSED');
				},
			},
		});
		expect(await only({ session })).toMatchObject({
			status: 'blocked',
			cause: 'unreachable',
			expected: 'the practice account on 127.0.0.1:4566',
			found: 'no answer there (ECONNREFUSED)',
			next: 'Start it: `npm start` (or `npm run practice -- start`). Nothing is lost.',
		});
	});

	test('an account that cannot be asked for blocks, and the report says that it is unknown', async () => {
		const session = answering({
			...standing,
			sts: {
				getCallerIdentity: () => {
					throw said('CredentialsProviderError', 'Could not load credentials from any providers');
				},
			},
		});
		const report = await run({ session, target: { kind: 'aws', region: 'us-east-1' } });
		expect(report.target).toEqual({ kind: 'aws', account: 'unknown', region: 'us-east-1' });
		expect(report.checks[0]).toMatchObject({ status: 'blocked', cause: 'no-credentials' });
	});

	test('one check that is blocked leaves the others as they are', async () => {
		const checks = [
			one('stands', 'deploy'),
			one('denied', 'deploy', {
				run: async () => {
					throw said('AccessDenied', 'no');
				},
			}),
		];
		expect((await run({ checks })).checks.map(({ status }) => status)).toEqual(['passed', 'blocked']);
	});
});
