import type { Report, Result } from '../check.ts';

const levels = { failed: 'error', blocked: 'error', pending: 'warning' } as const;

/**
 * A report as workflow commands, which GitHub shows beside a run: one annotation for each check that is open.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github(report: Report): string {
	const lines = report.checks.flatMap((result) => annotation(report.lab, result));
	const passed = report.checks.filter(({ status }) => status === 'passed').length;
	if (!lines.length)
		lines.push(
			`::notice title=${property(report.lab)}::${passed} of ${report.checks.length} checks passed, none is open`,
		);
	return `${lines.join('\n')}\n`;
}

function annotation(lab: string, result: Result): string[] {
	if (result.status === 'passed' || result.status === 'skipped') return [];
	const title = `${lab}, ${result.step}: ${result.title} (${result.status}: ${result.cause})`;
	const text = `expected: ${result.expected}\nfound: ${result.found}\nnext: ${result.next}`;
	return [`::${levels[result.status]} title=${property(title)}::${message(text)}`];
}

const message = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
