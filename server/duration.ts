import { Refusal } from './refusal.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longest = 400 * units.d;

/** `10m`, `90s`, `1h30m` as milliseconds. */
export function milliseconds(written: string): number {
	const parts = [...written.matchAll(/(\d+)(ms|s|m|h|d)/g)];
	const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
	if (parts.map(([part]) => part).join('') !== written || total <= 0 || total > longest) {
		throw new Refusal(
			400,
			`"${written}" is not a time to move ahead.`,
			'Write a number and a unit (ms, s, m, h, d), such as `10m` or `1h30m`; 400 days at most.',
		);
	}
	return total;
}
