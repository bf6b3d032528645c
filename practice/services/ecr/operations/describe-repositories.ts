import {
	DescribeRepositories$,
	type DescribeRepositoriesRequest,
	type DescribeRepositoriesResponse,
} from '@aws-sdk/client-ecr';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { asRepository, Repositories, repositoryOf } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
export const describeRepositories = operation(
	DescribeRepositories$,
	(input: DescribeRepositoriesRequest, call): DescribeRepositoriesResponse => {
		const { repositoryNames, registryId } = input;
		if (repositoryNames?.length) {
			if (input.maxResults !== undefined || input.nextToken !== undefined) {
				throw new Fault(
					'InvalidParameterException',
					"Invalid parameter at 'repositoryNames' failed to satisfy constraint: 'maxResults and nextToken cannot be used with repositoryNames'",
				);
			}
			const named = repositoryNames.map((repositoryName) => repositoryOf(call, { repositoryName, registryId }));
			return { repositories: named.map((each) => asRepository(call, each)) };
		}
		const own = registryId === undefined || registryId === call.account.id;
		const { items, nextToken } = page(own ? call.account.store(Repositories).list() : [], input);
		return { repositories: items.map((each) => asRepository(call, each)), ...(nextToken && { nextToken }) };
	},
	{
		access: ({ repositoryNames }, { account }) =>
			(repositoryNames?.length ? repositoryNames : ['*']).map((name) => ({
				resource: account.store(Repositories).arn(name),
				policy: account.store(Repositories).get(name)?.policy,
			})),
	},
);
