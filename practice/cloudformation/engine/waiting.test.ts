import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { body, parameter, stacks } from '../../services/cloudformation/tests/stacks.ts';
import { type TestPractice, testPractice } from '../../testing.ts';
import type { Readiness, ResourceType } from '../resource.ts';
import { resourceTypes } from '../types/index.ts';

// No type of today takes time, and those of tomorrow do. This one, whose name AWS has and the account has not, waits as
// long as its property says.
interface Slow {
	Timeout: string;
	Handle?: string;
}
const name = 'AWS::CloudFormation::WaitCondition';
const minutes = 60_000;

let practice: TestPractice;
let at: ReturnType<typeof stacks>;
let began: number;
beforeAll(async () => {
	practice = await testPractice();
	at = stacks(practice);
	const after = (ms: number): Readiness =>
		practice.account.clock.now() >= began + ms
			? { state: 'ready', attributes: { Data: 'ready' } }
			: { state: 'waiting', again: minutes };
	const slow: ResourceType<Slow> = {
		properties: ['Timeout', 'Handle'],
		create: ({ Handle = 'slow' }) => ({ id: Handle }),
		update: () => undefined,
		delete() {
			began = practice.account.clock.now();
		},
		ready: (_id, { declared }) =>
			declared.Timeout === '0'
				? { state: 'failed', reason: 'Exceeded attempts to wait' }
				: after(Number(declared.Timeout)),
		gone: () => after(10 * minutes),
	};
	resourceTypes[name] = slow;
});
afterEach(() => practice.account.work.settle(1_000));
afterAll(async () => {
	delete resourceTypes[name];
	await practice.close();
});

const slow = (Timeout: number, more: object = {}) => ({ Type: name, Properties: { Timeout }, ...more });

/** Begins something, and waits until the stack only waits. */
async function begun(StackName: string, work: () => Promise<unknown>, event: string): Promise<void> {
	began = practice.account.clock.now();
	await work();
	while (!(await at.story(StackName)).includes(event)) await new Promise(setImmediate);
}

test('what takes time keeps only those waiting that need it, on the account’s clock', async () => {
	const resources = {
		Slow: slow(30 * minutes),
		Beside: parameter('b'),
		Behind: parameter({ 'Fn::GetAtt': ['Slow', 'Data'] }),
	};
	const create = () => at.cloudformation.createStack({ StackName: 'slow', TemplateBody: body(resources) });
	await begun('slow', create, 'Beside | CREATE_COMPLETE');
	const { Stacks } = await at.cloudformation.describeStacks({ StackName: 'slow' });
	expect(Stacks![0]!.StackStatus).toBe('CREATE_IN_PROGRESS');
	await practice.account.work.advance(29 * minutes);
	expect(await at.story('slow')).not.toContain('Slow | CREATE_COMPLETE');
	await practice.account.work.advance(2 * minutes);
	expect(await at.atRest('slow')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });

	await begun('slow', () => at.cloudformation.deleteStack({ StackName: 'slow' }), 'Slow | DELETE_IN_PROGRESS');
	await practice.account.work.advance(11 * minutes);
	await expect(at.cloudformation.describeStacks({ StackName: 'slow' })).rejects.toThrow('does not exist');
});

test('what never gets ready fails, and says so', async () => {
	await at.cloudformation.createStack({ StackName: 'never', TemplateBody: body({ Slow: slow(0) }) });
	began = practice.account.clock.now();
	while (!(await at.story('never')).includes('Slow | DELETE_IN_PROGRESS')) await new Promise(setImmediate);
	await practice.account.work.advance(11 * minutes);
	expect(await at.atRest('never')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
	expect(await at.story('never')).toContainEqual(
		expect.stringMatching(
			/^Slow \| CREATE_FAILED \| Resource handler returned message: "Exceeded attempts to wait" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: NotStabilized\)$/,
		),
	);
});

test('a creation that takes longer than it may is rolled back', async () => {
	const create = () =>
		at.cloudformation.createStack({
			StackName: 'late',
			TemplateBody: body({ Slow: slow(60 * minutes), First: parameter('1') }),
			TimeoutInMinutes: 20,
		});
	await begun('late', create, 'First | CREATE_COMPLETE');
	await practice.account.work.advance(21 * minutes);
	await practice.account.work.advance(11 * minutes);
	expect(await at.atRest('late')).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
	expect(await at.story('late')).toContain(
		'late | ROLLBACK_IN_PROGRESS | Stack creation time exceeded the specified timeout. Rollback requested by user.',
	);
});
