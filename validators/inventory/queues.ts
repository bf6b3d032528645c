import { consoleUrl } from '../console-url.ts';
import type { Listing } from '../inventory.ts';
import { gather } from '../pages.ts';
import { liveQueue, waiting } from '../queue.ts';
import { count } from '../words.ts';

const type = 'AWS::SQS::Queue';

/** Queues, with how many messages wait in each. */
export const queues: Listing = {
	kind: 'queues',
	async read(aws, { region }) {
		const urls = await gather(aws.sqs.paginateListQueues({ MaxResults: 1000 }), (page) => page.QueueUrls);
		const live = await Promise.all(urls.map(async (url) => ({ url, queue: await liveQueue(aws, url) })));
		return live.flatMap(({ url, queue }) =>
			queue
				? {
						type,
						id: url,
						detail: count(waiting(queue).all, 'message'),
						consoleUrl: consoleUrl(type, url, region),
						command: `aws sqs get-queue-attributes --queue-url ${url} --attribute-names All`,
						json: { Attributes: queue },
					}
				: // Deleted since the list was read; SQS keeps naming a queue for up to a minute.
					[],
		);
	},
};
