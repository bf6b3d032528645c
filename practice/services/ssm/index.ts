import * as client from '@aws-sdk/client-ssm';
import { service } from '../../service.ts';
import { getParameter } from './operations/get-parameter.ts';
import { putParameter } from './operations/put-parameter.ts';

/** Systems Manager: the parameter store. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [getParameter, putParameter],
});
