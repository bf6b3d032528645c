import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';
import { duration } from '../words.ts';

const type = 'AWS::Logs::LogGroup';

/** Log groups, with how long each keeps its events. */
export const logGroups: Listing = {
	kind: 'log groups',
	async read(aws, { region }) {
		const found = await gather(aws.logs.paginateDescribeLogGroups({}), (page) => page.logGroups);
		return found.map((group) => ({
			type,
			id: group.logGroupName!,
			detail: group.retentionInDays ? `kept ${duration(group.retentionInDays * 86_400)}` : 'kept for ever',
			consoleUrl: consoleUrl(type, group.logGroupName!, region),
			command: `aws logs describe-log-groups --log-group-name-prefix ${group.logGroupName}`,
			json: group,
		}));
	},
};
