import { ECR } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPractice, testPractice } from '../../testing.ts';
import { Images } from './images.ts';

let practice: TestPractice;
let ecr: ECR;
beforeAll(async () => {
	practice = await testPractice();
	ecr = new ECR(practice.client);
});
afterAll(() => practice.close());

const create = async (repositoryName: string, other: object = {}) =>
	(await ecr.createRepository({ repositoryName, ...other })).repository!;
const missing = (name: string) => ({
	name: 'RepositoryNotFoundException',
	message: `The repository with name '${name}' does not exist in the registry with id '${practice.account.id}'`,
});
/** Puts an image where a push would. */
function push(repository: string, digest: string, ...tags: string[]) {
	practice.account.in('us-east-1').store(Images).put(`${repository}@${digest}`, {
		repository,
		digest,
		tags,
		manifest: '{}',
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		size: 7,
		pushed: practice.account.clock.now(),
	});
}

test('a repository is made, described and deleted', async () => {
	const repository = await create('shop/orders', { tags: [{ Key: 'a', Value: '1' }] });
	expect(repository).toEqual({
		repositoryArn: `arn:aws:ecr:us-east-1:${practice.account.id}:repository/shop/orders`,
		registryId: practice.account.id,
		repositoryName: 'shop/orders',
		repositoryUri: `${new URL(practice.endpoint).host}/shop/orders`,
		createdAt: expect.any(Date),
		imageTagMutability: 'MUTABLE',
		imageScanningConfiguration: { scanOnPush: false },
		encryptionConfiguration: { encryptionType: 'AES256' },
	});
	const named = await ecr.describeRepositories({ repositoryNames: ['shop/orders'] });
	expect(named.repositories).toEqual([repository]);
	await expect(create('shop/orders')).rejects.toMatchObject({
		name: 'RepositoryAlreadyExistsException',
		message: `The repository with name 'shop/orders' already exists in the registry with id '${practice.account.id}'`,
	});
	expect((await ecr.deleteRepository({ repositoryName: 'shop/orders' })).repository).toEqual(repository);
	await expect(ecr.deleteRepository({ repositoryName: 'shop/orders' })).rejects.toMatchObject(missing('shop/orders'));
	await expect(ecr.describeRepositories({ repositoryNames: ['none'] })).rejects.toMatchObject(missing('none'));
	expect(await create('keys', { encryptionConfiguration: { encryptionType: 'KMS' } })).toMatchObject({
		encryptionConfiguration: {
			encryptionType: 'KMS',
			kmsKey: `arn:aws:kms:us-east-1:${practice.account.id}:alias/aws/ecr`,
		},
	});
});

test('names and mutability outside the rules are refused', async () => {
	for (const [name, constraint] of [
		['a', 'Member must have length greater than or equal to 2'],
		['a'.repeat(257), 'Member must have length less than or equal to 256'],
		['Shop', 'must satisfy regular expression'],
		['a//b', 'must satisfy regular expression'],
	] as const) {
		await expect(create(name)).rejects.toMatchObject({
			name: 'InvalidParameterException',
			message: expect.stringContaining(
				`Invalid parameter at 'repositoryName' failed to satisfy constraint: '${constraint}`,
			),
		});
	}
	for (const other of [
		{ imageTagMutability: 'SOMETIMES' },
		{ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' },
		{ imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest*' }] },
	]) {
		await expect(create('mutability', other)).rejects.toMatchObject({ name: 'InvalidParameterException' });
	}
});

test('repositories are listed in pages', async () => {
	await using other = await testPractice({ name: 'pages' });
	const client = new ECR(other.client);
	for (const repositoryName of ['cc', 'aa', 'bb']) await client.createRepository({ repositoryName });
	const first = await client.describeRepositories({ maxResults: 2 });
	expect(first.repositories!.map(({ repositoryName }) => repositoryName)).toEqual(['aa', 'bb']);
	const next = await client.describeRepositories({ maxResults: 2, nextToken: first.nextToken });
	expect(next.repositories!.map(({ repositoryName }) => repositoryName)).toEqual(['cc']);
	for (const wrong of [{ maxResults: 1001 }, { nextToken: '!' }, { repositoryNames: ['aa'], maxResults: 2 }]) {
		await expect(client.describeRepositories(wrong)).rejects.toMatchObject({ name: 'InvalidParameterException' });
	}
	expect((await client.describeRepositories({ registryId: '123456789012' })).repositories).toEqual([]);
});

test('an empty repository has no images, and says so in each of its ways', async () => {
	const { repositoryName } = await create('empty');
	const imageId = { imageTag: 'latest' };
	expect((await ecr.describeImages({ repositoryName })).imageDetails).toEqual([]);
	expect((await ecr.listImages({ repositoryName })).imageIds).toEqual([]);
	const none = [{ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }];
	expect(await ecr.batchGetImage({ repositoryName, imageIds: [imageId] })).toMatchObject({
		images: [],
		failures: none,
	});
	expect(await ecr.batchDeleteImage({ repositoryName, imageIds: [imageId] })).toMatchObject({
		imageIds: [],
		failures: none,
	});
	const notFound = {
		name: 'ImageNotFoundException',
		message: `The image with imageId {imageDigest:'null', imageTag:'latest'} does not exist within the repository with name 'empty' in the registry with id '${practice.account.id}'`,
	};
	await expect(ecr.describeImages({ repositoryName, imageIds: [imageId] })).rejects.toMatchObject(notFound);
	await expect(ecr.describeImageScanFindings({ repositoryName, imageId })).rejects.toMatchObject(notFound);
	for (const call of [
		ecr.describeImages({ repositoryName: 'none' }),
		ecr.listImages({ repositoryName: 'none' }),
		ecr.batchGetImage({ repositoryName: 'none', imageIds: [imageId] }),
		ecr.batchDeleteImage({ repositoryName: 'none', imageIds: [imageId] }),
		ecr.describeImageScanFindings({ repositoryName: 'none', imageId }),
	]) {
		await expect(call).rejects.toMatchObject(missing('none'));
	}
});

test('images are shown, lose their tags, and keep their repository from being deleted', async () => {
	const { repositoryName } = await create('full');
	const [tagged, untagged] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
	push('full', tagged, 'v1', 'latest');
	push('full', untagged);
	expect((await ecr.describeImages({ repositoryName, filter: { tagStatus: 'TAGGED' } })).imageDetails).toEqual([
		{
			registryId: practice.account.id,
			repositoryName,
			imageDigest: tagged,
			imageTags: ['v1', 'latest'],
			imageSizeInBytes: 7,
			imagePushedAt: expect.any(Date),
			imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
			imageStatus: 'ACTIVE',
		},
	]);
	expect((await ecr.listImages({ repositoryName })).imageIds).toEqual([
		{ imageDigest: tagged, imageTag: 'v1' },
		{ imageDigest: tagged, imageTag: 'latest' },
		{ imageDigest: untagged },
	]);
	expect((await ecr.listImages({ repositoryName, filter: { tagStatus: 'UNTAGGED' } })).imageIds).toEqual([
		{ imageDigest: untagged },
	]);
	const got = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageTag: 'v1' }] });
	expect(got.images).toMatchObject([{ imageId: { imageDigest: tagged, imageTag: 'v1' }, imageManifest: '{}' }]);
	await expect(ecr.describeImageScanFindings({ repositoryName, imageId: { imageTag: 'v1' } })).rejects.toMatchObject({
		name: 'ScanNotFoundException',
	});
	await expect(ecr.deleteRepository({ repositoryName })).rejects.toMatchObject({
		name: 'RepositoryNotEmptyException',
		message: `The repository with name 'full' in registry with id '${practice.account.id}' cannot be deleted because it still contains images`,
	});
	const one = await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag: 'v1' }] });
	expect(one.imageIds).toEqual([{ imageDigest: tagged, imageTag: 'v1' }]);
	const rest = await ecr.batchDeleteImage({
		repositoryName,
		imageIds: [{ imageTag: 'latest' }, { imageDigest: untagged }],
	});
	expect(rest.imageIds).toEqual([{ imageDigest: tagged, imageTag: 'latest' }, { imageDigest: untagged }]);
	expect((await ecr.listImages({ repositoryName })).imageIds).toEqual([]);
	push('full', tagged, 'v1');
	await ecr.deleteRepository({ repositoryName, force: true });
	await create('full');
	expect((await ecr.listImages({ repositoryName })).imageIds).toEqual([]);
});

test('a repository policy is set, got and deleted', async () => {
	const { repositoryName } = await create('policy');
	const policyText = JSON.stringify({
		Version: '2012-10-17',
		Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
	});
	const none = {
		name: 'RepositoryPolicyNotFoundException',
		message: `Repository policy does not exist for the repository with name 'policy' in the registry with id '${practice.account.id}'`,
	};
	await expect(ecr.getRepositoryPolicy({ repositoryName })).rejects.toMatchObject(none);
	await ecr.setRepositoryPolicy({ repositoryName, policyText });
	expect(await ecr.getRepositoryPolicy({ repositoryName })).toMatchObject({ policyText });
	await expect(ecr.setRepositoryPolicy({ repositoryName, policyText: '{' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
		message: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
	});
	expect(await ecr.deleteRepositoryPolicy({ repositoryName })).toMatchObject({ policyText });
	await expect(ecr.deleteRepositoryPolicy({ repositoryName })).rejects.toMatchObject(none);
});

test('a lifecycle policy is stored when it makes sense', async () => {
	const { repositoryName } = await create('lifecycle');
	const rule = {
		rulePriority: 1,
		selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
		action: { type: 'expire' },
	};
	const put = (rules: unknown) =>
		ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) });
	const none = {
		name: 'LifecyclePolicyNotFoundException',
		message: `Lifecycle policy does not exist for the repository with name 'lifecycle' in the registry with id '${practice.account.id}'`,
	};
	await expect(ecr.getLifecyclePolicy({ repositoryName })).rejects.toMatchObject(none);
	await put([rule]);
	expect(JSON.parse((await ecr.getLifecyclePolicy({ repositoryName })).lifecyclePolicyText!)).toEqual({
		rules: [rule],
	});
	const wrong = (selection: object) => [{ ...rule, selection: { ...rule.selection, ...selection } }];
	for (const rules of [
		[],
		[rule, rule],
		[{ ...rule, rulePriority: 0 }],
		[{ rulePriority: 1 }],
		[{ ...rule, action: { type: 'keep' } }],
		wrong({ tagStatus: 'some' }),
		wrong({ tagStatus: 'tagged' }),
		wrong({ tagPrefixList: ['v'] }),
		wrong({ countType: 'ever' }),
		wrong({ countUnit: 'hours' }),
		wrong({ countNumber: 0 }),
	]) {
		await expect(put(rules), JSON.stringify(rules)).rejects.toMatchObject({
			name: 'InvalidParameterException',
			message: expect.stringContaining('Lifecycle policy validation failure: '),
		});
	}
	await expect(ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: 'x' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
	await ecr.deleteLifecyclePolicy({ repositoryName });
	await expect(ecr.deleteLifecyclePolicy({ repositoryName })).rejects.toMatchObject(none);
	await expect(ecr.startLifecyclePolicyPreview({ repositoryName })).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('mutability and scanning are changed', async () => {
	const { repositoryName } = await create('settings');
	const filters = [{ filterType: 'WILDCARD' as const, filter: 'latest*' }];
	await ecr.putImageTagMutability({
		repositoryName,
		imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
		imageTagMutabilityExclusionFilters: filters,
	});
	await ecr.putImageScanningConfiguration({ repositoryName, imageScanningConfiguration: { scanOnPush: true } });
	const shown = async () => (await ecr.describeRepositories({ repositoryNames: [repositoryName!] })).repositories![0]!;
	expect(await shown()).toMatchObject({
		imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
		imageTagMutabilityExclusionFilters: filters,
		imageScanningConfiguration: { scanOnPush: true },
	});
	await ecr.putImageTagMutability({ repositoryName, imageTagMutability: 'IMMUTABLE' });
	expect(await shown()).not.toHaveProperty('imageTagMutabilityExclusionFilters');
	const scanning = await ecr.batchGetRepositoryScanningConfiguration({ repositoryNames: ['settings', 'none'] });
	expect(scanning.scanningConfigurations).toMatchObject([
		{ repositoryName, scanOnPush: true, scanFrequency: 'SCAN_ON_PUSH' },
	]);
	expect(scanning.failures).toMatchObject([{ repositoryName: 'none', failureCode: 'REPOSITORY_NOT_FOUND' }]);
});

test('tags are set, listed and taken away', async () => {
	const { repositoryArn: resourceArn } = await create('tagged', { tags: [{ Key: 'a', Value: '1' }] });
	await ecr.tagResource({ resourceArn, tags: [{ Key: 'b', Value: '2' }] });
	await ecr.untagResource({ resourceArn, tagKeys: ['a'] });
	expect((await ecr.listTagsForResource({ resourceArn })).tags).toEqual([{ Key: 'b', Value: '2' }]);
	const tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
	await expect(ecr.tagResource({ resourceArn, tags })).rejects.toMatchObject({ name: 'TooManyTagsException' });
	await expect(ecr.listTagsForResource({ resourceArn: `${resourceArn}-none` })).rejects.toMatchObject(
		missing('tagged-none'),
	);
	await expect(ecr.listTagsForResource({ resourceArn: 'tagged' })).rejects.toMatchObject({
		name: 'InvalidParameterException',
	});
});

test('there is no registry to log in to yet, and it is said', async () => {
	await expect(ecr.getAuthorizationToken({})).rejects.toMatchObject({
		name: 'NotImplemented',
		message: 'The practice account does not have ecr:GetAuthorizationToken. No lab needs it; a real account does.',
	});
});
