import { exitCodes, UserError } from '../lib/user-error.ts';

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m`, `+1h30m`, `2d` in milliseconds. */
export function milliseconds(text: string): number {
	const parts = [...text.replace(/^\+/, '').matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
	const whole = parts.map(([part]) => part).join('');
	if (parts.length === 0 || whole !== text.replace(/^\+/, '')) {
		throw new UserError(`${JSON.stringify(text)} is not a length of time.`, 'Say it as +10m, +90s, +1h30m or +5d.', {
			exitCode: exitCodes.usage,
		});
	}
	return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0);
}

/** A length of time for a person: `1 h 30 min`, `12 s`, `340 ms`. */
export function inWords(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${ms < 10_000 ? (ms / 1_000).toFixed(1) : seconds} s`;
	const parts: string[] = [];
	let rest = seconds;
	for (const [unit, length] of [
		['d', 86_400],
		['h', 3_600],
		['min', 60],
		['s', 1],
	] as const) {
		const count = Math.floor(rest / length);
		rest %= length;
		if (count > 0) parts.push(`${count} ${unit}`);
	}
	return parts.slice(0, 2).join(' ');
}
