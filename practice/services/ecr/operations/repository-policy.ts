import {
	DeleteRepositoryPolicy$,
	type DeleteRepositoryPolicyRequest,
	type DeleteRepositoryPolicyResponse,
	GetRepositoryPolicy$,
	type GetRepositoryPolicyRequest,
	type GetRepositoryPolicyResponse,
	SetRepositoryPolicy$,
	type SetRepositoryPolicyRequest,
	type SetRepositoryPolicyResponse,
} from '@aws-sdk/client-ecr';
import { Fault } from '../../../fault.ts';
import { MalformedPolicy, parsePolicy } from '../../../iam/policy.ts';
import { operation } from '../../../operation.ts';
import { onRepository, Repositories, repositoryOf, touchesRepository } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
export const setRepositoryPolicy = operation(
	SetRepositoryPolicy$,
	(input: SetRepositoryPolicyRequest, call): SetRepositoryPolicyResponse => {
		const repository = repositoryOf(call, input);
		try {
			parsePolicy(input.policyText!, 'resource');
		} catch (cause) {
			if (!(cause instanceof MalformedPolicy)) throw cause;
			const message =
				"Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'";
			throw Object.assign(new Fault('InvalidParameterException', message), { cause });
		}
		call.account.store(Repositories).put(repository.name, { ...repository, policy: input.policyText! });
		return { registryId: call.account.id, repositoryName: repository.name, policyText: input.policyText! };
	},
	{ access: onRepository, touches: touchesRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html */
export const getRepositoryPolicy = operation(
	GetRepositoryPolicy$,
	(input: GetRepositoryPolicyRequest, call): GetRepositoryPolicyResponse => {
		const { name, policy } = repositoryOf(call, input);
		if (policy === undefined) throw noPolicy(name, call.account.id);
		return { registryId: call.account.id, repositoryName: name, policyText: policy };
	},
	{ access: onRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html */
export const deleteRepositoryPolicy = operation(
	DeleteRepositoryPolicy$,
	(input: DeleteRepositoryPolicyRequest, call): DeleteRepositoryPolicyResponse => {
		const { policy, ...rest } = repositoryOf(call, input);
		if (policy === undefined) throw noPolicy(rest.name, call.account.id);
		call.account.store(Repositories).put(rest.name, rest);
		return { registryId: call.account.id, repositoryName: rest.name, policyText: policy };
	},
	{ access: onRepository, touches: touchesRepository },
);

const noPolicy = (name: string, registry: string) =>
	new Fault(
		'RepositoryPolicyNotFoundException',
		`Repository policy does not exist for the repository with name '${name}' in the registry with id '${registry}'`,
	);
