import type { Lab } from '../../labs/lab.ts';
import type { Target } from '../../lib/target.ts';

/** What a deployment costs, in the words that come before it. Undefined where there is nothing to say. */
export function costNotice({ cost }: Lab, target: Target): string | undefined {
	const free = cost.pass === 0 && cost.hour === 0;
	if (target.kind === 'practice') {
		return free
			? undefined
			: `Free here. On a real account: ${price(cost.pass)} a pass, ${price(cost.hour)} for each hour that it stands.`;
	}
	const lines = free
		? ['Free on a real account as far as its free amounts go:']
		: [`One pass costs about ${price(cost.pass)}, and ${price(cost.hour)} for each further hour that it stands:`];
	lines.push(...cost.drivers.map(({ what, price, source }) => `  ${what}: ${price} (${source})`));
	return lines.join('\n');
}

const price = (dollars: number) =>
	dollars === 0 ? '$0.00' : dollars < 0.01 ? 'less than $0.01' : `$${dollars.toFixed(2)}`;
