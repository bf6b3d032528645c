/** Gathers one list from all pages of an answer: `gather(aws.sqs.paginateListQueues({}), (page) => page.QueueUrls)`. */
export async function gather<Page, Thing>(
	pages: AsyncIterable<Page>,
	things: (page: Page) => readonly Thing[] | undefined,
): Promise<Thing[]> {
	const all: Thing[] = [];
	for await (const page of pages) all.push(...(things(page) ?? []));
	return all;
}
