import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { SSM } from '@aws-sdk/client-ssm';
import { root } from '../../lib/paths.ts';
import type { Target } from '../../lib/target.ts';
import { UserError } from '../../lib/user-error.ts';
import { openReads } from '../../validators/reads.ts';
import { firstFailure } from '../../validators/stack.ts';
import { cdkCommand, cdkEnvironment } from '../cdk.ts';
import { runHere } from '../child.ts';
import { type ClientConfig, clientConfig } from '../clients.ts';

const toolkit = 'CDKToolkit';

/** The oldest bootstrap that the pinned CDK deploys to. */
export const oldestBootstrap = 6;

/** The version of the account's CDK bootstrap, or undefined where there is none. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html */
export async function bootstrapVersion(config: ClientConfig): Promise<number | undefined> {
	try {
		const { Parameter } = await new SSM(config).getParameter({ Name: '/cdk-bootstrap/hnb659fds/version' });
		return Number(Parameter?.Value);
	} catch (error) {
		if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
		throw error;
	}
}

/** Bootstraps the account for the CDK. On practice by one CreateStack; on aws as the CDK itself does it. */
export async function bootstrap(target: Target): Promise<void> {
	if (target.kind === 'practice') return createToolkit(target);
	const where = target.account ? [`aws://${target.account}/${target.region}`] : [];
	const exit = await runHere(process.execPath, cdkCommand(['bootstrap', ...where, '--no-notices']), {
		cwd: root,
		env: cdkEnvironment(target),
	});
	if (exit !== 0) {
		throw new UserError(
			`\`cdk bootstrap\` ended with ${exit}; what CloudFormation said is above.`,
			'Put that right and say it again. It needs rights on CloudFormation, IAM, S3, ECR and SSM.',
		);
	}
}

/** The CDK's own template, with the parameters that its CLI passes for an account that trusts no other. */
async function createToolkit(target: Target): Promise<void> {
	const template = readFileSync(
		join(root, 'node_modules', 'aws-cdk', 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml'),
		'utf8',
	);
	const cloudformation = new CloudFormation(clientConfig(target));
	// One that failed or was half deleted is in the way.
	if (await atRest(cloudformation)) {
		await cloudformation.deleteStack({ StackName: toolkit });
		await atRest(cloudformation);
	}
	await cloudformation.createStack({
		StackName: toolkit,
		TemplateBody: template,
		Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
		Parameters: Object.entries({
			CloudFormationExecutionPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess',
			FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
			PublicAccessBlockConfiguration: 'true',
		}).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
	});
	const stack = await atRest(cloudformation);
	if (stack?.StackStatus === 'CREATE_COMPLETE') return;
	throw new UserError(
		`The practice account could not be bootstrapped: ${await whyNot(target, stack)}`,
		'`npm run practice -- reset` empties the account; when it happens again, it is a bug to report.',
	);
}

/** The stack as soon as nothing is in progress; undefined when there is none. */
async function atRest(cloudformation: CloudFormation): Promise<Stack | undefined> {
	for (;;) {
		try {
			const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName: toolkit });
			if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
		} catch (error) {
			if ((error as Error).message.includes('does not exist')) return undefined;
			throw error;
		}
		await setTimeout(50);
	}
}

async function whyNot(target: Target, stack: Stack | undefined): Promise<string> {
	const reads = openReads(target);
	try {
		const first = stack && (await firstFailure(reads.aws, stack.StackId!));
		if (first) return `${first.LogicalResourceId}: ${first.ResourceStatusReason}`;
		return stack?.StackStatusReason ?? stack?.StackStatus ?? 'the stack is gone';
	} finally {
		reads.close();
	}
}
