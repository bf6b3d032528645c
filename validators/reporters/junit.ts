import type { Report, Result } from '../check.ts';

/** A report as JUnit XML, which CI systems read: blocked is an error, failed and pending are failures. */
export function junit(report: Report): string {
	const { lab, checks, startedAt, durationMs } = report;
	const number = (...statuses: Result['status'][]) => checks.filter(({ status }) => statuses.includes(status)).length;
	const attributes = [
		`name="${xml(lab)}"`,
		`tests="${checks.length}"`,
		`failures="${number('failed', 'pending')}"`,
		`errors="${number('blocked')}"`,
		`skipped="${number('skipped')}"`,
		`time="${(durationMs / 1000).toFixed(3)}"`,
		`timestamp="${startedAt}"`,
	].join(' ');
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuite ${attributes}>`,
		...checks.flatMap((result) => testcase(lab, result)),
		'</testsuite>',
		'',
	].join('\n');
}

function testcase(lab: string, result: Result): string[] {
	const open = `\t<testcase classname="${xml(`${lab}.${result.step}`)}" name="${xml(result.id)}"`;
	const inside = outcome(result);
	return inside ? [`${open}>`, `\t\t${inside}`, '\t</testcase>'] : [`${open}/>`];
}

function outcome({ status, cause, expected, found, next, passedAt }: Result): string | undefined {
	const body = xml(`expected  ${expected}\nfound     ${found}\nnext      ${next}`);
	switch (status) {
		case 'passed':
			return undefined;
		case 'skipped':
			return passedAt ? `<skipped message="passed ${passedAt}"/>` : '<skipped message="not yet looked at"/>';
		case 'blocked':
			return `<error type="${xml(cause ?? '')}" message="${xml(found ?? '')}">${body}</error>`;
		default:
			return `<failure type="${xml(cause ?? '')}" message="${xml(found ?? '')}">${body}</failure>`;
	}
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const xml = (text: string) =>
	// XML has no way to write most control characters at all.
	[...text.replace(/[&<>"]/g, (character) => entities[character]!)]
		.filter((character) => character >= ' ' || '\t\n'.includes(character))
		.join('');
