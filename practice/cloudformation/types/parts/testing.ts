import { callAs } from '../../../operation.ts';
import type { TestPractice } from '../../../testing.ts';
import { madeUpName } from '../../names.ts';
import type { ResourceContext, ResourceType, Tag } from '../../resource.ts';

/** A resource on its own: what CloudFormation would do with it, without a stack. */
export function tryOut<P extends object>(
	{ account, endpoint }: TestPractice,
	[, type]: readonly [string, ResourceType<P>],
) {
	const region = account.in('us-east-1');
	const { call } = callAs(
		region,
		{ kind: 'administrator', arn: `arn:aws:iam::${account.id}:root`, id: account.id },
		{ endpoint },
	);
	const context = (tags: Tag[] = []): ResourceContext => ({
		call,
		account: region,
		tags,
		name: (longest, form) => madeUpName('stack', 'Logical', longest, form),
		logicalId: 'Logical',
		stack: { id: 'arn:aws:cloudformation:us-east-1:000000000000:stack/stack/1', name: 'stack' },
	});
	const whole = <T>(work: () => T) => account.in('us-east-1').db.transaction(work);
	return {
		call,
		exists: (properties: P) => type.exists?.(properties, context()),
		create: (properties: P, tags?: Tag[]) => whole(() => type.create(properties, context(tags))),
		read: (id: string, declared: P) => type.read!(id, { ...context(), declared }),
		update: (id: string, before: P, after: P, tagsBefore: Tag[] = [], tags?: Tag[]) =>
			whole(() => type.update!(id, after, { ...context(tags), before, tagsBefore })),
		delete: (id: string, declared: P) => whole(() => type.delete(id, { ...context(), declared })),
	};
}
