import type { Target } from '../lib/target.ts';
import { tint } from './terminal.ts';

/** The first line of every output: what is worked on, and where. */
export function header(target: Target, lab?: string): string {
	const where = target.kind === 'practice' ? 'practice account' : target.profile ? `aws (${target.profile})` : 'aws';
	return [lab, where, target.account, target.region].filter(Boolean).join(' · ');
}

/** Prints it to stderr, so that results stay pipeable. */
export const showHeader = (target: Target, lab?: string) =>
	process.stderr.write(`${tint('dim', header(target, lab))}\n`);
