import type { AccountInRegion } from '../../account/account.ts';
import type { Stack } from '../../cloudformation/state/stack.ts';
import { Stacks } from '../../cloudformation/state/stacks.ts';
import { invalid } from '../../cloudformation/template/faults.ts';
import type { Access, Call } from '../../operation.ts';

/** The stack of that name or id. AWS words its absence in two ways. */
export function findStack(
	account: AccountInRegion,
	nameOrId: string,
	words: 'with id' | 'brackets' = 'with id',
): Stack {
	const stack = account.store(Stacks).find(nameOrId);
	if (!stack) {
		throw invalid(
			words === 'with id' ? `Stack with id ${nameOrId} does not exist` : `Stack [${nameOrId}] does not exist`,
		);
	}
	return stack;
}

/** The ARN that permissions on a stack are about. */
export function stackArn(account: AccountInRegion, nameOrId: string | undefined): string {
	if (!nameOrId) return '*';
	if (nameOrId.startsWith('arn:')) return nameOrId;
	return account.store(Stacks).find(nameOrId)?.id ?? account.arn('cloudformation', `stack/${nameOrId}/*`);
}

/** The permission that an operation on a stack needs, and that to hand over the role that it names. */
export const onStack = (
	{ StackName, RoleARN }: { StackName?: string | undefined; RoleARN?: string | undefined },
	{ account }: Call,
): Access[] => [
	{ resource: stackArn(account, StackName) },
	...(RoleARN
		? [
				{
					action: 'iam:PassRole',
					resource: RoleARN,
					context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
				},
			]
		: []),
];

export const touchesStack = ({ StackName }: { StackName?: string | undefined }) =>
	StackName?.replace(/^arn:[^/]*\/([^/]+)\/.*$/, '$1');
