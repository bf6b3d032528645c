import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { Documents } from '../../account/documents.ts';
import { Fault } from '../../fault.ts';

/** An image in a repository. Its layers are the registry's business. Key: `<repository>@<digest>`. */
export interface Image {
	repository: string;
	/** `sha256:…` of the manifest. */
	digest: string;
	tags: string[];
	manifest: string;
	mediaType: string;
	/** Bytes of the layers and the configuration. */
	size: number;
	/** Account time, ms. */
	pushed: number;
}

export class Images extends Documents<Image> {
	static override kind = 'ecr.image';

	of(repository: string): Image[] {
		return this.list(`${repository}@`);
	}

	/** The image of a digest or a tag, or of both when they agree. */
	find(repository: string, { imageDigest, imageTag }: ImageIdentifier): Image | undefined {
		return this.of(repository).find(
			({ digest, tags }) =>
				(imageDigest === undefined || digest === imageDigest) && (imageTag === undefined || tags.includes(imageTag)),
		);
	}
}

/** How AWS writes an image identifier in its sentences. */
export const described = ({ imageDigest, imageTag }: ImageIdentifier) =>
	`{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;

export const noImage = (repository: string, registry: string, id: ImageIdentifier) =>
	new Fault(
		'ImageNotFoundException',
		`The image with imageId ${described(id)} does not exist within the repository with name '${repository}' in the registry with id '${registry}'`,
	);
