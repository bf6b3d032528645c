import { changesNothing, forecast } from '../../cloudformation/engine/forecast.ts';
import { deployer } from '../../cloudformation/engine/surroundings.ts';
import { keepFindings, lookThrough, validationFailed } from '../../cloudformation/engine/validation.ts';
import type { ChangeSet } from '../../cloudformation/state/change-sets.ts';
import { Events } from '../../cloudformation/state/events.ts';
import { StackResources } from '../../cloudformation/state/resources.ts';
import type { Stack } from '../../cloudformation/state/stack.ts';
import { Templates } from '../../cloudformation/state/templates.ts';
import type { Template } from '../../cloudformation/template/template.ts';
import { Fault, notImplemented } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { checkTypesStay } from './blueprint.ts';

/** Works out what a change set would do, or why it cannot. */
export function propose(
	set: ChangeSet,
	stack: Stack,
	template: Template,
	call: Call,
	{ validate }: { validate: boolean },
): void {
	const { account, principal, endpoint } = call;
	const existing = account
		.store(StackResources)
		.of(stack.id)
		.filter(({ replaced, physicalId }) => !replaced && physicalId !== undefined);
	const fail = (reason: string) => {
		set.status = 'FAILED';
		set.executionStatus = 'UNAVAILABLE';
		set.statusReason = reason;
	};
	try {
		checkTypesStay(template, existing);
		const as = deployer(account, { principal, roleArn: set.roleArn }, endpoint);
		const expected = forecast(
			{
				stack,
				template,
				existing,
				parameters: set.parameters,
				tags: set.tags,
				notificationArns: set.notificationArns,
				...(set.type === 'UPDATE' && {
					previous: { template: account.store(Templates).read(stack.template), parameters: stack.parameters },
				}),
			},
			as,
		);
		const findings = validate
			? lookThrough(template, expected.scope, new Map(existing.map((row) => [row.logicalId, row])), as)
			: [];
		if (set.importExistingResources && findings.some(({ check }) => check === 'ResourceExistenceCheck')) {
			throw notImplemented(
				"the import of existing resources that cloudformation:CreateChangeSet's ImportExistingResources asks for",
			);
		}
		if (findings.length > 0) {
			keepFindings(account.store(Events), findings, {
				stackId: stack.id,
				at: account.clock.now(),
				operation: { id: set.operationId, type: 'CREATE_CHANGESET' },
				changeSet: set.id,
			});
			fail(validationFailed(findings));
			return;
		}
		set.changes = expected.changes;
		if (set.type === 'UPDATE' && stack.before === undefined && changesNothing(expected, stack, set.tags)) {
			fail("The submitted information didn't contain changes. Submit different information to create a change set.");
		}
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		fail(error.message);
	}
}
