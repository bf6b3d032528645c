import { DeleteRepository$, type DeleteRepositoryRequest, type DeleteRepositoryResponse } from '@aws-sdk/client-ecr';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { Images } from '../images.ts';
import { asRepository, onRepository, Repositories, repositoryOf, touchesRepository } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html */
export const deleteRepository = operation(
	DeleteRepository$,
	(input: DeleteRepositoryRequest, call): DeleteRepositoryResponse => {
		const { account } = call;
		const repository = repositoryOf(call, input);
		const images = account.store(Images);
		const own = images.of(repository.name);
		if (own.length > 0 && !input.force) {
			throw new Fault(
				'RepositoryNotEmptyException',
				`The repository with name '${repository.name}' in registry with id '${account.id}' cannot be deleted because it still contains images`,
			);
		}
		for (const { digest } of own) images.delete(`${repository.name}@${digest}`);
		account.store(Repositories).delete(repository.name);
		return { repository: asRepository(call, repository) };
	},
	{ access: onRepository, touches: touchesRepository },
);
