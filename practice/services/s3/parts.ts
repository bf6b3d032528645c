import { Fault } from '../../fault.ts';
import { givenChecksum, type Upload as Incoming } from './receive.ts';
import type { Upload } from './uploads.ts';

/** Where a part belongs: every request for one says it. */
export interface PartPlace {
	Bucket: string;
	Key: string;
	UploadId: string;
	PartNumber: number;
}

export function checkPartNumber(number: number): void {
	if (Number.isInteger(number) && number >= 1 && number <= 10_000) return;
	throw new Fault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
		members: { ArgumentName: 'partNumber', ArgumentValue: number },
	});
}

/** Every part has the checksum that the upload was begun with. */
export function checkPartAlgorithm(input: Incoming, { algorithm, asked }: Upload['checksum']): void {
	const given = givenChecksum(input);
	if (!asked || !given || given.algorithm === algorithm) return;
	throw new Fault(
		'InvalidRequest',
		`Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${given.algorithm.toLowerCase()}`,
	);
}
