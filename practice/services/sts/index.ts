import * as client from '@aws-sdk/client-sts';
import { service } from '../../service.ts';
import { assumeRole } from './assume-role.ts';
import { getAccessKeyInfo } from './get-access-key-info.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getSessionToken } from './get-session-token.ts';

/** The Security Token Service: who somebody is, and temporary keys. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [assumeRole, getAccessKeyInfo, getCallerIdentity, getSessionToken],
});
