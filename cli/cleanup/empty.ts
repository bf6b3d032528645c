import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR, paginateListImages } from '@aws-sdk/client-ecr';
import { S3 } from '@aws-sdk/client-s3';
import type { ClientConfig } from '../clients.ts';

/** Removes every object of a bucket, with all versions, delete markers and unfinished uploads. Returns how many went. */
export async function emptyBucket(
	Bucket: string,
	config: ClientConfig,
	onProgress: (removed: number) => void,
): Promise<number> {
	const s3 = new S3({ ...config, forcePathStyle: true, followRegionRedirects: true });
	let removed = 0;
	try {
		// Always the first page: what it named is gone when it is asked for again.
		for (;;) {
			const { Uploads = [] } = await s3.listMultipartUploads({ Bucket });
			if (Uploads.length === 0) break;
			for (const { Key, UploadId } of Uploads) await s3.abortMultipartUpload({ Bucket, Key, UploadId });
		}
		for (;;) {
			const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
			const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
			if (Objects.length === 0) return removed;
			const { Errors = [] } = await s3.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } });
			if (Errors[0])
				throw Object.assign(new Error(`${Errors[0].Key}: ${Errors[0].Message}`), { name: Errors[0].Code ?? 'Error' });
			removed += Objects.length;
			onProgress(removed);
		}
	} catch (error) {
		if ((error as Error).name === 'NoSuchBucket') return removed;
		throw error;
	} finally {
		s3.destroy();
	}
}

/** Removes every image of a repository. Returns how many went. */
export async function emptyRepository(repositoryName: string, config: ClientConfig): Promise<number> {
	const ecr = new ECR(config);
	let removed = 0;
	try {
		for await (const { imageIds = [] } of paginateListImages({ client: ecr }, { repositoryName })) {
			if (imageIds.length === 0) continue;
			await ecr.batchDeleteImage({ repositoryName, imageIds });
			removed += imageIds.length;
		}
		return removed;
	} catch (error) {
		if ((error as Error).name === 'RepositoryNotFoundException') return removed;
		throw error;
	}
}

/** How many objects (with versions) a bucket holds, for the list of what is about to go; `more` where it is over a thousand. */
export async function countObjects(Bucket: string, config: ClientConfig): Promise<{ count: number; more: boolean }> {
	const s3 = new S3({ ...config, forcePathStyle: true, followRegionRedirects: true });
	try {
		const { Versions = [], DeleteMarkers = [], IsTruncated } = await s3.listObjectVersions({ Bucket });
		return { count: Versions.length + DeleteMarkers.length, more: IsTruncated ?? false };
	} catch (error) {
		if ((error as Error).name === 'NoSuchBucket') return { count: 0, more: false };
		throw error;
	} finally {
		s3.destroy();
	}
}

/** Removes log groups that are there. Returns those that went. */
export async function removeLogGroups(names: readonly string[], config: ClientConfig): Promise<string[]> {
	if (names.length === 0) return [];
	const logs = new CloudWatchLogs(config);
	const gone: string[] = [];
	for (const logGroupName of names) {
		try {
			await logs.deleteLogGroup({ logGroupName });
			gone.push(logGroupName);
		} catch (error) {
			if ((error as Error).name !== 'ResourceNotFoundException') throw error;
		}
	}
	return gone;
}
