import { STS } from '@aws-sdk/client-sts';
import type { AwsTarget } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { type ClientConfig, clientConfig } from '../clients.ts';

/** Whose credentials these are. */
export interface Identity {
	account: string;
	arn: string;
}

/** Asks AWS who we are. Every way in which that fails is *blocked*, with what to do. */
export async function identify(config: ClientConfig, profile?: string): Promise<Identity> {
	try {
		const { Account, Arn } = await new STS({ ...config, maxAttempts: 2 }).getCallerIdentity({});
		return { account: Account!, arn: Arn! };
	} catch (error) {
		throw blocked(error, { region: config.region, profile }) ?? error;
	}
}

/** The target with its account filled in. */
export async function identified(target: AwsTarget): Promise<AwsTarget & { account: string; arn: string }> {
	const { account, arn } = await identify(clientConfig(target), target.profile);
	return { ...target, account, arn };
}

/** What AWS said when it did not let us look, as a sentence and an act; undefined when it is something else. */
export function blocked(error: unknown, { region, profile }: { region: string; profile?: string | undefined }): UserError | undefined {
	if (!(error instanceof Error)) return undefined;
	const name = error.name;
	const code = (error as NodeJS.ErrnoException).code ?? (error.cause as NodeJS.ErrnoException | undefined)?.code ?? '';
	const as = profile ? ` --profile ${profile}` : '';
	const found = diagnoses.find(({ is }) => is(name, code, error.message));
	if (!found) return undefined;
	const { message, hint } = found.say({ region, as, profile, text: error.message });
	return new UserError(message, hint, { cause: error, exitCode: exitCodes.blocked });
}

interface Said {
	region: string;
	/** ` --profile x`, or nothing. */
	as: string;
	profile: string | undefined;
	text: string;
}

const diagnoses: {
	is: (name: string, code: string, message: string) => boolean;
	say: (said: Said) => { message: string; hint: string };
}[] = [
	{
		is: (name, _, message) => /Expired|RequestExpired|TokenRefreshRequired/.test(name) || /token.*expired|expired.*token|session has expired/i.test(message),
		say: ({ as }) => ({ message: 'The credentials have expired.', hint: `Sign in again: \`aws login${as}\` or \`aws sso login${as}\`, whichever you used.` }),
	},
	{
		is: (name) => name === 'CredentialsProviderError' || name === 'TokenProviderError',
		say: ({ profile, as, text }) => ({
			message: profile ? `The profile ${profile} gives no credentials: ${text.replace(/\.$/, '')}.` : 'There are no credentials for AWS on this machine.',
			hint: `Sign in with \`aws login${as}\` (AWS CLI 2.32 or newer) or \`aws configure sso${as}\`, or stay on the practice account: \`npm run target -- practice\`.`,
		}),
	},
	{
		is: (name) => ['InvalidClientTokenId', 'UnrecognizedClientException', 'SignatureDoesNotMatch', 'AuthFailure', 'IncompleteSignature'].includes(name),
		say: ({ region, as, text }) => ({
			message: `AWS does not know these credentials in ${region}: ${text.replace(/\.$/, '')}.`,
			hint: `Keys that were deleted look so, and so does a region that is not enabled. Look with \`aws configure list${as}\`, and name another with \`--profile\` or \`--region\`.`,
		}),
	},
	{
		is: (name, _, message) => ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorized'].includes(name) || /is not authorized to perform/.test(message),
		say: ({ text }) => ({ message: `These credentials may not look: ${text.replace(/\.$/, '')}.`, hint: 'Ask whoever runs the account for that right, or name another identity with `--profile`.' }),
	},
	{
		is: (name, code) => code === 'ENOTFOUND' || name === 'EndpointError' || name === 'OptInRequired' || name === 'InvalidRegion',
		say: ({ region, as }) => ({
			message: `AWS has no endpoint for ${region} that this machine can find.`,
			hint: `See whether the region exists and is enabled with \`aws account list-regions${as}\`, and whether the network is up; name another region with \`--region\`.`,
		}),
	},
	{
		is: (_, code) => ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'EPIPE'].includes(code),
		say: ({ region }) => ({ message: `Nothing answers for AWS in ${region} (network).`, hint: 'Look at the network, a proxy (HTTPS_PROXY) or a VPN; the practice account needs none of it.' }),
	},
	{
		is: (name) => /Throttl|TooManyRequests|RequestLimitExceeded/.test(name),
		say: () => ({ message: 'AWS answered "too many requests" until we gave up.', hint: 'Say it again in a minute.' }),
	},
];
