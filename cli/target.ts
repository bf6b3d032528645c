import { join } from 'node:path';
import { stateFolder } from '../lib/paths.ts';
import type { AwsTarget, PracticeTarget, Target } from '../lib/target.ts';
import { exitCodes, UserError } from '../lib/user-error.ts';
import type { Option } from './command.ts';
import { readJson, writeJson } from './files.ts';
import { ensurePractice } from './practice.ts';

/** The options of every command that works on an account. */
export const targetOptions = {
	target: {
		type: 'string',
		value: 'practice|aws',
		describe: 'the account to work on (default: what `target` was set to)',
	},
	profile: { type: 'string', value: 'name', describe: 'on aws: the profile of your AWS configuration' },
	region: { type: 'string', value: 'name', describe: 'the region (default: us-east-1 on practice, yours on aws)' },
} as const satisfies Record<string, Option>;

export interface TargetValues {
	target?: string;
	profile?: string;
	region?: string;
}

/** What target.json keeps. */
export interface Choice {
	kind: Target['kind'];
	region?: string;
	profile?: string;
}

/** An account of its own, for what is not about a lab. */
export const scratch = 'scratch';

const targetFile = () => join(stateFolder(), 'target.json');

/** The choice that counts: the options, else what `npm run target` saved, else practice. */
export function choice(values: TargetValues = {}): Choice {
	const saved = readJson<Choice>(targetFile()) ?? { kind: 'practice' };
	const kind = values.target ?? saved.kind;
	if (kind !== 'practice' && kind !== 'aws') {
		throw new UserError(`There is no target ${JSON.stringify(kind)}.`, 'It is `practice` or `aws`.', {
			exitCode: exitCodes.usage,
		});
	}
	if (values.profile && kind === 'practice') {
		throw new UserError(
			'A profile names a real account, and the target is practice.',
			`Add \`--target aws\`, or choose it for good with \`npm run target -- aws --profile ${values.profile}\`.`,
			{ exitCode: exitCodes.usage },
		);
	}
	const kept = saved.kind === kind ? saved : undefined;
	return { kind, ...defined({ region: values.region ?? kept?.region, profile: values.profile ?? kept?.profile }) };
}

/** Keeps the choice for the commands to come. */
export const saveChoice = (chosen: Choice) => writeJson(targetFile(), chosen);

let inUse: Target | undefined;
/** The target that this process worked on last: what AWS said is explained in its words. */
export const targetInUse = () => inUse;

/** The account that the command works on: on practice the one of that name, which starts the process where none runs. */
export async function getTarget(values: TargetValues, accountName: string): Promise<Target> {
	const chosen = choice(values);
	inUse = chosen.kind === 'practice' ? await practiceTarget(accountName, chosen.region) : await awsTarget(chosen);
	return inUse;
}

/** The practice account of that name; made where it is missing. */
export async function practiceTarget(name: string, region?: string): Promise<PracticeTarget> {
	const practice = await ensurePractice();
	const account = await practice.account(name);
	return {
		kind: 'practice',
		account: account.account,
		region: region ?? shellRegion('practice') ?? account.region,
		endpoint: practice.endpoint,
		credentials: { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey },
	};
}

async function awsTarget({ region, profile }: Choice): Promise<AwsTarget> {
	if (process.env['SLIPWAY_TARGET'] === 'practice') {
		throw new UserError(
			'This shell is set to the practice account: its keys and its configuration are not your own.',
			'Open a new terminal for `--target aws`.',
			{ exitCode: exitCodes.blocked },
		);
	}
	// A forgotten override would keep a "real" deployment on the laptop without a word.
	for (const name of Object.keys(process.env)) if (name.startsWith('AWS_ENDPOINT_URL')) delete process.env[name];
	return {
		kind: 'aws',
		region: region ?? shellRegion('aws') ?? (await profileRegion(profile)),
		...defined({ profile }),
	};
}

/** A shell that is set to the target says the region; any other shell's is somebody else's on practice. */
function shellRegion(kind: Target['kind']): string | undefined {
	const inside = process.env['SLIPWAY_TARGET'];
	if (kind === 'practice' && inside !== 'practice') return undefined;
	return process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'] || undefined;
}

async function profileRegion(profile: string | undefined): Promise<string> {
	const { STS } = await import('@aws-sdk/client-sts');
	try {
		return await new STS(defined({ profile })).config.region();
	} catch (error) {
		throw new UserError(
			`No region is set${profile ? ` for the profile ${profile}` : ''}.`,
			'Name one, as in `--region us-east-1`, or set it with `aws configure set region us-east-1`.',
			{ cause: error, exitCode: exitCodes.blocked },
		);
	}
}

function defined<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
