import { CloudFormation, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import type { AwsTarget, Target } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { type ClientConfig, clientConfig } from '../clients.ts';
import { during } from '../progress.ts';
import { agree, note } from '../terminal.ts';
import { identified, looking } from './identity.ts';

/** An account with more stacks of others than this is somebody's, not a place to practise. */
const foreignStacks = 5;

/** Options of every command that writes to a real account. */
export const writeOptions = {
	yes: { type: 'boolean', short: 'y', describe: 'on aws: agree in advance' },
	account: { type: 'string', value: 'id', describe: 'on aws: work in this account though it looks like production' },
} as const;

/** What a person agreed to in advance. */
export interface Consent {
	yes?: boolean;
	/** The id of an account that may be worked in though it looks like production. */
	account?: string;
	/** Nobody can be asked: agree to nothing. */
	silent?: boolean;
}

/**
 * Before anything is written. On practice it does nothing. On aws it says which account it is and what will happen,
 * refuses one that looks like production, and asks. Returns the target with its account.
 */
export async function mayWrite<T extends Target>(
	target: T,
	what: string,
	{ yes, account, silent }: Consent,
): Promise<T | (AwsTarget & { account: string })> {
	if (target.kind === 'practice') return target;
	if (silent) {
		throw new UserError(
			'On a real account this asks first, and a page cannot be asked.',
			'Say it in a terminal: `npm run lab`.',
			{ exitCode: exitCodes.blocked },
		);
	}
	const known = await identified(target);
	if (account && account !== known.account) {
		throw new UserError(
			`--account says ${account}, and these credentials belong to ${known.account}.`,
			'Sign in to the account that you mean, or say the right id.',
			{ exitCode: exitCodes.blocked },
		);
	}
	if (!account) {
		const why = await during('looking whether this is an account to practise in', () =>
			looking(known, () => looksLikeProduction(clientConfig(known))),
		);
		if (why) {
			throw new UserError(
				`The account ${known.account} looks like production: ${why}.`,
				`Use one of your own (the lab your-account makes it), or, if you are sure, add \`--account ${known.account}\`.`,
				{ exitCode: exitCodes.blocked },
			);
		}
	}
	note(`Account ${known.account}, ${known.region}, as ${known.arn}.`);
	if (!(await agree(`${what}?`, { yes: yes ?? false }))) {
		throw new UserError('Nothing was done.', 'You said no.');
	}
	return known;
}

/** Why the account is no place for a lab, or undefined. What may not be asked does not count against it. */
export async function looksLikeProduction(config: ClientConfig): Promise<string | undefined> {
	const [management, foreign] = await Promise.all([managesOrganization(config), countForeignStacks(config)]);
	if (management) return 'it manages an AWS organization';
	if (foreign > foreignStacks) return `it holds ${foreign} stacks in ${config.region} that are not from a lab`;
	return undefined;
}

/**
 * Only the management account (or one it trusts as much) may ask for the organization's features of IAM.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
async function managesOrganization(config: ClientConfig): Promise<boolean> {
	try {
		await new IAM(config).listOrganizationsFeatures({});
		return true;
	} catch (error) {
		const { name } = error as Error;
		return name === 'OrganizationNotInAllFeaturesModeException' || name === 'ServiceAccessNotEnabledException';
	}
}

async function countForeignStacks(config: ClientConfig): Promise<number> {
	let foreign = 0;
	for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormation(config) }, {})) {
		foreign += Stacks.filter(
			({ StackName, ParentId, Tags = [] }) =>
				!ParentId && StackName !== 'CDKToolkit' && !Tags.some(({ Key }) => Key?.startsWith('slipway:')),
		).length;
	}
	return foreign;
}
