import {
	ListTagsForResource$,
	type ListTagsForResourceRequest,
	type ListTagsForResourceResponse,
	TagResource$,
	type TagResourceRequest,
	type TagResourceResponse,
	UntagResource$,
	type UntagResourceRequest,
	type UntagResourceResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../../operation.ts';
import { Repositories, repositoryByArn } from '../repositories.ts';
import { tagMap } from '../tags.ts';

const access = ({ resourceArn }: { resourceArn?: string | undefined }) => ({ resource: resourceArn! });
const touches = ({ resourceArn }: { resourceArn?: string | undefined }) => resourceArn?.split(':repository/').at(-1);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html */
export const tagResource = operation(
	TagResource$,
	({ resourceArn, tags }: TagResourceRequest, call): TagResourceResponse => {
		const repository = repositoryByArn(call, resourceArn!);
		call.account.store(Repositories).put(repository.name, { ...repository, tags: tagMap(tags!, repository.tags) });
		return {};
	},
	{ access, touches },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(
	UntagResource$,
	({ resourceArn, tagKeys }: UntagResourceRequest, call): UntagResourceResponse => {
		const repository = repositoryByArn(call, resourceArn!);
		const tags = Object.fromEntries(Object.entries(repository.tags).filter(([key]) => !tagKeys!.includes(key)));
		call.account.store(Repositories).put(repository.name, { ...repository, tags });
		return {};
	},
	{ access, touches },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(
	ListTagsForResource$,
	({ resourceArn }: ListTagsForResourceRequest, call): ListTagsForResourceResponse => ({
		tags: Object.entries(repositoryByArn(call, resourceArn!).tags).map(([Key, Value]) => ({ Key, Value })),
	}),
	{ access },
);
