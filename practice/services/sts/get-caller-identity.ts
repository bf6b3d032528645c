import { GetCallerIdentity$, type GetCallerIdentityRequest, type GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { type Call, operation } from '../../operation.ts';

/**
 * Nobody needs a permission to learn who they are, and no policy can deny it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity = operation(
	GetCallerIdentity$,
	(_input: GetCallerIdentityRequest, { account, principal }: Call): GetCallerIdentityResponse => ({
		UserId: principal.id,
		Account: account.id,
		Arn: principal.arn,
	}),
	{ access: () => [] },
);
