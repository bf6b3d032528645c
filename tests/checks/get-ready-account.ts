import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import lab from '../../labs/get-ready/lab.ts';
import type { MistakeTools } from '../../labs/mistake.ts';
import { atRest, changed, destroy, resource, templateOf, update } from '../../labs/stack-acts.ts';
import { labFolder, root } from '../../lib/paths.ts';
import type { PracticeTarget } from '../../lib/target.ts';
import { testPractice } from '../../practice/testing.ts';
import type { Result } from '../../validators/check.ts';
import { checks } from '../../validators/get-ready/index.ts';
import { forTheRecord, takeInventory } from '../../validators/inventory.ts';
import { begin, type Progress } from '../../validators/progress.ts';
import { type Call, openReads } from '../../validators/reads.ts';
import { validate } from '../../validators/run.ts';
import { openWorkspace } from '../../validators/workspace.ts';

const stack = 'GetReady';
export type CheckId = (typeof checks)[number]['id'];

/** The template that the CDK makes of the starter. */
export function synthesise(): string {
	const output = mkdtempSync(join(tmpdir(), 'slipway-synth-'));
	execFileSync(join(root, 'node_modules', '.bin', 'cdk'), ['synth', '--quiet', '--output', output], {
		cwd: join(labFolder('get-ready'), 'starter'),
		env: { ...process.env, CDK_HOME: output, CDK_DEFAULT_REGION: 'us-east-1', CDK_DISABLE_CLI_TELEMETRY: 'true' },
	});
	return readFileSync(join(output, `${stack}.template.json`), 'utf8');
}

/** A practice account with the lab begun: bootstrapped, counted, and nothing deployed. */
export async function getReady(template: string) {
	const practice = await testPractice({ name: 'get-ready' });
	const target: PracticeTarget = {
		kind: 'practice',
		account: practice.account.id,
		region: 'us-east-1',
		endpoint: practice.endpoint,
		credentials: practice.credentials,
	};
	const aws = (region = 'us-east-1') => {
		const client = { ...practice.client, region };
		return {
			cloudformation: new CloudFormation(client),
			s3: new S3({ ...client, forcePathStyle: true }),
			sns: new SNS(client),
			sqs: new SQS(client),
			ssm: new SSM(client),
		};
	};
	const { cloudformation, sqs, ssm } = aws();
	await ssm.putParameter({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '33', Type: 'String' });

	const folder = mkdtempSync(join(tmpdir(), 'slipway-workspace-'));
	cpSync(join(labFolder('get-ready'), 'starter'), folder, { recursive: true });
	const reads = openReads(target);
	const baseline = forTheRecord(await takeInventory(reads.aws, { region: 'us-east-1' }));
	reads.close();
	const progress: Progress = begin('get-ready', { baseline });

	const tools: MistakeTools & { outputs: Record<string, string> } = {
		aws,
		outputs: {},
		sh: async (command) => {
			throw new Error(`These tests have no shell to run ${command}.`);
		},
		edit: async (file, from, to) => {
			const path = join(folder, file);
			const text = readFileSync(path, 'utf8');
			if (!text.includes(from)) throw new Error(`${file} does not hold ${from}.`);
			writeFileSync(path, text.replace(from, to));
		},
	};

	/** The learner's acts, by API. */
	const acts = {
		async deploy() {
			await cloudformation.createStack({ StackName: stack, TemplateBody: template });
			const { Outputs = [], StackStatus, StackStatusReason } = (await atRest(cloudformation, stack))!;
			if (StackStatus !== 'CREATE_COMPLETE') throw new Error(`The stack ended in ${StackStatus}: ${StackStatusReason}`);
			tools.outputs = Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
		},
		async order() {
			await sqs.sendMessage({ QueueUrl: tools.outputs['OrdersQueueUrl'], MessageBody: 'two coffees' });
			for (let attempt = 0; attempt < 4; attempt++) {
				await sqs.receiveMessage({ QueueUrl: tools.outputs['OrdersQueueUrl'], VisibilityTimeout: 0 });
			}
		},
		async repair() {
			await tools.edit('lib/stack.ts', 'Duration.days(1)', 'Duration.days(14)');
			const before = await templateOf(cloudformation, stack);
			const fourteen = changed(before, (now) => {
				resource(now, 'FailedOrders').Properties['MessageRetentionPeriod'] = 1_209_600;
			});
			await update(cloudformation, stack, fourteen);
		},
		async 'clean-up'() {
			await destroy(cloudformation, stack);
		},
	};
	type Step = keyof typeof acts;

	return {
		aws,
		/** For programs of the learner. */
		env: practice.env,
		tools,
		target,
		account: practice.account,
		/** Does the learner's acts up to a step and including it. */
		async upTo(step: Step | 'start') {
			for (const each of lab.steps.slice(0, lab.steps.indexOf(step as Step) + 1)) await acts[each]();
		},
		/** What a check says, and which calls it took. */
		async look(id: CheckId, as: PracticeTarget = target): Promise<Result & { calls: readonly Call[] }> {
			const check = checks.find((each) => each.id === id)!;
			const session = openReads(as, { attempts: 1 });
			try {
				const workspace = openWorkspace(folder);
				const report = await validate({ lab, checks, target: as, progress, workspace, step: check.step, session });
				return { ...report.checks.find((result) => result.id === id)!, calls: session.calls };
			} finally {
				session.close();
			}
		},
		[Symbol.asyncDispose]: practice.close,
	};
}
