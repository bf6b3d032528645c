import type {
	ImageScanningConfiguration,
	ImageTagMutability,
	Repository as RepositoryOutput,
} from '@aws-sdk/client-ecr';
import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';
import type { Access, Call } from '../../operation.ts';

export interface Repository {
	name: string;
	/** Account time, ms. */
	created: number;
	mutability: ImageTagMutability;
	/** Tags that the mutability does not hold for; only with the `_WITH_EXCLUSION` ones. */
	exclusions?: { filterType: 'WILDCARD'; filter: string }[];
	scanning: ImageScanningConfiguration;
	encryption: { encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'; kmsKey?: string };
	tags: Record<string, string>;
	policy?: string;
	lifecycle?: string;
}

export class Repositories extends Documents<Repository> {
	static override kind = 'ecr.repository';

	arn(name: string): string {
		return this.account.arn('ecr', `repository/${name}`);
	}
}

interface Named {
	repositoryName?: string | undefined;
	registryId?: string | undefined;
}

/** The repository that a request names, or AWS's refusal. */
export function repositoryOf({ account }: Call, { repositoryName, registryId }: Named): Repository {
	const registry = registryId ?? account.id;
	const repository = registry === account.id ? account.store(Repositories).get(repositoryName!) : undefined;
	if (!repository) throw noRepository(repositoryName!, registry);
	return repository;
}

export const noRepository = (name: string, registry: string) =>
	new Fault(
		'RepositoryNotFoundException',
		`The repository with name '${name}' does not exist in the registry with id '${registry}'`,
	);

/** The repository that a tag request names by its ARN. */
export function repositoryByArn(call: Call, arn: string): Repository {
	const [, account, name] = /^arn:aws:ecr:[\w-]+:(\d{12}):repository\/(.+)$/.exec(arn) ?? [];
	if (!account || !name) {
		throw new Fault(
			'InvalidParameterException',
			"Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
		);
	}
	return repositoryOf(call, { repositoryName: name, registryId: account });
}

/** As the service shows it. Its URI leads to this account, as a registry's does. */
export const asRepository = ({ account, endpoint }: Call, repository: Repository): RepositoryOutput => ({
	repositoryArn: account.store(Repositories).arn(repository.name),
	registryId: account.id,
	repositoryName: repository.name,
	repositoryUri: `${new URL(endpoint).host}/${repository.name}`,
	createdAt: new Date(repository.created),
	imageTagMutability: repository.mutability,
	...(repository.exclusions && { imageTagMutabilityExclusionFilters: repository.exclusions }),
	imageScanningConfiguration: repository.scanning,
	encryptionConfiguration: repository.encryption,
});

/** The permission that an operation on a repository needs. The repository's own policy has a say. */
export const onRepository = ({ repositoryName }: Named, { account }: Call): Access => ({
	resource: account.store(Repositories).arn(repositoryName!),
	policy: account.store(Repositories).get(repositoryName!)?.policy,
});

export const touchesRepository = ({ repositoryName }: Named) => repositoryName;
