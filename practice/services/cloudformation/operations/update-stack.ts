import { UpdateStack$, type UpdateStackInput, type UpdateStackOutput } from '@aws-sdk/client-cloudformation';
import { changesNothing, forecast } from '../../../cloudformation/engine/forecast.ts';
import { redraw, start } from '../../../cloudformation/engine/start.ts';
import { StackResources } from '../../../cloudformation/state/resources.ts';
import { Templates } from '../../../cloudformation/state/templates.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkTypesStay, checkUpdatable, readRequest } from '../blueprint.ts';
import { findStack, onStack, touchesStack } from '../find.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export const updateStack = operation(
	UpdateStack$,
	(input: UpdateStackInput, call): UpdateStackOutput => {
		refuseParameters('cloudformation:UpdateStack', input, [
			...['ResourceTypes', 'StackPolicyBody', 'StackPolicyURL'],
			...['StackPolicyDuringUpdateBody', 'StackPolicyDuringUpdateURL'],
		]);
		const { account, principal } = call;
		const stack = findStack(account, input.StackName!, 'brackets');
		const disableRollback = input.DisableRollback ?? false;
		checkUpdatable(stack, disableRollback);
		const { blueprint, template, roleArn } = readRequest('cloudformation:UpdateStack', input, call, stack);
		const existing = account
			.store(StackResources)
			.of(stack.id)
			.filter(({ replaced, physicalId }) => !replaced && physicalId !== undefined);
		checkTypesStay(template, existing);
		const expected = forecast(
			{
				...blueprint,
				stack,
				template,
				existing,
				previous: { template: account.store(Templates).read(stack.template), parameters: stack.parameters },
			},
			call,
		);
		if (changesNothing(expected, stack, blueprint.tags) && stack.before === undefined) {
			throw invalid('No updates are to be performed.');
		}
		redraw(stack, blueprint);
		Object.assign(stack, { disableRollback, updated: account.clock.now(), ...(roleArn && { roleArn }) });
		const OperationId = start(account, stack, {
			type: 'UPDATE_STACK',
			phase: 'deploy',
			status: 'UPDATE_IN_PROGRESS',
			principal,
			token: input.ClientRequestToken,
			more: {
				onFailure: disableRollback ? 'DO_NOTHING' : 'ROLLBACK',
				...(input.RetainExceptOnCreate && { retainExceptOnCreate: true }),
				...(input.DisableValidation && { skipValidation: true }),
			},
		});
		return { StackId: stack.id, OperationId };
	},
	{ access: onStack, touches: touchesStack },
);
