import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';

const type = 'AWS::SSM::Parameter';

/** Parameters of Systems Manager, without their values. */
export const parameters: Listing = {
	kind: 'parameters',
	async read(aws, { region }) {
		const found = await gather(aws.ssm.paginateDescribeParameters({ MaxResults: 50 }), (page) => page.Parameters);
		return found.map((parameter) => ({
			type,
			id: parameter.Name!,
			detail: `version ${parameter.Version ?? 1}`,
			consoleUrl: consoleUrl(type, parameter.Name!, region),
			command: `aws ssm get-parameter --name ${parameter.Name}`,
			json: parameter,
		}));
	},
};
