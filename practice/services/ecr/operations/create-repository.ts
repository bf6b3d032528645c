import { CreateRepository$, type CreateRepositoryRequest, type CreateRepositoryResponse } from '@aws-sdk/client-ecr';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { checkMutability } from '../mutability.ts';
import { asRepository, Repositories, type Repository } from '../repositories.ts';
import { tagMap } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const createRepository = operation(
	CreateRepository$,
	(input: CreateRepositoryRequest, call): CreateRepositoryResponse => {
		const { account } = call;
		const name = input.repositoryName!;
		checkName(name);
		checkMutability(input);
		const repositories = account.store(Repositories);
		if (repositories.has(name)) {
			throw new Fault(
				'RepositoryAlreadyExistsException',
				`The repository with name '${name}' already exists in the registry with id '${account.id}'`,
			);
		}
		const { encryptionType = 'AES256', kmsKey } = input.encryptionConfiguration ?? {};
		const repository: Repository = {
			name,
			created: account.clock.now(),
			mutability: input.imageTagMutability ?? 'MUTABLE',
			...(input.imageTagMutabilityExclusionFilters && {
				exclusions: input.imageTagMutabilityExclusionFilters as NonNullable<Repository['exclusions']>,
			}),
			scanning: { scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false },
			encryption: {
				encryptionType,
				...(encryptionType !== 'AES256' && { kmsKey: kmsKey ?? account.arn('kms', 'alias/aws/ecr') }),
			},
			tags: tagMap(input.tags ?? []),
		};
		repositories.put(name, repository);
		return { repository: asRepository(call, repository) };
	},
	{
		access: ({ repositoryName, tags }, { account }) => {
			const resource = account.store(Repositories).arn(repositoryName!);
			return [{ resource }, ...(tags?.length ? [{ action: 'ecr:TagResource', resource }] : [])];
		},
		touches: ({ repositoryName }) => repositoryName,
	},
);

function checkName(name: string): void {
	const refuse = (constraint: string) =>
		new Fault(
			'InvalidParameterException',
			`Invalid parameter at 'repositoryName' failed to satisfy constraint: '${constraint}'`,
		);
	if (name.length < 2) throw refuse('Member must have length greater than or equal to 2');
	if (name.length > 256) throw refuse('Member must have length less than or equal to 256');
	if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)) {
		throw refuse("must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'");
	}
}
