import {
	BatchGetRepositoryScanningConfiguration$,
	type BatchGetRepositoryScanningConfigurationRequest,
	type BatchGetRepositoryScanningConfigurationResponse,
	PutImageScanningConfiguration$,
	type PutImageScanningConfigurationRequest,
	type PutImageScanningConfigurationResponse,
	PutImageTagMutability$,
	type PutImageTagMutabilityRequest,
	type PutImageTagMutabilityResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../../operation.ts';
import { checkMutability } from '../mutability.ts';
import { onRepository, Repositories, type Repository, repositoryOf, touchesRepository } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
export const putImageTagMutability = operation(
	PutImageTagMutability$,
	(input: PutImageTagMutabilityRequest, call): PutImageTagMutabilityResponse => {
		checkMutability(input);
		const { exclusions: _, ...repository } = repositoryOf(call, input);
		const filters = input.imageTagMutabilityExclusionFilters as Repository['exclusions'];
		call.account.store(Repositories).put(repository.name, {
			...repository,
			mutability: input.imageTagMutability!,
			...(filters && { exclusions: filters }),
		});
		return {
			registryId: call.account.id,
			repositoryName: repository.name,
			imageTagMutability: input.imageTagMutability!,
			...(filters && { imageTagMutabilityExclusionFilters: filters }),
		};
	},
	{ access: onRepository, touches: touchesRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html */
export const putImageScanningConfiguration = operation(
	PutImageScanningConfiguration$,
	(input: PutImageScanningConfigurationRequest, call): PutImageScanningConfigurationResponse => {
		const repository = repositoryOf(call, input);
		const scanning = { scanOnPush: input.imageScanningConfiguration!.scanOnPush ?? false };
		call.account.store(Repositories).put(repository.name, { ...repository, scanning });
		return { registryId: call.account.id, repositoryName: repository.name, imageScanningConfiguration: scanning };
	},
	{ access: onRepository, touches: touchesRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetRepositoryScanningConfiguration.html */
export const batchGetRepositoryScanningConfiguration = operation(
	BatchGetRepositoryScanningConfiguration$,
	(
		{ repositoryNames }: BatchGetRepositoryScanningConfigurationRequest,
		{ account },
	): BatchGetRepositoryScanningConfigurationResponse => {
		const repositories = account.store(Repositories);
		const found = repositoryNames!.map((name) => ({ name, repository: repositories.get(name) }));
		return {
			scanningConfigurations: found.flatMap(({ name, repository }) =>
				repository
					? [
							{
								repositoryArn: repositories.arn(name),
								repositoryName: name,
								scanOnPush: repository.scanning.scanOnPush ?? false,
								scanFrequency: repository.scanning.scanOnPush ? ('SCAN_ON_PUSH' as const) : ('MANUAL' as const),
								appliedScanFilters: [],
							},
						]
					: [],
			),
			failures: found.flatMap(({ name, repository }) =>
				repository
					? []
					: [
							{
								repositoryName: name,
								failureCode: 'REPOSITORY_NOT_FOUND' as const,
								failureReason: `The repository with name '${name}' does not exist in the registry with id '${account.id}'`,
							},
						],
			),
		};
	},
	{
		access: ({ repositoryNames }, { account }) =>
			repositoryNames!.map((name) => ({ resource: account.store(Repositories).arn(name) })),
	},
);
