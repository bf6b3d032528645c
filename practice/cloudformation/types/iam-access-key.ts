import {
	createAccessKey,
	deleteAccessKey,
	listAccessKeys,
	updateAccessKey,
} from '../../services/iam/operations/access-keys.ts';
import { resource } from '../resource.ts';
import { ifThere } from './parts/there.ts';

interface AccessKey {
	UserName: string;
	Status?: 'Active' | 'Inactive';
	/** A higher one makes a new key. */
	Serial?: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html */
export const accessKey = resource<AccessKey>('AWS::IAM::AccessKey', {
	properties: ['UserName', 'Status', 'Serial'],
	create({ UserName, Status }, { call }) {
		const { AccessKeyId, SecretAccessKey } = call(createAccessKey, { UserName }).AccessKey!;
		const id = AccessKeyId!;
		if (Status === 'Inactive') call(updateAccessKey, { UserName, AccessKeyId: id, Status });
		return { id, attributes: { Id: id, SecretAccessKey: SecretAccessKey! } };
	},
	read(id, { call, declared }) {
		const { UserName, Serial } = declared;
		const keys = ifThere(() => call(listAccessKeys, { UserName }).AccessKeyMetadata!);
		const key = keys?.find(({ AccessKeyId }) => AccessKeyId === id);
		return key && { UserName, Status: key.Status as 'Active', ...(Serial !== undefined && { Serial }) };
	},
	update(id, { UserName, Status = 'Active' }, { call }) {
		call(updateAccessKey, { UserName, AccessKeyId: id, Status });
		return undefined;
	},
	delete: (id, { call, declared: { UserName } }) => ifThere(() => call(deleteAccessKey, { UserName, AccessKeyId: id })),
});
