import {
	CancelUpdateStack$,
	type CancelUpdateStackInput,
	ContinueUpdateRollback$,
	type ContinueUpdateRollbackInput,
	RollbackStack$,
	type RollbackStackInput,
	type RollbackStackOutput,
	UpdateTerminationProtection$,
	type UpdateTerminationProtectionInput,
	type UpdateTerminationProtectionOutput,
} from '@aws-sdk/client-cloudformation';
import { start } from '../../../cloudformation/engine/start.ts';
import { roleSession } from '../../../cloudformation/engine/surroundings.ts';
import { StackResources } from '../../../cloudformation/state/resources.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { operation } from '../../../operation.ts';
import { findStack, onStack, touchesStack } from '../find.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CancelUpdateStack.html */
export const cancelUpdateStack = operation(
	CancelUpdateStack$,
	({ StackName }: CancelUpdateStackInput, { account }): void => {
		const stack = findStack(account, StackName!, 'brackets');
		if (stack.status !== 'UPDATE_IN_PROGRESS' || !stack.operation) {
			throw invalid(`CancelUpdateStack cannot be called from current stack status`);
		}
		stack.operation.cancelled = true;
		account.store(Stacks).put(stack);
	},
	{ access: onStack, touches: touchesStack },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export const continueUpdateRollback = operation(
	ContinueUpdateRollback$,
	(input: ContinueUpdateRollbackInput, { account, principal }): Record<string, never> => {
		const stack = findStack(account, input.StackName!, 'brackets');
		if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
			throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not continue rolling back.`);
		}
		if (input.RoleARN) {
			roleSession(account, input.RoleARN);
			stack.roleArn = input.RoleARN;
		}
		const failed = account
			.store(StackResources)
			.of(stack.id)
			.filter(({ status }) => status === 'UPDATE_FAILED')
			.map(({ logicalId }) => logicalId);
		const skip = input.ForceRollback ? failed : [...(input.ResourcesToSkip ?? [])];
		const others = skip.filter((each) => !failed.includes(each));
		if (others.length > 0) {
			throw invalid(
				`Resources [${others.join(', ')}] specified in the parameter ResourcesToSkip are not in the UPDATE_FAILED state.`,
			);
		}
		start(account, stack, {
			type: 'CONTINUE_ROLLBACK',
			phase: 'rollback',
			status: 'UPDATE_ROLLBACK_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: { skip },
		});
		return {};
	},
	{ access: onStack, touches: touchesStack },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
export const rollbackStack = operation(
	RollbackStack$,
	(input: RollbackStackInput, { account, principal }): RollbackStackOutput => {
		const stack = findStack(account, input.StackName!, 'brackets');
		const creating = stack.status === 'CREATE_FAILED';
		if (!creating && stack.status !== 'UPDATE_FAILED') {
			throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
		}
		if (input.RoleARN) {
			roleSession(account, input.RoleARN);
			stack.roleArn = input.RoleARN;
		}
		const OperationId = start(account, stack, {
			type: 'ROLLBACK',
			phase: creating ? 'create-rollback' : 'rollback',
			status: creating ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: { ...(input.RetainExceptOnCreate && { retainExceptOnCreate: true }) },
		});
		return { StackId: stack.id, OperationId };
	},
	{ access: onStack, touches: touchesStack },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateTerminationProtection.html */
export const updateTerminationProtection = operation(
	UpdateTerminationProtection$,
	(input: UpdateTerminationProtectionInput, { account }): UpdateTerminationProtectionOutput => {
		const stack = findStack(account, input.StackName!, 'brackets');
		stack.terminationProtection = input.EnableTerminationProtection!;
		account.store(Stacks).put(stack);
		return { StackId: stack.id };
	},
	{ access: onStack, touches: touchesStack },
);
