import { GetSessionToken$, type GetSessionTokenRequest, type GetSessionTokenResponse } from '@aws-sdk/client-sts';
import { Fault, refuseParameters } from '../../fault.ts';
import { type Call, operation } from '../../operation.ts';
import { checkDuration, credentials } from './assume-role.ts';
import { temporaryKeys } from './sessions.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const getSessionToken = operation(
	GetSessionToken$,
	(input: GetSessionTokenRequest, { account, principal }: Call): GetSessionTokenResponse => {
		refuseParameters('GetSessionToken', input, ['SerialNumber', 'TokenCode']);
		if (principal.kind === 'session') {
			throw new Fault('AccessDenied', 'Cannot call GetSessionToken with session credentials', { status: 403 });
		}
		const seconds = input.DurationSeconds ?? 43_200;
		checkDuration(seconds, 129_600);
		return { Credentials: credentials(account, temporaryKeys(account, principal, seconds)) };
	},
	// A user may always ask for a session of their own.
	{ access: () => [] },
);
