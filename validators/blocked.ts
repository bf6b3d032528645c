import type { Target } from '../lib/target.ts';
import type { blockedCauses, Diagnosis } from './check.ts';
import { isRegion } from './regions.ts';

export type BlockedCause = keyof typeof blockedCauses;
export type Blocked = { status: 'blocked'; cause: BlockedCause } & Diagnosis;

/** As much of an error of the SDK, of Node or of a credential provider as there may be. */
interface Thrown {
	name?: string;
	code?: string;
	message?: string;
	$metadata?: { httpStatusCode?: number };
	$service?: string;
}

const names: Record<Exclude<BlockedCause, 'not-bootstrapped'>, RegExp> = {
	expired:
		/^(ExpiredToken|ExpiredTokenException|ExpiredTokenError|RequestExpired|TokenRefreshRequired|TokenRefreshError|RequestTimeTooSkewed)$/,
	'no-credentials':
		/^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|MissingAuthenticationToken|MissingAuthenticationTokenException|CredentialsProviderError|TokenProviderError|ProviderError)$/,
	denied:
		/^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException|AuthorizationError|AuthorizationErrorException|NotAuthorized|Forbidden|403)$/,
	'wrong-region':
		/^(OptInRequired|AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraintException|UnknownEndpoint)$/,
	throttled:
		/^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException|RequestThrottled|RequestThrottledException|SlowDown|LimitExceededException|BandwidthLimitExceeded|ProvisionedThroughputExceededException)$/,
	unreachable:
		/^(TimeoutError|ServiceUnavailable|ServiceUnavailableException|InternalFailure|InternalError|InternalServiceError)$/,
};

const network = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EPIPE',
	'ETIMEDOUT',
	'ERR_SOCKET_CONNECTION_TIMEOUT',
]);

/** Reads an error as "could not look". Undefined when it is nothing that AWS or the network said: then it is our bug. */
export function asBlocked(error: unknown, target: Target): Blocked | undefined {
	const thrown = (error ?? {}) as Thrown;
	const cause = blockedCause(thrown, target);
	return cause && { status: 'blocked', cause, ...advice(cause, thrown, target) };
}

function blockedCause(error: Thrown, target: Target): BlockedCause | undefined {
	const { name = '', code = '', message = '' } = error;
	const status = error.$metadata?.httpStatusCode;
	if (/region is missing/i.test(message)) return 'wrong-region';
	if (names['no-credentials'].test(name)) return /expired|refresh/i.test(message) ? 'expired' : 'no-credentials';
	for (const cause of ['expired', 'denied', 'wrong-region', 'throttled'] as const) {
		if (names[cause].test(name)) return cause;
	}
	if (code === 'ENOTFOUND' && target.kind === 'aws' && !isRegion(target.region)) return 'wrong-region';
	if (network.has(code) || name === 'TimeoutError') return 'unreachable';
	if (status === 403) return 'denied';
	if (status === 429) return 'throttled';
	// A practice account that fails with a 5xx is broken, and says how; AWS's own is over in a while.
	if (target.kind === 'aws' && status && status >= 500 && status !== 501) return 'unreachable';
	return undefined;
}

function advice(cause: BlockedCause, error: Thrown, target: Target): Diagnosis {
	const said = `${error.message ?? error.name ?? 'no reason'}`.replace(/\s+/g, ' ').trim();
	const practice = target.kind === 'practice';
	const profile = target.kind === 'aws' && target.profile ? ` --profile ${target.profile}` : '';
	switch (cause) {
		case 'no-credentials':
			return practice
				? {
						expected: 'keys of this practice account',
						found: `the practice account does not know these keys: ${said}`,
						next: 'Prepare the lab again, which gives it its own keys: `npm run lab`.',
					}
				: {
						expected: 'credentials of your AWS account',
						found: said,
						next: `Sign in: \`aws login${profile}\`. Without an account of your own, use the practice account: \`npm run target -- practice\`.`,
					};
		case 'expired':
			return {
				expected: 'credentials that are still valid, and a clock that agrees with AWS',
				found: said,
				next: practice
					? 'Open a new shell: `npm run shell`.'
					: `Sign in again: \`aws login${profile}\`. Nothing in the account has changed.`,
			};
		case 'denied':
			return {
				expected: 'the right to look',
				found: `AWS refused the question: ${said}`,
				next: 'Look as the person who deployed, or have the read-only role of infra/ attached. The sentence above names the action, and who denies it.',
			};
		case 'wrong-region':
			return {
				expected: 'a region that exists and that your account has switched on',
				found: `${target.region || 'no region'}: ${said}`,
				next: 'Set the region that you deploy to, for example `export AWS_REGION=us-east-1`. Newer regions are switched on in the account settings first.',
			};
		case 'throttled':
			return {
				expected: 'an answer',
				found: `"${said}", at every try`,
				next: 'Wait a minute and check again. Somebody else asks this account very often: a second watch, perhaps.',
			};
		case 'unreachable':
			return practice
				? {
						expected: `the practice account on ${new URL(target.endpoint).host}`,
						found: `no answer there (${error.code ?? said})`,
						next: 'Start it: `npm start` (or `npm run practice -- start`). Nothing is lost.',
					}
				: {
						expected: 'an answer from AWS',
						found: said,
						next: 'Look at your network, a VPN or a proxy, then check again. The practice account needs none: `npm run target -- practice`.',
					};
		case 'not-bootstrapped':
			return notBootstrapped(target.region);
	}
}

/** The blocked result of an account that CDK cannot deploy to yet. */
export const notBootstrapped = (region: string): Diagnosis => ({
	expected: `CDK's own stack CDKToolkit in ${region}, which every \`cdk deploy\` goes through`,
	found: 'no parameter /cdk-bootstrap/hnb659fds/version: this account and region are not bootstrapped',
	next: 'Prepare the lab, which bootstraps (and asks first on a real account): `npm run lab`.',
});
