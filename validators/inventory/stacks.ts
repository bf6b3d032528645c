import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';

const type = 'AWS::CloudFormation::Stack';

/** Stacks, nested ones included, deleted ones not. */
export const stacks: Listing = {
	kind: 'stacks',
	async read(aws, { region }) {
		const found = await gather(aws.cloudformation.paginateDescribeStacks({}), (page) => page.Stacks);
		return found
			.filter((stack) => stack.StackStatus !== 'DELETE_COMPLETE')
			.map((stack) => ({
				type,
				id: stack.StackName!,
				detail: stack.StackStatus!,
				consoleUrl: consoleUrl(type, stack.StackId!, region),
				command: `aws cloudformation describe-stacks --stack-name ${stack.StackName}`,
				json: stack,
			}));
	},
};
