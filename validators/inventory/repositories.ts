import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';

const type = 'AWS::ECR::Repository';

/** Repositories for container images. */
export const repositories: Listing = {
	kind: 'image repositories',
	async read(aws, { region, account }) {
		const found = await gather(aws.ecr.paginateDescribeRepositories({}), (page) => page.repositories);
		return found.map((repository) => ({
			type,
			id: repository.repositoryName!,
			consoleUrl: consoleUrl(type, repository.repositoryName!, region, account),
			command: `aws ecr describe-images --repository-name ${repository.repositoryName}`,
			json: repository,
		}));
	},
};
