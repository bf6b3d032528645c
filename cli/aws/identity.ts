import { STS } from '@aws-sdk/client-sts';
import type { AwsTarget, Target } from '../../lib/target.ts';
import { exitCodes, UserError } from '../../lib/user-error.ts';
import { asBlocked } from '../../validators/blocked.ts';
import { type ClientConfig, clientConfig } from '../clients.ts';

/** Whose credentials these are. */
export interface Identity {
	account: string;
	arn: string;
}

/** Asks AWS who we are. Every way in which that fails is *blocked*, with what to do. `config` takes the place of the target's own. */
export async function identify(target: Target, config: ClientConfig = clientConfig(target)): Promise<Identity> {
	const { Account, Arn } = await looking(target, () => new STS({ ...config, maxAttempts: 2 }).getCallerIdentity({}));
	return { account: Account!, arn: Arn! };
}

/** The target with its account filled in. */
export async function identified(target: AwsTarget): Promise<AwsTarget & Identity> {
	return { ...target, ...(await identify(target)) };
}

/** Does what asks AWS. When AWS or the network does not let us look, that is *blocked*, with what to do. */
export async function looking<T>(target: Target, ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (error) {
		throw asUserError(error, target) ?? error;
	}
}

/** What AWS, the practice account or the network said, for a person; undefined where it is none of these. */
export function asUserError(error: unknown, target: Target): UserError | undefined {
	const blocked = asBlocked(error, target);
	if (blocked) {
		return new UserError(`There should be ${blocked.expected}: ${blocked.found}.`, blocked.next, {
			cause: error,
			exitCode: exitCodes.blocked,
		});
	}
	if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 501) return undefined;
	return new UserError((error as Error).message, 'A page lists what the practice account has: `npm start`.', {
		cause: error,
	});
}
