import {
	DeleteLifecyclePolicy$,
	type DeleteLifecyclePolicyRequest,
	type DeleteLifecyclePolicyResponse,
	GetLifecyclePolicy$,
	type GetLifecyclePolicyRequest,
	type GetLifecyclePolicyResponse,
	PutLifecyclePolicy$,
	type PutLifecyclePolicyRequest,
	type PutLifecyclePolicyResponse,
} from '@aws-sdk/client-ecr';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { lifecycleProblem } from '../lifecycle.ts';
import { onRepository, Repositories, repositoryOf, touchesRepository } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
export const putLifecyclePolicy = operation(
	PutLifecyclePolicy$,
	(input: PutLifecyclePolicyRequest, call): PutLifecyclePolicyResponse => {
		const repository = repositoryOf(call, input);
		const problem = lifecycleProblem(input.lifecyclePolicyText!);
		if (problem) {
			throw new Fault(
				'InvalidParameterException',
				`Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${problem}'`,
			);
		}
		call.account.store(Repositories).put(repository.name, { ...repository, lifecycle: input.lifecyclePolicyText! });
		return {
			registryId: call.account.id,
			repositoryName: repository.name,
			lifecyclePolicyText: input.lifecyclePolicyText!,
		};
	},
	{ access: onRepository, touches: touchesRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html */
export const getLifecyclePolicy = operation(
	GetLifecyclePolicy$,
	(input: GetLifecyclePolicyRequest, call): GetLifecyclePolicyResponse => {
		const { name, lifecycle } = repositoryOf(call, input);
		if (lifecycle === undefined) throw noPolicy(name, call.account.id);
		return { registryId: call.account.id, repositoryName: name, lifecyclePolicyText: lifecycle };
	},
	{ access: onRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html */
export const deleteLifecyclePolicy = operation(
	DeleteLifecyclePolicy$,
	(input: DeleteLifecyclePolicyRequest, call): DeleteLifecyclePolicyResponse => {
		const { lifecycle, ...rest } = repositoryOf(call, input);
		if (lifecycle === undefined) throw noPolicy(rest.name, call.account.id);
		call.account.store(Repositories).put(rest.name, rest);
		return { registryId: call.account.id, repositoryName: rest.name, lifecyclePolicyText: lifecycle };
	},
	{ access: onRepository, touches: touchesRepository },
);

const noPolicy = (name: string, registry: string) =>
	new Fault(
		'LifecyclePolicyNotFoundException',
		`Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${registry}'`,
	);
