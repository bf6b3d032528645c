import { createRepository } from '../../services/ecr/operations/create-repository.ts';
import { deleteRepository } from '../../services/ecr/operations/delete-repository.ts';
import { describeRepositories } from '../../services/ecr/operations/describe-repositories.ts';
import { deleteLifecyclePolicy, putLifecyclePolicy } from '../../services/ecr/operations/lifecycle-policy.ts';
import { deleteRepositoryPolicy, setRepositoryPolicy } from '../../services/ecr/operations/repository-policy.ts';
import { putImageScanningConfiguration, putImageTagMutability } from '../../services/ecr/operations/settings.ts';
import { tagResource, untagResource } from '../../services/ecr/operations/tags.ts';
import { type Json, same } from '../json.ts';
import { resource, type Tag } from '../resource.ts';
import { asText } from './documents.ts';
import { tagChanges } from './tags.ts';

interface Repository {
	RepositoryName?: string;
	ImageTagMutability?: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';
	ImageTagMutabilityExclusionFilters?: {
		ImageTagMutabilityExclusionFilterType: 'WILDCARD';
		ImageTagMutabilityExclusionFilterValue: string;
	}[];
	ImageScanningConfiguration?: { ScanOnPush?: boolean };
	EncryptionConfiguration?: { EncryptionType: 'AES256' | 'KMS'; KmsKey?: string };
	LifecyclePolicy?: { LifecyclePolicyText?: string };
	RepositoryPolicyText?: Json;
	EmptyOnDelete?: boolean;
	Tags?: Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
export const repository = resource<Repository>('AWS::ECR::Repository', {
	properties: [
		...(['RepositoryName', 'ImageTagMutability', 'ImageTagMutabilityExclusionFilters', 'Tags'] as const),
		...(['ImageScanningConfiguration', 'EncryptionConfiguration', 'LifecyclePolicy'] as const),
		...(['RepositoryPolicyText', 'EmptyOnDelete'] as const),
	],
	namedBy: 'RepositoryName',
	create(properties, { call, account, name, tags }) {
		const repositoryName = properties.RepositoryName ?? name(256, 'lower-case');
		const {
			ImageTagMutability,
			ImageScanningConfiguration: scanning,
			EncryptionConfiguration: encryption,
		} = properties;
		const { repository: made } = call(createRepository, {
			repositoryName,
			...(ImageTagMutability && { imageTagMutability: ImageTagMutability }),
			...exclusions(properties),
			...(scanning && { imageScanningConfiguration: { scanOnPush: scanning.ScanOnPush ?? false } }),
			...(encryption && {
				encryptionConfiguration: {
					encryptionType: encryption.EncryptionType,
					...(encryption.KmsKey !== undefined && { kmsKey: encryption.KmsKey }),
				},
			}),
			...(tags.length > 0 && { tags }),
		});
		const { LifecyclePolicy, RepositoryPolicyText } = properties;
		if (LifecyclePolicy?.LifecyclePolicyText) {
			call(putLifecyclePolicy, { repositoryName, lifecyclePolicyText: LifecyclePolicy.LifecyclePolicyText });
		}
		if (RepositoryPolicyText !== undefined) {
			call(setRepositoryPolicy, { repositoryName, policyText: asText(RepositoryPolicyText) });
		}
		return {
			id: repositoryName,
			attributes: {
				Arn: account.arn('ecr', `repository/${repositoryName}`),
				RepositoryUri: made!.repositoryUri!,
			},
		};
	},
	read(id, { call }) {
		const [found] = call(describeRepositories, { repositoryNames: [id] }).repositories!;
		return {
			RepositoryName: id,
			ImageTagMutability: found!.imageTagMutability!,
			ImageScanningConfiguration: { ScanOnPush: found!.imageScanningConfiguration?.scanOnPush ?? false },
		};
	},
	update(id, properties, { call, account, before, tags, tagsBefore }) {
		const { ImageTagMutability, ImageScanningConfiguration: scanning, LifecyclePolicy } = properties;
		const repositoryName = id;
		if (ImageTagMutability !== before.ImageTagMutability || !same(exclusions(properties), exclusions(before))) {
			call(putImageTagMutability, {
				repositoryName,
				imageTagMutability: ImageTagMutability ?? 'MUTABLE',
				...exclusions(properties),
			});
		}
		if (!same(scanning, before.ImageScanningConfiguration)) {
			const imageScanningConfiguration = { scanOnPush: scanning?.ScanOnPush ?? false };
			call(putImageScanningConfiguration, { repositoryName, imageScanningConfiguration });
		}
		const text = LifecyclePolicy?.LifecyclePolicyText;
		if (text !== before.LifecyclePolicy?.LifecyclePolicyText) {
			if (text) call(putLifecyclePolicy, { repositoryName, lifecyclePolicyText: text });
			else call(deleteLifecyclePolicy, { repositoryName });
		}
		const policy = properties.RepositoryPolicyText;
		if (!same(policy, before.RepositoryPolicyText)) {
			if (policy === undefined) call(deleteRepositoryPolicy, { repositoryName });
			else call(setRepositoryPolicy, { repositoryName, policyText: asText(policy) });
		}
		const { set, removed } = tagChanges(tagsBefore, tags);
		const resourceArn = account.arn('ecr', `repository/${id}`);
		if (set.length > 0) call(tagResource, { resourceArn, tags: set });
		if (removed.length > 0) call(untagResource, { resourceArn, tagKeys: removed });
		return undefined;
	},
	delete: (id, { call, declared }) =>
		void call(deleteRepository, { repositoryName: id, ...(declared.EmptyOnDelete && { force: true }) }),
	exists: ({ RepositoryName }, { call }) =>
		RepositoryName &&
		call(describeRepositories, { repositoryNames: [RepositoryName] }).repositories![0]?.repositoryName,
});

const exclusions = ({ ImageTagMutabilityExclusionFilters: filters }: Repository) =>
	filters
		? {
				imageTagMutabilityExclusionFilters: filters.map((each) => ({
					filterType: each.ImageTagMutabilityExclusionFilterType,
					filter: each.ImageTagMutabilityExclusionFilterValue,
				})),
			}
		: {};
