import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { S3 } from '@aws-sdk/client-s3';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';

/** A wrong way that a learner plausibly takes, and the diagnosis that it must get. The proof makes and heals every one. */
export interface Mistake {
	/** Kebab-case, unique in its lab. */
	name: string;
	/** The step after which it is made; `start` is the starter, before any step. */
	after: string;
	run(tools: MistakeTools): Promise<void>;
	/** `cause` is one of the check's own, or one of the runner's (`not-deployed`, `other-region`, `rolled-back`). */
	expect: { check: string; cause: string; status?: 'failed' | 'pending' | 'blocked' };
	/** Puts it right again; afterwards the check says what it said before the mistake. */
	heal(tools: MistakeTools): Promise<void>;
}

/** What a mistake acts with. Prefer API calls: a deploy costs seconds. */
export interface MistakeTools {
	/** SDK clients with the learner's own rights; `region` for elsewhere. */
	aws(region?: string): { cloudformation: CloudFormation; s3: S3; sns: SNS; sqs: SQS; ssm: SSM };
	/** Outputs of the lab's first stack. Empty when there is no stack. */
	outputs: Record<string, string>;
	/** Runs a command in the learner's shell and workspace; throws when it fails, unless `fails`. Returns what it printed. */
	sh(command: string, options?: { fails?: boolean; env?: Record<string, string> }): Promise<string>;
	/** Replaces text in a workspace file; throws when `from` is not there. */
	edit(file: string, from: string, to: string): Promise<void>;
}

/** Declares a mistake. */
export const mistake = (definition: Mistake): Mistake => definition;
