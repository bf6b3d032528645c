import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { Fault } from '../../fault.ts';
import { type Checksum, hashOf } from './checksums/checksum.ts';
import { combineAll } from './checksums/combine.ts';
import { givenChecksum, otherChecksum } from './receive.ts';
import type { Part, Upload } from './uploads.ts';

const smallest = 5 * 1024 * 1024;

/** The parts that a completion names: all there, in order, none but the last too small. */
export function chosenParts(upload: Upload, uploaded: Part[], asked: CompletedPart[] | undefined): Part[] {
	if (!asked || asked.length === 0) {
		throw new Fault(
			'MalformedXML',
			'The XML you provided was not well-formed or did not validate against our published schema',
		);
	}
	if (asked.some(({ PartNumber }, index) => index > 0 && PartNumber! <= asked[index - 1]!.PartNumber!)) {
		throw new Fault(
			'InvalidPartOrder',
			'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
			{ members: { UploadId: upload.upload } },
		);
	}
	const byNumber = new Map(uploaded.map((part) => [part.number, part]));
	const parts = asked.map((each) => chosen(upload, byNumber.get(each.PartNumber!), each));
	for (const part of parts.slice(0, -1)) {
		if (part.size >= smallest) continue;
		throw new Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
			members: {
				...{ ProposedSize: part.size, MinSizeAllowed: smallest, PartNumber: part.number, ETag: part.etag },
			},
		});
	}
	return parts;
}

function chosen({ upload, checksum }: Upload, part: Part | undefined, asked: CompletedPart): Part {
	const tag = asked.ETag?.replaceAll('"', '');
	const said = (asked as Record<string, unknown>)[`Checksum${checksum.algorithm}`];
	if (!part || part.etag !== tag || (said !== undefined && said !== part.checksum)) {
		throw new Fault(
			'InvalidPart',
			"One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
			{ members: { UploadId: upload, PartNumber: asked.PartNumber, ETag: tag ?? '' } },
		);
	}
	if (checksum.asked && checksum.type === 'COMPOSITE' && said === undefined) {
		throw new Fault(
			'InvalidRequest',
			`The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${asked.PartNumber} in the request.`,
		);
	}
	return part;
}

/** `<MD5 of the parts' MD5s>-<parts>` */
export function compositeTag(parts: Part[]): string {
	const hash = createHash('md5');
	for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
	return `${hash.digest('hex')}-${parts.length}`;
}

/** The object's checksum: of its bytes, or of its parts' checksums. Compared with what the request says of it. */
export function wholeChecksum(
	{ checksum: { algorithm, type } }: Upload,
	parts: Part[],
	input: { ChecksumType?: string | undefined },
): Checksum {
	if (input.ChecksumType !== undefined && input.ChecksumType !== type) {
		throw new Fault(
			'InvalidRequest',
			`The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
		);
	}
	const given = givenChecksum(input);
	const whole = (): Checksum => {
		if (type === 'FULL_OBJECT') {
			const each = parts.map((part) => ({ value: part.checksum, size: part.size }));
			return { algorithm, type, value: combineAll(algorithm, each) };
		}
		const hash = hashOf(algorithm);
		for (const part of parts) hash.update(Buffer.from(part.checksum, 'base64'));
		return { algorithm, type, value: `${hash.digest().toString('base64')}-${parts.length}` };
	};
	const checksum = whole();
	if (given?.value !== undefined && given.algorithm === algorithm) {
		const plain = checksum.value.replace(/-\d+$/, '');
		if (given.value !== checksum.value && given.value !== plain) throw otherChecksum(algorithm);
	}
	return checksum;
}
