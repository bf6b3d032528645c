import { expect, test } from 'vitest';
import { testPractice } from '../../testing.ts';
import { repository } from './ecr-repository.ts';
import { tryOut } from './parts/testing.ts';

test('a repository is made, read, changed and deleted', async () => {
	await using practice = await testPractice();
	const { create, read, update, exists, delete: remove } = tryOut(practice, repository);
	const tags = [{ Key: 'team', Value: 'shop' }];
	const lifecycle = (countNumber: number) =>
		JSON.stringify({
			rules: [
				{
					rulePriority: 1,
					selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber },
					action: { type: 'expire' },
				},
			],
		});
	const declared = {
		RepositoryName: 'shop/till',
		ImageTagMutability: 'IMMUTABLE' as const,
		ImageScanningConfiguration: { ScanOnPush: true },
		EncryptionConfiguration: { EncryptionType: 'AES256' as const },
		EmptyOnDelete: true,
		LifecyclePolicy: { LifecyclePolicyText: lifecycle(365) },
		RepositoryPolicyText: {
			Version: '2012-10-17',
			Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['ecr:BatchGetImage'] }],
		},
		Tags: tags,
	};
	expect(exists(declared)).toBeUndefined();
	const made = create(declared, tags);
	expect(made).toEqual({
		id: 'shop/till',
		attributes: {
			Arn: `arn:aws:ecr:us-east-1:${practice.account.id}:repository/shop/till`,
			RepositoryUri: `${new URL(practice.endpoint).host}/shop/till`,
		},
	});
	expect(exists(declared)).toBe('shop/till');
	expect(read(made.id, declared)).toEqual(declared);

	const after = {
		RepositoryName: 'shop/till',
		ImageTagMutability: 'MUTABLE_WITH_EXCLUSION' as const,
		ImageTagMutabilityExclusionFilters: [
			{ ImageTagMutabilityExclusionFilterType: 'WILDCARD' as const, ImageTagMutabilityExclusionFilterValue: 'v*' },
		],
	};
	update(made.id, declared, after, tags, [{ Key: 'app', Value: 'till' }]);
	expect(read(made.id, after)).toEqual({
		...after,
		ImageScanningConfiguration: { ScanOnPush: false },
		EncryptionConfiguration: { EncryptionType: 'AES256' },
		Tags: [{ Key: 'app', Value: 'till' }],
	});
	remove(made.id, after);
	expect(read(made.id, after)).toBeUndefined();
	remove(made.id, after);
});

test('a repository without a name gets one in lower case', async () => {
	await using practice = await testPractice();
	expect(tryOut(practice, repository).create({}).id).toMatch(/^stack-logical-[a-z0-9]{12}$/);
});
