import type { Report, Result } from '../check.ts';

/** A report for programs, in exactly the shape that the commands document. */
export function json(report: Report): string {
	const { lab, target, startedAt, durationMs, apiCalls, checks } = report;
	return `${JSON.stringify(
		{
			lab,
			target: { kind: target.kind, account: target.account, region: target.region },
			startedAt,
			durationMs,
			apiCalls,
			checks: checks.map(inOrder),
		},
		undefined,
		2,
	)}\n`;
}

const inOrder = (result: Result): Result => ({
	id: result.id,
	step: result.step,
	title: result.title,
	status: result.status,
	expected: result.expected,
	found: result.found,
	cause: result.cause,
	next: result.next,
	remark: result.remark,
	passedAt: result.passedAt,
	evidence: result.evidence.map(({ what, value }) => ({ what, value })),
	consoleUrl: result.consoleUrl,
	docs: result.docs,
});
