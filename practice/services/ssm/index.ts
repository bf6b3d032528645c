import * as client from '@aws-sdk/client-ssm';
import { service } from '../../service.ts';
import { deleteParameter, deleteParameters } from './operations/delete-parameters.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParameterHistory } from './operations/get-parameter-history.ts';
import { getParameters } from './operations/get-parameters.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { labelParameterVersion, unlabelParameterVersion } from './operations/label-parameter-version.ts';
import { putParameter } from './operations/put-parameter.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './operations/tags.ts';

/** Systems Manager: the parameter store. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[putParameter, getParameter, getParameters, getParametersByPath, getParameterHistory, describeParameters],
		...[deleteParameter, deleteParameters, labelParameterVersion, unlabelParameterVersion],
		...[addTagsToResource, removeTagsFromResource, listTagsForResource],
	],
});
