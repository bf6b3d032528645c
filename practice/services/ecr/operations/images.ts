import {
	BatchDeleteImage$,
	type BatchDeleteImageRequest,
	type BatchDeleteImageResponse,
	BatchGetImage$,
	type BatchGetImageRequest,
	type BatchGetImageResponse,
	DescribeImageScanFindings$,
	type DescribeImageScanFindingsRequest,
	type DescribeImageScanFindingsResponse,
	DescribeImages$,
	type DescribeImagesRequest,
	type DescribeImagesResponse,
	type ImageFailure,
	type ImageIdentifier,
	ListImages$,
	type ListImagesRequest,
	type ListImagesResponse,
} from '@aws-sdk/client-ecr';
import { Fault, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { type Image, Images, noImage } from '../images.ts';
import { page } from '../page.ts';
import { onRepository, repositoryOf, touchesRepository } from '../repositories.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const describeImages = operation(
	DescribeImages$,
	(input: DescribeImagesRequest, call): DescribeImagesResponse => {
		const { name } = repositoryOf(call, input);
		const { account } = call;
		const images = account.store(Images);
		const wanted = input.imageIds?.map((id) => {
			const image = images.find(name, id);
			if (!image) throw noImage(name, account.id, id);
			return image;
		});
		const { items, nextToken } = page((wanted ?? images.of(name)).filter(tagStatus(input.filter)), input);
		return {
			imageDetails: items.map((image) => ({
				registryId: account.id,
				repositoryName: name,
				imageDigest: image.digest,
				...(image.tags.length > 0 && { imageTags: image.tags }),
				imageSizeInBytes: image.size,
				imagePushedAt: new Date(image.pushed),
				imageManifestMediaType: image.mediaType,
				imageStatus: 'ACTIVE',
			})),
			...(nextToken && { nextToken }),
		};
	},
	{ access: onRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html */
export const listImages = operation(
	ListImages$,
	(input: ListImagesRequest, call): ListImagesResponse => {
		const { name } = repositoryOf(call, input);
		const ids = call.account
			.store(Images)
			.of(name)
			.filter(tagStatus(input.filter))
			.flatMap(({ digest, tags }): ImageIdentifier[] =>
				tags.length > 0 ? tags.map((imageTag) => ({ imageDigest: digest, imageTag })) : [{ imageDigest: digest }],
			);
		const { items, nextToken } = page(ids, input);
		return { imageIds: items, ...(nextToken && { nextToken }) };
	},
	{ access: onRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
export const batchGetImage = operation(
	BatchGetImage$,
	(input: BatchGetImageRequest, call): BatchGetImageResponse => {
		const { name } = repositoryOf(call, input);
		const { account } = call;
		const found = input.imageIds!.map((id) => ({ id, image: account.store(Images).find(name, id) }));
		return {
			images: found.flatMap(({ id, image }) =>
				image
					? [
							{
								registryId: account.id,
								repositoryName: name,
								imageId: { imageDigest: image.digest, ...(id.imageTag && { imageTag: id.imageTag }) },
								imageManifest: image.manifest,
								imageManifestMediaType: image.mediaType,
							},
						]
					: [],
			),
			failures: found.flatMap(({ id, image }) => (image ? [] : [failure(id)])),
		};
	},
	{ access: onRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html */
export const batchDeleteImage = operation(
	BatchDeleteImage$,
	(input: BatchDeleteImageRequest, call): BatchDeleteImageResponse => {
		const { name } = repositoryOf(call, input);
		const images = call.account.store(Images);
		const imageIds: ImageIdentifier[] = [];
		const failures: ImageFailure[] = [];
		for (const id of input.imageIds!) {
			const image = images.find(name, id);
			if (!image) {
				failures.push(failure(id));
				continue;
			}
			const key = `${name}@${image.digest}`;
			// A tag alone takes the tag; the image goes with its last one.
			const tags = id.imageDigest === undefined ? image.tags.filter((tag) => tag !== id.imageTag) : [];
			if (tags.length > 0) images.put(key, { ...image, tags });
			else images.delete(key);
			const gone = id.imageDigest === undefined ? [id.imageTag!] : image.tags;
			for (const imageTag of gone) imageIds.push({ imageDigest: image.digest, imageTag });
			if (gone.length === 0) imageIds.push({ imageDigest: image.digest });
		}
		return { imageIds, failures };
	},
	{ access: onRepository, touches: touchesRepository },
);

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html */
export const describeImageScanFindings = operation(
	DescribeImageScanFindings$,
	(input: DescribeImageScanFindingsRequest, call): DescribeImageScanFindingsResponse => {
		const { name } = repositoryOf(call, input);
		const { account } = call;
		const image = account.store(Images).find(name, input.imageId!);
		if (!image) throw noImage(name, account.id, input.imageId!);
		throw new Fault(
			'ScanNotFoundException',
			`Image scan does not exist for the image with '{imageDigest:'${image.digest}', imageTag:'${input.imageId!.imageTag ?? 'null'}'}' in the repository with name '${name}' in the registry with id '${account.id}'`,
		);
	},
	{ access: onRepository },
);

const failure = (imageId: ImageIdentifier): ImageFailure => ({
	imageId,
	failureCode: 'ImageNotFound',
	failureReason: 'Requested image not found',
});

function tagStatus(filter: DescribeImagesRequest['filter']): (image: Image) => boolean {
	refuseParameters('ecr:DescribeImages', filter ?? {}, ['imageStatus']);
	switch (filter?.tagStatus) {
		case 'TAGGED':
			return ({ tags }) => tags.length > 0;
		case 'UNTAGGED':
			return ({ tags }) => tags.length === 0;
		default:
			return () => true;
	}
}
