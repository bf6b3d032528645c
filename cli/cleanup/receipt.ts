import { count, list } from '../../validators/words.ts';
import type { Plan, Receipt } from './cleanup.ts';
import { howToRemove } from './left.ts';

/** What is about to go, as lines for a person. */
export function planLines({ stacks, buckets, repositories }: Plan): string[] {
	const lines = stacks.flatMap(({ name, resources }) => [
		`${name}: ${count(resources.length, 'resource')}`,
		...resources.map(({ logicalId, type, id }) => `  ${logicalId.padEnd(28)} ${type.padEnd(28)} ${id}`),
	]);
	for (const { name, objects, more } of buckets) {
		if (objects > 0) lines.push(`${more ? 'more than ' : ''}${count(objects, 'object')} in the bucket ${name}`);
	}
	for (const name of repositories) lines.push(`every image in the repository ${name}`);
	return lines;
}

/** The receipt, or what is left and how to remove it. */
export function receiptLines(receipt: Receipt): string[] {
	const { stacks, resources, objects, images, logGroups, left, kept, looked, absent, before } = receipt;
	const went = [
		stacks > 0 && `${count(stacks, 'stack')} with ${count(resources, 'resource')}`,
		objects > 0 && count(objects, 'object'),
		images > 0 && count(images, 'image'),
		logGroups > 0 && count(logGroups, 'log group'),
	].filter((part) => part !== false);
	const lines = [`removed      ${went.length > 0 ? list(went) : 'nothing: there was nothing'}`];
	lines.push(`looked at    ${list(looked)}`);
	if (absent.length > 0) lines.push(`not looked   ${list(absent)}: this account does not have them`);
	if (before === undefined) lines.push('before       unknown: the lab was not prepared by this installation');
	for (const item of kept) lines.push(`kept         ${item.type} ${item.id} (the lab leaves it on purpose)`);
	if (left.length === 0) return [...lines, 'left         nothing'];
	for (const item of left)
		lines.push(
			`left         ${item.type} ${item.id}${item.detail ? ` (${item.detail})` : ''}`,
			`  remove it  ${howToRemove(item)}`,
		);
	return lines;
}
