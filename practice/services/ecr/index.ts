import * as client from '@aws-sdk/client-ecr';
import { service } from '../../service.ts';
import { createRepository } from './operations/create-repository.ts';
import { deleteRepository } from './operations/delete-repository.ts';
import { describeRepositories } from './operations/describe-repositories.ts';
import {
	batchDeleteImage,
	batchGetImage,
	describeImageScanFindings,
	describeImages,
	listImages,
} from './operations/images.ts';
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from './operations/lifecycle-policy.ts';
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from './operations/repository-policy.ts';
import {
	batchGetRepositoryScanningConfiguration,
	putImageScanningConfiguration,
	putImageTagMutability,
} from './operations/settings.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';

/** Elastic Container Registry: repositories, their policies and what they hold. */
export default service({
	client: client as unknown as Record<string, unknown>,
	operations: [
		...[createRepository, describeRepositories, deleteRepository],
		...[describeImages, listImages, batchGetImage, batchDeleteImage, describeImageScanFindings],
		...[setRepositoryPolicy, getRepositoryPolicy, deleteRepositoryPolicy],
		...[putLifecyclePolicy, getLifecyclePolicy, deleteLifecyclePolicy],
		...[putImageTagMutability, putImageScanningConfiguration, batchGetRepositoryScanningConfiguration],
		...[tagResource, untagResource, listTagsForResource],
	],
});
