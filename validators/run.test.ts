import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import type { Look, Report } from './check.ts';
import { begin, type Progress, remember } from './progress.ts';
import { exitCode } from './run.ts';
import { answering, now, one, only, run, said, shop } from './testing.ts';

process.env['TZ'] = 'UTC';
beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
	return () => vi.useRealTimers();
});

describe('which checks are looked at', () => {
	const checks = [
		one('stands', 'deploy'),
		one('used', 'use', { until: 'repair' }),
		one('repaired', 'repair'),
		one('gone', 'clean-up', { needs: 'nothing' }),
	];
	const passed = (...ids: string[]): Progress =>
		begin('shop', {
			passes: Object.fromEntries(
				ids.map((id) => [id, { at: '2026-11-22T14:00:00Z', evidence: [{ what: 'seen', value: id }] }]),
			),
		});
	const outline = (report: Report) =>
		report.checks.map(({ id, status, passedAt }) => `${id} ${status}${passedAt ? ' then' : ''}`);

	test('at the beginning those of the first step; later steps are skipped', async () => {
		expect(outline(await run({ checks }))).toEqual([
			'stands passed',
			'used skipped',
			'repaired skipped',
			'gone skipped',
		]);
	});

	test('those of the first step that is not passed; earlier passes are told from the record', async () => {
		const report = await run({ checks, progress: passed('stands') });
		expect(outline(report)).toEqual(['stands passed then', 'used passed', 'repaired skipped', 'gone skipped']);
		expect(report.checks[0]!.evidence).toEqual([{ what: 'seen', value: 'stands' }]);
	});

	test('a pass is skipped as passed then from the step on that it need not last for', async () => {
		expect(outline(await run({ checks, progress: passed('stands', 'used') }))).toEqual([
			'stands passed then',
			'used skipped then',
			'repaired passed',
			'gone skipped',
		]);
	});

	test('none when all are passed, so that AWS is not even asked', async () => {
		const report = await run({
			checks,
			progress: passed('stands', 'used', 'repaired', 'gone'),
			session: answering({}),
		});
		expect(outline(report)).toEqual([
			'stands skipped then',
			'used skipped then',
			'repaired skipped then',
			'gone skipped then',
		]);
		expect([report.apiCalls, exitCode(report)]).toEqual([0, 0]);
	});

	test('those of one step when it is named, passed or not', async () => {
		expect(outline(await run({ checks, progress: passed('stands', 'used'), step: 'use' }))).toEqual([
			'stands passed then',
			'used passed',
			'repaired skipped',
			'gone skipped',
		]);
	});

	test('a step that the lab does not have is refused with the one that was meant', async () => {
		await expect(run({ checks, step: 'repiar' })).rejects.toEqual(
			new UserError(
				'The lab shop has no step repiar.',
				'Did you mean repair? Its steps are deploy, use, repair, clean-up.',
				{ exitCode: 64 },
			),
		);
	});

	test('each result is told as soon as it is known', async () => {
		const heard: string[] = [];
		await run({ checks, onResult: ({ id, status }) => heard.push(`${id} ${status}`) });
		expect(heard.sort()).toEqual(['gone skipped', 'repaired skipped', 'stands passed', 'used skipped']);
	});
});

describe('what is remembered', () => {
	const checks = [one('stands', 'deploy'), one('used', 'use', { until: 'repair' }), one('repaired', 'repair')];
	const fails = [
		one('stands', 'deploy'),
		one('used', 'use', {
			until: 'repair',
			run: async ({ fail }: Look) => fail('no', { expected: 'a', found: 'b', next: 'c' }),
		}),
	];

	test('a pass with its time, its evidence and its remark; and the report', async () => {
		const look = one('stands', 'deploy', {
			run: async ({ saw, remark }: Look) => {
				saw('queue', 'there');
				remark('It was made by hand.');
			},
		});
		const report = await run({ checks: [look] });
		expect(remember(begin('shop', { startedAt: 'then' }), report, [look], shop)).toEqual({
			lab: 'shop',
			startedAt: 'then',
			passes: {
				stands: {
					at: now.toISOString(),
					evidence: [{ what: 'queue', value: 'there' }],
					remark: 'It was made by hand.',
				},
			},
			lastReport: report,
		});
	});

	test('a pass is forgotten when it fails on a second look while it ought to hold, and kept afterwards', async () => {
		const pass = { at: 'then', evidence: [] };
		const early = begin('shop', { passes: { stands: pass, used: pass } });
		const report = await run({ checks: fails, progress: early, step: 'use' });
		// With `repaired` open the learner is at `repair`, from which on `used` need not be true.
		expect(Object.keys(remember(early, report, checks, shop).passes)).toEqual(['stands', 'used']);
		const before = begin('shop', { passes: { used: pass } });
		expect(Object.keys(remember(before, report, checks, shop).passes)).toEqual([]);
	});
});

describe('what is our bug is thrown:', () => {
	test.each([
		['an error of the check itself', new TypeError('undefined is not a function')],
		[
			'what the practice account does not have',
			said('NotImplemented', 'The practice account does not have it', { $metadata: { httpStatusCode: 501 } }),
		],
		['a practice account that breaks', said('InternalFailure', 'a bug', { $metadata: { httpStatusCode: 500 } })],
	])('%s', async (_, error) => {
		const checks = [
			one('stands', 'deploy', {
				run: async () => {
					throw error;
				},
			}),
		];
		await expect(run({ checks })).rejects.toBe(error);
	});

	test('a cause that the check does not declare', async () => {
		const checks = [
			one('stands', 'deploy', {
				run: async ({ fail }: Look) => fail('other', { expected: 'a', found: 'b', next: 'c' }),
			}),
		];
		await expect(run({ checks })).rejects.toThrow(
			'The check stands failed with the cause other, which it does not declare.',
		);
	});
});

test('a check sees outputs, and its evidence stands before that of its diagnosis', async () => {
	const checks = [
		one('stands', 'deploy', {
			run: async ({ outputs, account, region, saw, fail }: Look) => {
				saw('url', outputs['Url']!);
				return fail('no', {
					expected: 'a',
					found: `${account} ${region}`,
					next: 'c',
					evidence: [{ what: 'more', value: '1' }],
				});
			},
		}),
	];
	expect(await only({ checks })).toMatchObject({
		status: 'failed',
		found: '111122223333 us-east-1',
		evidence: [
			{ what: 'url', value: 'http://shop' },
			{ what: 'more', value: '1' },
		],
	});
});
