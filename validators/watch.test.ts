import { expect, test } from 'vitest';
import { type Check, check, type Report, type Status } from './check.ts';
import { after, watch, watchScreen } from './watch.ts';

const steps = ['deploy', 'order'];
const checks = steps.map((step) =>
	check({
		id: `${step}-done`,
		step,
		title: `${step} is done`,
		docs: 'https://docs',
		causes: { no: 'Not yet' },
		hint: ['First.', 'Second.'],
		run: async () => undefined,
	}),
) as readonly Check[];

const report = (statuses: Record<string, Status>): Report => ({
	lab: 'get-ready',
	target: { kind: 'practice', account: '111122223333', region: 'us-east-1' },
	startedAt: '2026-11-22T14:20:00.000Z',
	durationMs: 100,
	apiCalls: 2,
	checks: steps.map((step) => {
		const status = statuses[step] ?? 'skipped';
		const diagnosis = status === 'failed' ? { expected: 'yes', found: 'no', cause: 'no', next: 'do it' } : {};
		return {
			id: `${step}-done`,
			step,
			title: `${step} is done`,
			docs: 'https://docs',
			status,
			evidence: [],
			...diagnosis,
		};
	}),
});

const failed = { kind: 'report', report: report({ deploy: 'failed' }) } as const;
const passed = { kind: 'report', report: report({ deploy: 'passed' }) } as const;
const key = (name: string) => ({ kind: 'key', key: name }) as const;

test('it looks at once, and again after each change, but never twice at a time', () => {
	const [begun, first] = watch(steps, 'deploy');
	expect(first).toEqual([{ kind: 'look', step: 'deploy' }]);
	const [busy, none] = after(begun, { kind: 'changed' });
	expect(none).toEqual([]);
	const [again, second] = after(busy, failed);
	expect(second).toEqual([{ kind: 'look', step: 'deploy' }]);
	const [resting, done] = after(again, failed);
	expect(done).toEqual([]);
	expect(after(resting, { kind: 'changed' })[1]).toEqual([{ kind: 'look', step: 'deploy' }]);
	expect(after(resting, key('r'))[1]).toEqual([{ kind: 'look', step: 'deploy' }]);
});

test('it never goes on by itself, and by n only after a pass', () => {
	const [begun] = watch(steps, 'deploy');
	const [red] = after(begun, failed);
	expect(after(red, key('n'))).toEqual([red, []]);
	const [green, nothing] = after(begun, passed);
	expect(nothing).toEqual([]);
	expect(green.step).toBe('deploy');
	const [onward, effects] = after(green, key('n'));
	expect(onward.step).toBe('order');
	expect(effects).toEqual([{ kind: 'look', step: 'order' }]);
});

test('a report of the step before is not taken for this step', () => {
	const [begun] = watch(steps, 'deploy');
	const [green] = after(begun, passed);
	const [onward] = after(green, key('n'));
	const [still, effects] = after(onward, passed);
	expect(still.report).toBeUndefined();
	expect(effects).toEqual([{ kind: 'look', step: 'order' }]);
});

test('n after the last step does nothing', () => {
	const [begun] = watch(steps, 'order');
	const [green] = after(begun, { kind: 'report', report: report({ order: 'passed' }) });
	expect(after(green, key('n'))).toEqual([green, []]);
});

test('q quits with the exit code of what was seen last', () => {
	const [begun] = watch(steps, 'deploy');
	expect(after(begun, key('q'))[1]).toEqual([{ kind: 'quit', exitCode: 1 }]);
	expect(after(after(begun, failed)[0], key('q'))[1]).toEqual([{ kind: 'quit', exitCode: 1 }]);
	expect(after(after(begun, passed)[0], key('q'))[1]).toEqual([{ kind: 'quit', exitCode: 0 }]);
	const blocked = { kind: 'report', report: report({ deploy: 'blocked' }) } as const;
	expect(after(after(begun, blocked)[0], key('q'))[1]).toEqual([{ kind: 'quit', exitCode: 2 }]);
});

test('the screen shows this step alone, the hints so far, and the keys that do something', () => {
	const [begun] = watch(steps, 'deploy');
	expect(watchScreen(begun, { checks })).toMatchInlineSnapshot(`
		"Looking at deploy…

		  r look again · q quit
		"
	`);
	const [red] = after(begun, failed);
	const [hinted] = after(red, key('h'));
	expect(watchScreen(hinted, { checks })).toMatchInlineSnapshot(`
		"get-ready  practice account 111122223333  us-east-1

		  ✘ deploy  deploy is done

		      expected  yes
		      found     no
		      next      do it
		      read      https://docs

		      hint 1    First.

		  1 failed   2 calls, 0.1 s

		  h one more hint · r look again · q quit
		"
	`);
	const [green] = after(begun, passed);
	expect(watchScreen(green, { checks })).toMatchInlineSnapshot(`
		"get-ready  practice account 111122223333  us-east-1

		  ✔ deploy  deploy is done

		  1 passed   2 calls, 0.1 s

		  n go on to order · r look again · q quit
		"
	`);
});
