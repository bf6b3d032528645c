import { DeleteStack$, type DeleteStackInput } from '@aws-sdk/client-cloudformation';
import { start } from '../../../cloudformation/engine/start.ts';
import { roleSession } from '../../../cloudformation/engine/surroundings.ts';
import { StackResources } from '../../../cloudformation/state/resources.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { notImplemented, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { onStack, touchesStack } from '../find.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export const deleteStack = operation(
	DeleteStack$,
	(input: DeleteStackInput, { account, principal }): void => {
		if (input.DeletionMode !== 'STANDARD') refuseParameters('cloudformation:DeleteStack', input, ['DeletionMode']);
		const mode = input.DeploymentConfig?.Mode ?? 'STANDARD';
		if (mode !== 'STANDARD') throw notImplemented(`cloudformation:DeleteStack's deployment mode ${mode}`);
		const stack = account.store(Stacks).find(input.StackName!);
		// Deleting what is not there is no error.
		if (!stack || stack.deleted !== undefined || stack.operation?.type === 'DELETE_STACK') return;
		if (stack.terminationProtection) {
			throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
		}
		if (/^(UPDATE_IN_PROGRESS|UPDATE_.*_IN_PROGRESS)$/.test(stack.status)) {
			throw invalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
		}
		checkRetained(input.RetainResources ?? [], stack.status, () => account.store(StackResources).of(stack.id));
		if (input.RoleARN) {
			roleSession(account, input.RoleARN);
			stack.roleArn = input.RoleARN;
		}
		start(account, stack, {
			type: 'DELETE_STACK',
			phase: 'delete',
			status: 'DELETE_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: { ...(input.RetainResources?.length && { retain: [...input.RetainResources] }) },
		});
	},
	{ access: onStack, touches: touchesStack },
);

/** Only a stack that could not be deleted may go and leave something behind. */
function checkRetained(
	names: readonly string[],
	status: string,
	rows: () => { logicalId: string; status: string }[],
): void {
	if (names.length === 0) return;
	if (status !== 'DELETE_FAILED') {
		throw invalid(
			`Invalid operation on stack. Specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
		);
	}
	const failed = rows()
		.filter((row) => row.status === 'DELETE_FAILED')
		.map(({ logicalId }) => logicalId);
	const others = names.filter((name) => !failed.includes(name));
	if (others.length > 0) {
		throw invalid(`The following resources to retain are not in the DELETE_FAILED state: [${others.join(', ')}]`);
	}
}
