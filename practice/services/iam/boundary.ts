import type { AccountInRegion } from '../../account/account.ts';
import { ManagedPolicies } from './stores/managed-policies.ts';

/** The managed policy that is to bound a role or user, which must be there. */
export const checkBoundary = (account: AccountInRegion, arn: string): string =>
	account.store(ManagedPolicies).find(arn, (each) => `Scope ARN: ${each} does not exist or is not attachable.`).arn;
