import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sentence } from './stack.ts';
import { answering, folderOf, minutesAgo, noStack, now, one, only, said, stack } from './testing.ts';
import { openWorkspace } from './workspace.ts';

process.env['TZ'] = 'UTC';
beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
	return () => vi.useRealTimers();
});

describe('the stack is answered for before any check looks:', () => {
	const bootstrapped = { ssm: { getParameter: () => ({ Parameter: { Value: '33' } }) } };
	const missing = (
		others: object[] = [{ StackName: 'CDKToolkit', StackStatus: 'CREATE_COMPLETE' }],
		deleted: object[] = [],
	) => ({
		cloudformation: {
			describeStacks: noStack,
			paginateDescribeStacks: () => ({ Stacks: others }),
			paginateListStacks: () => ({ StackSummaries: deleted }),
		},
		...bootstrapped,
	});

	test('no stack is not-deployed, with what there is instead', async () => {
		expect(await only({ session: answering(missing()) })).toEqual({
			id: 'stands',
			step: 'deploy',
			title: 'stands is so',
			docs: 'https://docs',
			status: 'failed',
			cause: 'not-deployed',
			expected: 'a stack Shop in us-east-1',
			found: 'no stack of that name; the account holds only CDKToolkit',
			next: 'Deploy it: npm run deploy -- shop',
			evidence: [],
		});
	});

	test('a stack that was deleted is told so', async () => {
		const session = answering(missing([], [{ StackName: 'Shop', DeletionTime: minutesAgo(2) }]));
		expect(await only({ session })).toMatchObject({
			cause: 'not-deployed',
			found: 'no stack of that name any more: it was deleted 2 minutes ago; the account holds no stack at all',
		});
	});

	test('a stack of nearly that name is named', async () => {
		const session = answering(missing([{ StackName: 'Shopp', StackStatus: 'CREATE_COMPLETE' }]));
		expect(await only({ session })).toMatchObject({
			cause: 'not-deployed',
			found: 'no stack of that name; there is one called Shopp',
			next: 'If Shopp is yours, call it Shop again in bin/app.ts. Then deploy: npm run deploy -- shop',
		});
	});

	test('a stack in another region is found there', async () => {
		const session = answering(missing(), {
			'eu-west-1': { cloudformation: { describeStacks: () => ({ Stacks: [stack('CREATE_COMPLETE')] }) } },
		});
		expect(await only({ session })).toMatchObject({
			status: 'failed',
			cause: 'other-region',
			expected: 'a stack Shop in us-east-1, where this terminal points',
			found: 'Shop in eu-west-1, deployed 3 minutes ago',
			next: 'Either export AWS_REGION=eu-west-1, or clean up there and deploy here. Stacks do not move between regions.',
		});
	});

	test('a CDK app in an account without bootstrap is blocked', async () => {
		const session = answering({
			...missing(),
			ssm: {
				getParameter: () => {
					throw said('ParameterNotFound', '');
				},
			},
		});
		const workspace = openWorkspace(folderOf({ 'cdk.json': '{}' }));
		expect(await only({ session, workspace })).toMatchObject({
			status: 'blocked',
			cause: 'not-bootstrapped',
			next: 'Prepare the lab, which bootstraps (and asks first on a real account): `npm run lab`.',
		});
	});

	test('a stack in progress is pending, with what and since when', async () => {
		const session = answering({
			cloudformation: { describeStacks: () => ({ Stacks: [stack('UPDATE_IN_PROGRESS')] }) },
		});
		expect(await only({ session })).toMatchObject({
			status: 'pending',
			cause: 'pending',
			found: 'UPDATE_IN_PROGRESS, begun 3 minutes ago',
		});
	});

	const reviewed = (...changeSets: object[]) =>
		answering({
			cloudformation: {
				describeStacks: () => ({ Stacks: [stack('REVIEW_IN_PROGRESS', { CreationTime: minutesAgo(10) })] }),
				paginateListChangeSets: () => ({ Summaries: changeSets }),
				describeEvents: () => ({
					OperationEvents: [{ LogicalResourceId: 'Orders', ValidationStatusReason: '#/Delay: expected type: Integer' }],
				}),
			},
		});

	test.each([
		[
			'a change set that nobody executed',
			[{ Status: 'CREATE_COMPLETE', CreationTime: minutesAgo(9) }],
			'only a change set for it, made 9 minutes ago and never executed',
		],
		[
			'a change set that failed',
			[
				{ Status: 'CREATE_COMPLETE', CreationTime: minutesAgo(9) },
				{ Status: 'FAILED', CreationTime: minutesAgo(1) },
			],
			'only a change set for it, which failed 1 minute ago: "Orders: #/Delay: expected type: Integer"',
		],
		['a change set that was deleted', [], 'only its name, taken 10 minutes ago: its change set was deleted'],
	])('%s is no deployment', async (_, changeSets, found) => {
		expect(await only({ session: reviewed(...changeSets) })).toMatchObject({
			status: 'failed',
			cause: 'not-deployed',
			expected: 'a stack Shop in us-east-1',
			found,
		});
	});

	test('a change set that is being made or executed is pending', async () => {
		expect(await only({ session: reviewed({ Status: 'CREATE_COMPLETE', CreationTime: minutesAgo(1) }) })).toMatchObject(
			{ status: 'pending' },
		);
	});

	const event = (
		LogicalResourceId: string,
		ResourceStatus: string,
		minutes: number,
		ResourceStatusReason?: string,
	) => ({
		StackId: stack('').StackId,
		PhysicalResourceId: LogicalResourceId === 'Shop' ? stack('').StackId : LogicalResourceId,
		LogicalResourceId,
		ResourceStatus,
		ResourceStatusReason,
		Timestamp: minutesAgo(minutes),
	});
	const events = [
		event('Shop', 'UPDATE_ROLLBACK_COMPLETE', 1),
		event('Receipts', 'UPDATE_FAILED', 2, 'Resource update cancelled'),
		event('Other', 'CREATE_FAILED', 2.5, 'Resource creation cancelled'),
		event('Orders', 'UPDATE_FAILED', 3, 'Dead letter target does not exist.'),
		event('Shop', 'UPDATE_IN_PROGRESS', 4, 'User Initiated'),
		event('Orders', 'CREATE_FAILED', 50, 'An older failure'),
		event('Shop', 'CREATE_IN_PROGRESS', 60, 'User Initiated'),
	];
	const failing = (status: string) => ({
		cloudformation: {
			describeStacks: () => ({ Stacks: [stack(status)] }),
			paginateDescribeStackEvents: () => ({ StackEvents: events }),
			getTemplate: () => ({ TemplateBody: '{"Resources":{"A":{"Type":"T","Properties":{}}}}' }),
		},
	});

	test('a rolled-back stack shows the first failure of its last operation, in AWS’s words', async () => {
		expect(await only({ session: answering(failing('UPDATE_ROLLBACK_COMPLETE')) })).toMatchObject({
			status: 'failed',
			cause: 'rolled-back',
			docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html',
			expected: 'CREATE_COMPLETE or UPDATE_COMPLETE',
			found:
				'UPDATE_ROLLBACK_COMPLETE: your last change failed and AWS put the old state back. First failure: Orders, 14:02:11, "Dead letter target does not exist."',
			next: 'Repair that line in lib/stack.ts and deploy again. The first failed event is the cause; the later ones are its echo.',
		});
	});

	test('a template that failed before the work began shows what the validation says', async () => {
		const session = answering({
			cloudformation: {
				describeStacks: () => ({ Stacks: [stack('CREATE_FAILED')] }),
				paginateDescribeStackEvents: () => ({
					StackEvents: [
						event('Shop', 'CREATE_FAILED', 1, 'To troubleshoot Early Validation errors, use the DescribeEvents API'),
					],
				}),
				describeEvents: () => ({
					OperationEvents: [{ LogicalResourceId: 'Orders', ValidationStatusReason: '#/Delay: expected type: Integer' }],
				}),
			},
		});
		expect(await only({ session })).toMatchObject({
			cause: 'rolled-back',
			found:
				'CREATE_FAILED: the first deployment failed. First failure: Shop, 14:04:11, "Orders: #/Delay: expected type: Integer"',
		});
	});

	test.each([
		[
			'ROLLBACK_COMPLETE',
			'Repair that line in lib/stack.ts and deploy again. The first failed event is the cause; the later ones are its echo.',
		],
		[
			'CREATE_FAILED',
			'Repair that line in lib/stack.ts and deploy again. The first failed event is the cause; the later ones are its echo.',
		],
		[
			'UPDATE_ROLLBACK_FAILED',
			'Get it unstuck first: npx cdk rollback. Then repair that line in lib/stack.ts and deploy again.',
		],
		['DELETE_FAILED', 'Run npm run cleanup -- shop, which empties buckets and repositories first.'],
	])('%s is rolled-back too, with its own next step', async (status, next) => {
		expect(await only({ session: answering(failing(status)) })).toMatchObject({
			status: 'failed',
			cause: 'rolled-back',
			next,
		});
	});

	test('a rollback is over when the code was synthesised since and is what the stack stands on', async () => {
		const template = '{"Resources":{"A":{"Properties":{},"Type":"T"}}}';
		const at = (minutes: number) => ({ text: template, at: minutesAgo(minutes) });
		const workspace = (synthesised: number) =>
			openWorkspace(
				folderOf({
					'lib/stack.ts': at(9),
					'cdk.out/Shop.template.json': at(9),
					'cdk.out/manifest.json': at(synthesised),
				}),
			);
		const session = answering(failing('UPDATE_ROLLBACK_COMPLETE'));
		expect(await only({ session, workspace: workspace(1) })).toMatchObject({
			status: 'passed',
			remark: 'An update was rolled back; you have taken it back too, so nothing is open.',
		});
		expect(await only({ session, workspace: workspace(5) })).toMatchObject({ status: 'failed', cause: 'rolled-back' });
	});

	test('a check that needs nothing looks all the same', async () => {
		const checks = [one('gone', 'deploy', { needs: 'nothing' })];
		expect(await only({ checks, session: answering({ cloudformation: { describeStacks: noStack } }) })).toMatchObject({
			status: 'passed',
		});
	});
});

test('AWS’s sentence is taken out of what its resource handlers wrap around it', () => {
	const wrapped =
		'Resource handler returned message: "The bucket you tried to delete is not empty (Service: S3, Status Code: 409, Request ID: f7)" (RequestToken: 32a6, HandlerErrorCode: GeneralServiceException)';
	expect([sentence(wrapped), sentence('Resource creation cancelled'), sentence()]).toEqual([
		'The bucket you tried to delete is not empty',
		'Resource creation cancelled',
		'',
	]);
});
