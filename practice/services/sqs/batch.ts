import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { Fault } from '../../fault.ts';
import { errorCode } from './error-code.ts';

/** Does each entry of a batch by itself. What one entry does wrong is told in the answer and spoils no other. */
export function batch<Entry extends { Id?: string | undefined }, Done>(
	kind: string,
	entries: Entry[],
	work: (entry: Entry) => Done,
): { Successful: ({ Id: string } & Done)[]; Failed: BatchResultErrorEntry[] } {
	checkEntries(kind, entries);
	const Successful: ({ Id: string } & Done)[] = [];
	const Failed: BatchResultErrorEntry[] = [];
	for (const entry of entries) {
		const Id = entry.Id!;
		try {
			Successful.push({ Id, ...work(entry) });
		} catch (error) {
			if (!(error instanceof Fault)) throw error;
			Failed.push({ Id, SenderFault: true, Code: errorCode(error.name), Message: error.message });
		}
	}
	return { Successful, Failed };
}

function checkEntries(kind: string, entries: { Id?: string | undefined }[]): void {
	if (entries.length === 0) {
		throw new Fault('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
	}
	if (entries.length > 10) {
		throw new Fault(
			'TooManyEntriesInBatchRequest',
			`Maximum number of entries per request are 10. You have sent ${entries.length}.`,
		);
	}
	const ids = entries.map(({ Id }) => Id ?? '');
	if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
		throw new Fault(
			'InvalidBatchEntryId',
			'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
		);
	}
	const twice = ids.find((id, index) => ids.indexOf(id) !== index);
	if (twice) throw new Fault('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
}
