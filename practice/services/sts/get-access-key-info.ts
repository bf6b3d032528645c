import { GetAccessKeyInfo$, type GetAccessKeyInfoRequest, type GetAccessKeyInfoResponse } from '@aws-sdk/client-sts';
import { accountOfKey } from '../../account/keys.ts';
import { operation } from '../../operation.ts';
import { invalid, unfit } from '../iam/faults.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const getAccessKeyInfo = operation(
	GetAccessKeyInfo$,
	({ AccessKeyId }: GetAccessKeyInfoRequest): GetAccessKeyInfoResponse => {
		const id = AccessKeyId!;
		if (id.length < 16) throw unfit(id, 'accessKeyId', 'have length greater than or equal to 16');
		if (!/^\w*$/.test(id)) throw unfit(id, 'accessKeyId', 'satisfy regular expression pattern: [\\w]*');
		const account = accountOfKey(id);
		if (!account) throw invalid(`Invalid access key ID: ${id}`);
		return { Account: account };
	},
);
