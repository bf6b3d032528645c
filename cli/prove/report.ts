import { inWords as time } from '../duration.ts';
import { paint } from '../terminal.ts';
import type { Proof } from './proof.ts';

/** A proof as lines for a person. */
export function proofLines(proof: Proof): string[] {
	const lines = [`${mark(proof.status)} ${paint('bold', proof.lab)} ${paint('dim', time(proof.durationMs))}`];
	for (const { step, status, durationMs, commands, checks, problems } of proof.steps) {
		const what = `${commands.length} commands, ${checks.length} checks`;
		lines.push(`  ${mark(status)} ${step.padEnd(16)} ${paint('dim', `${what}, ${time(durationMs)}`)}`);
		lines.push(...problems.map((problem) => indent(problem, 6)));
	}
	const right = proof.mistakes.filter(({ status }) => status === 'passed').length;
	if (proof.mistakes.length > 0) {
		lines.push(
			`  ${mark(right === proof.mistakes.length ? 'passed' : 'failed')} ${right} of ${proof.mistakes.length} mistakes get their diagnosis`,
		);
	}
	for (const { name, problem } of proof.mistakes) if (problem) lines.push(indent(`${name}: ${problem}`, 6));
	for (const cause of proof.causesUnreached) lines.push(indent(`no mistake reaches ${cause}`, 4));
	for (const item of proof.leftOver) lines.push(indent(`left over: ${item}`, 4));
	for (const problem of proof.problems) lines.push(indent(problem, 4));
	return lines;
}

const mark = (status: 'passed' | 'failed') => (status === 'passed' ? paint('green', '✓') : paint('red', '✗'));
const indent = (text: string, by: number) => text.replace(/^/gm, ' '.repeat(by));
