import { delimiter, join } from 'node:path';
import { root, stateFolder } from './paths.ts';

/** The AWS account that a command works on: a practice account on this machine, or a real one. */
export type Target = PracticeTarget | AwsTarget;

export interface PracticeTarget {
	kind: 'practice';
	/** Twelve digits. */
	account: string;
	region: string;
	/** `http://127.0.0.1:<port>` */
	endpoint: string;
	credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export interface AwsTarget {
	kind: 'aws';
	/** Unknown until somebody asked STS. */
	account?: string;
	region: string;
	profile?: string;
}

/**
 * The environment of everything that a learner's commands start: shells, CDK, AWS CLI, builds.
 *
 * On `practice`, real profiles, credential files and instance metadata are out of reach, so that no command of a lab can
 * hit an employer's account; on `aws`, endpoint overrides are removed, so that none silently stays on the laptop.
 */
export function environment(target: Target, base: NodeJS.ProcessEnv = process.env): Record<string, string> {
	const kept = Object.entries(base).filter(([name, value]) => value !== undefined && !scrubbed(name, target));
	// cli/bin has an `aws` that keeps version 1 of the AWS CLI from leaving this machine.
	const own = target.kind === 'practice' ? [join(root, 'cli', 'bin')] : [];
	const path = [...own, join(root, 'node_modules', '.bin'), base['PATH']].filter(Boolean).join(delimiter);
	return {
		...(Object.fromEntries(kept) as Record<string, string>),
		PATH: path,
		SLIPWAY_TARGET: target.kind,
		AWS_REGION: target.region,
		AWS_DEFAULT_REGION: target.region,
		AWS_PAGER: '',
		CDK_HOME: join(stateFolder(), 'cdk', target.kind),
		CDK_DISABLE_CLI_TELEMETRY: 'true',
		CDK_DISABLE_VERSION_CHECK: 'true',
		// Nothing leaves this machine, and no command waits for a registry's answer.
		npm_config_update_notifier: 'false',
		...(target.kind === 'practice' ? practice(target) : aws(target)),
	};
}

const scrubbed = (name: string, target: Target) =>
	target.kind === 'practice' ? name.startsWith('AWS_') : name.startsWith('AWS_ENDPOINT_URL') || name === 'AWS_REGION';

function practice({ endpoint, credentials, account }: PracticeTarget): Record<string, string> {
	const nowhere = join(stateFolder(), 'no-such-file');
	return {
		SLIPWAY_ACCOUNT: account,
		AWS_ENDPOINT_URL: endpoint,
		// CDK hands this one to CloudFormation as the template's URL; without it, it would name amazonaws.com.
		AWS_ENDPOINT_URL_S3: endpoint,
		AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: endpoint,
		AWS_ACCESS_KEY_ID: credentials.accessKeyId,
		AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
		...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
		AWS_CONFIG_FILE: nowhere,
		AWS_SHARED_CREDENTIALS_FILE: nowhere,
		AWS_EC2_METADATA_DISABLED: 'true',
	};
}

const aws = ({ profile }: AwsTarget): Record<string, string> => (profile ? { AWS_PROFILE: profile } : {});
