import { expect, test } from 'vitest';
import { check, type Report } from '../check.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { terminal } from './terminal.ts';

process.env['TZ'] = 'UTC';

const docs = 'https://docs.aws.amazon.com/sqs';
const report: Report = {
	lab: 'get-ready',
	target: { kind: 'practice', account: '111122223333', region: 'us-east-1' },
	startedAt: '2026-11-22T14:20:00.000Z',
	durationMs: 412,
	apiCalls: 6,
	checks: [
		{
			id: 'stack-complete',
			step: 'deploy',
			title: 'The stack stands',
			status: 'skipped',
			passedAt: '2026-11-22T14:05:00.000Z',
			evidence: [],
			docs,
		},
		{
			id: 'order-parked',
			step: 'order',
			title: 'An order waits',
			status: 'passed',
			passedAt: '2026-11-22T14:12:30.000Z',
			remark: 'Orders gives up after 5 receives, not after 3.',
			evidence: [{ what: 'FailedOrders', value: '1 message' }],
			docs,
		},
		{
			id: 'failed-orders-outlive',
			step: 'repair',
			title: 'FailedOrders keeps an order longer than Orders does, and the template says so',
			status: 'failed',
			expected: 'FailedOrders keeps messages longer than the 4 days of Orders',
			found: '1 day in the account; "14 days" in lib/stack.ts, saved 40 seconds ago & not deployed',
			cause: 'edited-not-deployed',
			next: 'npm run deploy -- get-ready',
			evidence: [{ what: 'Orders keeps', value: '4 days' }],
			consoleUrl: 'https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=us-east-1#/queues/q',
			docs,
		},
		{
			id: 'endpoint',
			step: 'repair',
			title: 'The shop answers',
			status: 'blocked',
			expected: 'the right to look',
			found: 'AWS refused: 100% denied',
			cause: 'denied',
			next: 'Look as the person who deployed.',
			evidence: [],
			docs,
		},
		{ id: 'nothing-left', step: 'clean-up', title: 'Nothing is left', status: 'skipped', evidence: [], docs },
	],
};

test('the terminal shows every check, and each open one with its diagnosis', () => {
	expect(terminal(report)).toMatchInlineSnapshot(`
		"get-ready  practice account 111122223333  us-east-1

		  ✔ deploy    The stack stands
		              passed 2026-11-22 14:05, need not be true any more
		  ✔ order     An order waits
		              passed 2026-11-22 14:12
		              but Orders gives up after 5 receives, not after 3.
		  ✘ repair    FailedOrders keeps an order longer than Orders does, and the
		              template says so

		      expected  FailedOrders keeps messages longer than the 4 days of Orders
		      found     1 day in the account; "14 days" in lib/stack.ts, saved 40
		                seconds ago & not deployed
		      next      npm run deploy -- get-ready
		      read      https://docs.aws.amazon.com/sqs

		  ■ repair    The shop answers

		      expected  the right to look
		      found     AWS refused: 100% denied
		      next      Look as the person who deployed.
		      read      https://docs.aws.amazon.com/sqs

		  · clean-up  Nothing is left

		  2 passed, 1 failed, 1 blocked and 1 not yet looked at   6 calls, 0.4 s
		"
	`);
});

test('on a real account the terminal names the console page, and hints unfold one at a time', () => {
	const one = { ...report, target: { ...report.target, kind: 'aws' as const }, checks: [report.checks[2]!] };
	const checks = [
		check({
			id: 'failed-orders-outlive',
			step: 'repair',
			title: '',
			docs,
			causes: {},
			hint: ['Compare the two queues.', 'The number is in lib/stack.ts.', 'Duration.days(14)'],
			run: async () => undefined,
		}),
	];
	expect(terminal(one, { hints: 2, checks, columns: 60 })).toMatchInlineSnapshot(`
		"get-ready  AWS account 111122223333  us-east-1

		  ✘ repair  FailedOrders keeps an order longer than Orders
		            does, and the template says so

		      expected  FailedOrders keeps messages longer than the
		                4 days of Orders
		      found     1 day in the account; "14 days" in
		                lib/stack.ts, saved 40 seconds ago & not
		                deployed
		      next      npm run deploy -- get-ready
		      look      https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=us-east-1#/queues/q
		      read      https://docs.aws.amazon.com/sqs

		      hint 1    Compare the two queues.
		      hint 2    The number is in lib/stack.ts.

		  1 failed   6 calls, 0.4 s
		"
	`);
});

test('colours are there when they are asked for', () => {
	expect(terminal({ ...report, checks: [report.checks[1]!] }, { colour: true })).toMatchInlineSnapshot(`
		"[1mget-ready[22m  practice account 111122223333  us-east-1

		  [32m✔[39m [2morder[22m  An order waits
		           [2mpassed 2026-11-22 14:12[22m
		           [33mbut [39mOrders gives up after 5 receives, not after 3.

		  1 passed   [2m6 calls, 0.4 s[22m
		"
	`);
});

test('json has the documented shape, and no more keys than are known', () => {
	expect(JSON.parse(json(report))).toEqual(report);
	expect(json({ ...report, checks: [report.checks[2]!] })).toMatchInlineSnapshot(`
		"{
		  "lab": "get-ready",
		  "target": {
		    "kind": "practice",
		    "account": "111122223333",
		    "region": "us-east-1"
		  },
		  "startedAt": "2026-11-22T14:20:00.000Z",
		  "durationMs": 412,
		  "apiCalls": 6,
		  "checks": [
		    {
		      "id": "failed-orders-outlive",
		      "step": "repair",
		      "title": "FailedOrders keeps an order longer than Orders does, and the template says so",
		      "status": "failed",
		      "expected": "FailedOrders keeps messages longer than the 4 days of Orders",
		      "found": "1 day in the account; \\"14 days\\" in lib/stack.ts, saved 40 seconds ago & not deployed",
		      "cause": "edited-not-deployed",
		      "next": "npm run deploy -- get-ready",
		      "evidence": [
		        {
		          "what": "Orders keeps",
		          "value": "4 days"
		        }
		      ],
		      "consoleUrl": "https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=us-east-1#/queues/q",
		      "docs": "https://docs.aws.amazon.com/sqs"
		    }
		  ]
		}
		"
	`);
});

test('junit tells failed from blocked, and escapes what XML cannot hold', () => {
	expect(junit(report)).toMatchInlineSnapshot(`
		"<?xml version="1.0" encoding="UTF-8"?>
		<testsuite name="get-ready" tests="5" failures="1" errors="1" skipped="2" time="0.412" timestamp="2026-11-22T14:20:00.000Z">
			<testcase classname="get-ready.deploy" name="stack-complete">
				<skipped message="passed 2026-11-22T14:05:00.000Z"/>
			</testcase>
			<testcase classname="get-ready.order" name="order-parked"/>
			<testcase classname="get-ready.repair" name="failed-orders-outlive">
				<failure type="edited-not-deployed" message="1 day in the account; &quot;14 days&quot; in lib/stack.ts, saved 40 seconds ago &amp; not deployed">expected  FailedOrders keeps messages longer than the 4 days of Orders
		found     1 day in the account; &quot;14 days&quot; in lib/stack.ts, saved 40 seconds ago &amp; not deployed
		next      npm run deploy -- get-ready</failure>
			</testcase>
			<testcase classname="get-ready.repair" name="endpoint">
				<error type="denied" message="AWS refused: 100% denied">expected  the right to look
		found     AWS refused: 100% denied
		next      Look as the person who deployed.</error>
			</testcase>
			<testcase classname="get-ready.clean-up" name="nothing-left">
				<skipped message="not yet looked at"/>
			</testcase>
		</testsuite>
		"
	`);
});

test('github gets one annotation for each open check', () => {
	expect(github(report)).toMatchInlineSnapshot(`
		"::error title=get-ready%2C repair%3A FailedOrders keeps an order longer than Orders does%2C and the template says so (failed%3A edited-not-deployed)::expected: FailedOrders keeps messages longer than the 4 days of Orders%0Afound: 1 day in the account; "14 days" in lib/stack.ts, saved 40 seconds ago & not deployed%0Anext: npm run deploy -- get-ready
		::error title=get-ready%2C repair%3A The shop answers (blocked%3A denied)::expected: the right to look%0Afound: AWS refused: 100%25 denied%0Anext: Look as the person who deployed.
		"
	`);
});

test('github hears of a run in which nothing is open', () => {
	expect(github({ ...report, checks: [report.checks[1]!] })).toMatchInlineSnapshot(`
		"::notice title=get-ready::1 of 1 checks passed, none is open
		"
	`);
});
