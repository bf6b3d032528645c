import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';

test("each operation needs its permission, or the repository's own policy", async () => {
	await using practice = await testPractice();
	const admin = new ECR(practice.client);
	const repositoryName = 'shop';
	const { repository } = await admin.createRepository({ repositoryName });
	const resourceArn = repository!.repositoryArn!;
	const iam = new IAM(practice.client);
	await iam.createUser({ UserName: 'puller' });
	const user = `arn:aws:iam::${practice.account.id}:user/puller`;
	const { AccessKey } = await iam.createAccessKey({ UserName: 'puller' });
	const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
	const ecr = new ECR({ ...practice.client, credentials });
	const imageId = { imageTag: 'a' };
	const refused: [string, () => Promise<unknown>][] = [
		['CreateRepository', () => ecr.createRepository({ repositoryName })],
		['DescribeRepositories', () => ecr.describeRepositories({ repositoryNames: [repositoryName] })],
		['DeleteRepository', () => ecr.deleteRepository({ repositoryName })],
		['DescribeImages', () => ecr.describeImages({ repositoryName })],
		['ListImages', () => ecr.listImages({ repositoryName })],
		['BatchGetImage', () => ecr.batchGetImage({ repositoryName, imageIds: [imageId] })],
		['BatchDeleteImage', () => ecr.batchDeleteImage({ repositoryName, imageIds: [imageId] })],
		['DescribeImageScanFindings', () => ecr.describeImageScanFindings({ repositoryName, imageId })],
		['GetRepositoryPolicy', () => ecr.getRepositoryPolicy({ repositoryName })],
		['SetRepositoryPolicy', () => ecr.setRepositoryPolicy({ repositoryName, policyText: '{}' })],
		['DeleteRepositoryPolicy', () => ecr.deleteRepositoryPolicy({ repositoryName })],
		['GetLifecyclePolicy', () => ecr.getLifecyclePolicy({ repositoryName })],
		['PutLifecyclePolicy', () => ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: '{}' })],
		['DeleteLifecyclePolicy', () => ecr.deleteLifecyclePolicy({ repositoryName })],
		['PutImageTagMutability', () => ecr.putImageTagMutability({ repositoryName, imageTagMutability: 'MUTABLE' })],
		[
			'PutImageScanningConfiguration',
			() => ecr.putImageScanningConfiguration({ repositoryName, imageScanningConfiguration: {} }),
		],
		['ListTagsForResource', () => ecr.listTagsForResource({ resourceArn })],
		['TagResource', () => ecr.tagResource({ resourceArn, tags: [] })],
		['UntagResource', () => ecr.untagResource({ resourceArn, tagKeys: [] })],
	];
	for (const [name, call] of refused) {
		await expect(call(), name).rejects.toMatchObject({
			name: 'AccessDeniedException',
			message: `User: ${user} is not authorized to perform: ecr:${name} on resource: ${resourceArn} because no identity-based policy allows the ecr:${name} action`,
		});
	}
	const policyText = JSON.stringify({
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: { AWS: user }, Action: 'ecr:ListImages' }],
	});
	await admin.setRepositoryPolicy({ repositoryName, policyText });
	expect((await ecr.listImages({ repositoryName })).imageIds).toEqual([]);
});
