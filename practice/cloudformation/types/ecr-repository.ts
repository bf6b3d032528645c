import { createRepository } from '../../services/ecr/operations/create-repository.ts';
import { deleteRepository } from '../../services/ecr/operations/delete-repository.ts';
import { describeRepositories } from '../../services/ecr/operations/describe-repositories.ts';
import {
	deleteLifecyclePolicy,
	getLifecyclePolicy,
	putLifecyclePolicy,
} from '../../services/ecr/operations/lifecycle-policy.ts';
import {
	deleteRepositoryPolicy,
	getRepositoryPolicy,
	setRepositoryPolicy,
} from '../../services/ecr/operations/repository-policy.ts';
import { putImageScanningConfiguration, putImageTagMutability } from '../../services/ecr/operations/settings.ts';
import { listTagsForResource, tagResource, untagResource } from '../../services/ecr/operations/tags.ts';
import { type Json, same } from '../json.ts';
import { type ResourceContext, resource, type Tag } from '../resource.ts';
import { asText, liveDocument } from './documents.ts';
import { liveTags } from './parts/live.ts';
import { read, type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';
import { tagChanges } from './tags.ts';

interface Given {
	LifecyclePolicy?: { LifecyclePolicyText?: string; RegistryId?: string };
	RepositoryPolicyText?: NonNullable<Json>;
}
interface Repository extends Given {
	RepositoryName?: string;
	ImageTagMutability?: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';
	ImageTagMutabilityExclusionFilters?: {
		ImageTagMutabilityExclusionFilterType: 'WILDCARD';
		ImageTagMutabilityExclusionFilterValue: string;
	}[];
	ImageScanningConfiguration?: { ScanOnPush?: boolean };
	EncryptionConfiguration?: { EncryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'; KmsKey?: string };
	EmptyOnDelete?: boolean;
	Tags?: Tag[];
}

/** What a repository is told once it is there. */
const given: Settings<Given> = {
	LifecyclePolicy: {
		write(repositoryName, { LifecyclePolicyText: text, RegistryId } = {}, { call }) {
			const of = { repositoryName, ...(RegistryId !== undefined && { registryId: RegistryId }) };
			if (text) call(putLifecyclePolicy, { ...of, lifecyclePolicyText: text });
			else ifThere(() => call(deleteLifecyclePolicy, of), /^LifecyclePolicyNotFound/);
		},
		read(repositoryName, { call }, declared) {
			const { lifecyclePolicyText: text } = call(getLifecyclePolicy, { repositoryName });
			const said = liveDocument(text!, declared?.LifecyclePolicyText);
			return { ...declared, LifecyclePolicyText: typeof said === 'string' ? said : text! };
		},
	},
	RepositoryPolicyText: {
		write(repositoryName, after, { call }) {
			if (after !== undefined) call(setRepositoryPolicy, { repositoryName, policyText: asText(after) });
			else ifThere(() => call(deleteRepositoryPolicy, { repositoryName }), /^RepositoryPolicyNotFound/);
		},
		read: (repositoryName, { call }, declared) =>
			liveDocument(call(getRepositoryPolicy, { repositoryName }).policyText!, declared),
	},
};

const find = (name: string, { call }: Pick<ResourceContext, 'call'>) =>
	ifThere(() => call(describeRepositories, { repositoryNames: [name] }).repositories![0]);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
export const repository = resource<Repository>('AWS::ECR::Repository', {
	properties: [
		...(['RepositoryName', 'ImageTagMutability', 'ImageTagMutabilityExclusionFilters', 'Tags'] as const),
		...(['ImageScanningConfiguration', 'EncryptionConfiguration', 'LifecyclePolicy'] as const),
		...(['RepositoryPolicyText', 'EmptyOnDelete'] as const),
	],
	namedBy: 'RepositoryName',
	exists: ({ RepositoryName }, context) => RepositoryName && find(RepositoryName, context) && RepositoryName,
	create(properties, context) {
		const { call, account, name, tags } = context;
		const repositoryName = properties.RepositoryName ?? name(256, 'lower-case');
		const { ImageTagMutability, ImageScanningConfiguration: scanning } = properties;
		const { EncryptionConfiguration: encryption } = properties;
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
		write<Given>(given, repositoryName, properties, context);
		return {
			id: repositoryName,
			attributes: {
				Arn: account.arn('ecr', `repository/${repositoryName}`),
				RepositoryUri: made!.repositoryUri!,
			},
		};
	},
	read(id, context) {
		const { call, declared, tags } = context;
		const live = find(id, context);
		if (!live) return undefined;
		const { imageTagMutabilityExclusionFilters: filters, encryptionConfiguration: encryption } = live;
		return {
			RepositoryName: id,
			ImageTagMutability: live.imageTagMutability!,
			...(filters && {
				ImageTagMutabilityExclusionFilters: filters.map(({ filterType, filter }) => ({
					ImageTagMutabilityExclusionFilterType: filterType as 'WILDCARD',
					ImageTagMutabilityExclusionFilterValue: filter!,
				})),
			}),
			ImageScanningConfiguration: { ScanOnPush: live.imageScanningConfiguration?.scanOnPush ?? false },
			EncryptionConfiguration: {
				EncryptionType: encryption!.encryptionType as 'AES256',
				...(encryption!.kmsKey !== undefined && { KmsKey: encryption!.kmsKey }),
			},
			// Nobody but the template knows.
			...(declared.EmptyOnDelete !== undefined && { EmptyOnDelete: declared.EmptyOnDelete }),
			...read<Given>(given, id, context),
			Tags: liveTags(call(listTagsForResource, { resourceArn: live.repositoryArn! }).tags, declared.Tags, tags),
		};
	},
	update(id, properties, context) {
		const { call, account, before, tags, tagsBefore } = context;
		const { ImageTagMutability, ImageScanningConfiguration: scanning } = properties;
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
		write<Given>(given, id, properties, context, before);
		const { set, removed } = tagChanges(tagsBefore, tags);
		const resourceArn = account.arn('ecr', `repository/${id}`);
		if (set.length > 0) call(tagResource, { resourceArn, tags: set });
		if (removed.length > 0) call(untagResource, { resourceArn, tagKeys: removed });
		return undefined;
	},
	delete: (id, { call, declared }) =>
		void ifThere(() => call(deleteRepository, { repositoryName: id, ...(declared.EmptyOnDelete && { force: true }) })),
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
