import { Annotations, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { AccountRootPrincipal, Policy, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface LearnerStackProps extends StackProps {
	/** Who hears of the budget. Without it the stack does not deploy: a budget that tells nobody guards nothing. */
	email: string | undefined;
	/** US dollars a month. */
	limit: number;
	/** The policy of read-only-policy.json. */
	readOnlyPolicy: object;
}

/**
 * The guard rails of a learner's own account: a role that can only look, for the checks, and a monthly budget that
 * writes an e-mail. It costs nothing: roles are free, and so is a budget without actions.
 */
export class LearnerStack extends Stack {
	constructor(scope: Construct, id: string, props: LearnerStackProps) {
		super(scope, id, {
			description: 'Slipway: a read-only role for the checks and a monthly budget. Costs nothing.',
			...props,
		});
		this.checksRole(props.readOnlyPolicy);
		this.monthlyBudget(props.limit, props.email);
	}

	private checksRole(policy: object): void {
		const role = new Role(this, 'Checks', {
			roleName: 'SlipwayReadOnly',
			description: 'Looks at what the labs made; changes nothing',
			assumedBy: new AccountRootPrincipal(),
			maxSessionDuration: Duration.hours(1),
		});
		role.attachInlinePolicy(
			new Policy(this, 'Reads', { policyName: 'Reads', document: PolicyDocument.fromJson(policy) }),
		);
		new CfnOutput(this, 'ChecksRoleArn', {
			description: 'Name it as role_arn in a profile, and let the checks use that profile',
			value: role.roleArn,
		});
	}

	private monthlyBudget(limit: number, email: string | undefined): void {
		if (!email) {
			Annotations.of(this).addError(
				'The budget has nobody to tell. Give an address: `npx cdk deploy SlipwayLearner -c email=you@example.org`.',
			);
		}
		const subscribers = [{ subscriptionType: 'EMAIL', address: email ?? 'missing' }];
		const alert = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
			notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
			subscribers,
		});
		new CfnBudget(this, 'Budget', {
			budget: {
				budgetName: 'Slipway',
				budgetType: 'COST',
				timeUnit: 'MONTHLY',
				budgetLimit: { amount: limit, unit: 'USD' },
			},
			notificationsWithSubscribers: [alert('ACTUAL', 50), alert('ACTUAL', 100), alert('FORECASTED', 100)],
		});
	}
}
