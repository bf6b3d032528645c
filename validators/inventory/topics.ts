import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';

const type = 'AWS::SNS::Topic';

/** Topics. */
export const topics: Listing = {
	kind: 'topics',
	async read(aws, { region }) {
		const found = await gather(aws.sns.paginateListTopics({}), (page) => page.Topics);
		return found.map((topic) => ({
			type,
			id: topic.TopicArn!,
			consoleUrl: consoleUrl(type, topic.TopicArn!, region),
			command: `aws sns get-topic-attributes --topic-arn ${topic.TopicArn}`,
			json: topic,
		}));
	},
};
