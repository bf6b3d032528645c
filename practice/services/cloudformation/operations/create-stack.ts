import { CreateStack$, type CreateStackInput, type CreateStackOutput } from '@aws-sdk/client-cloudformation';
import { newStack, start } from '../../../cloudformation/engine/start.ts';
import { Stacks } from '../../../cloudformation/state/stacks.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { Fault, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkStackName, readRequest } from '../blueprint.ts';
import { onStack, touchesStack } from '../find.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const createStack = operation(
	CreateStack$,
	(input: CreateStackInput, call): CreateStackOutput => {
		refuseParameters('cloudformation:CreateStack', input, ['ResourceTypes', 'StackPolicyBody', 'StackPolicyURL']);
		const { account, principal } = call;
		const name = input.StackName!;
		checkStackName(name);
		if (input.DisableRollback !== undefined && input.OnFailure !== undefined) {
			throw invalid('DisableRollback and OnFailure cannot be specified together.');
		}
		const existing = account.store(Stacks).find(name);
		if (existing) {
			const again = input.ClientRequestToken !== undefined && existing.creationToken === input.ClientRequestToken;
			if (again) return { StackId: existing.id };
			throw new Fault('AlreadyExistsException', `Stack [${name}] already exists`);
		}
		const { blueprint, roleArn } = readRequest('cloudformation:CreateStack', input, call);
		const onFailure = input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
		const now = account.clock.now();
		const stack = {
			...newStack(account, name, { ...blueprint, outputs: [] }),
			disableRollback: onFailure === 'DO_NOTHING',
			terminationProtection: input.EnableTerminationProtection ?? false,
			...(input.TimeoutInMinutes !== undefined && { timeoutInMinutes: input.TimeoutInMinutes }),
			...(input.ClientRequestToken !== undefined && { creationToken: input.ClientRequestToken }),
			...(roleArn && { roleArn }),
		};
		const OperationId = start(account, stack, {
			type: 'CREATE_STACK',
			phase: 'deploy',
			status: 'CREATE_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: {
				onFailure,
				...(input.RetainExceptOnCreate && { retainExceptOnCreate: true }),
				...(input.DisableValidation && { skipValidation: true }),
				...(input.TimeoutInMinutes !== undefined && { deadline: now + input.TimeoutInMinutes * 60_000 }),
			},
		});
		return { StackId: stack.id, OperationId };
	},
	{ access: onStack, touches: touchesStack },
);
