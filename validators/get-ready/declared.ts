import type { Look } from '../check.ts';
import type { Template, Workspace } from '../workspace.ts';

/** SQS keeps a message for this long when nobody says otherwise. */
const usual = 345_600;
const unit = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** For how many seconds a template lets a queue keep its messages; undefined when the queue is not in it. */
export function retentionIn(template: Template, logicalId: string): number | undefined {
	const resource = template.Resources?.[logicalId];
	return resource && Number(resource.Properties?.['MessageRetentionPeriod'] ?? usual);
}

/** For how many seconds the learner's code lets a queue keep its messages, deployed or not; undefined when that cannot be read. */
export function retentionInWorkspace(
	workspace: Workspace,
	stack: string,
	construct: string,
	logicalId: string,
): number | undefined {
	const synthesised = workspace.template(stack);
	if (synthesised) return retentionIn(synthesised, logicalId);
	// Not synthesised since the last edit: read what the learner sees.
	const code = workspace.text('lib/stack.ts')?.replace(/\/\/.*$/gm, '');
	const properties = code
		?.split(new RegExp(`new\\s+Queue\\s*\\(\\s*this\\s*,\\s*['"\`]${construct}['"\`]`))[1]
		?.split(/\bnew\s+\w+\s*\(\s*this/)[0];
	if (properties === undefined) return undefined;
	if (!/\bretentionPeriod\b/.test(properties)) return usual;
	const [, name, amount] = properties.match(/\bretentionPeriod:\s*(?:cdk\.)?Duration\.(\w+)\(\s*([\d_.]+)\s*\)/) ?? [];
	const size = unit[name as keyof typeof unit];
	return size && amount ? Number(amount.replaceAll('_', '')) * size : undefined;
}

/** The stack's resource behind a physical id. */
export async function resourceOf(resources: Look['resources'], physicalId: string) {
	return (await resources()).find((resource) => resource.PhysicalResourceId === physicalId);
}
