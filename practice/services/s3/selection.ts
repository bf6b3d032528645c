import { Fault } from '../../fault.ts';
import type { Version } from './objects.ts';
import { rangeOf } from './range.ts';

interface Asked {
	Range?: string | undefined;
	PartNumber?: number | undefined;
}

interface Selection {
	/** Undefined: all of it. */
	range: { start: number; end: number } | undefined;
	answer: { ContentLength: number; ContentRange?: string; PartsCount?: number };
}

/** Which bytes a read wants, by range or by the number of a part, and what the answer says of it. */
export function selection({ Range, PartNumber }: Asked, version: Version): Selection {
	const { size, about } = version;
	if (PartNumber === undefined) {
		const range = rangeOf(Range, size);
		if (!range) return { range, answer: { ContentLength: size } };
		return { range, answer: partial(range, size) };
	}
	if (Range !== undefined)
		throw new Fault('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
	const parts = about.parts ?? [{ number: 1, size }];
	if (!Number.isInteger(PartNumber) || PartNumber < 1 || PartNumber > 10_000) {
		throw new Fault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
			members: { ArgumentName: 'partNumber', ArgumentValue: PartNumber },
		});
	}
	const part = parts[PartNumber - 1];
	if (!part) {
		throw new Fault('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
			status: 416,
			members: { PartNumberRequested: PartNumber, ActualPartCount: parts.length },
		});
	}
	const start = parts.slice(0, PartNumber - 1).reduce((sum, each) => sum + each.size, 0);
	const range = { start, end: start + part.size - 1 };
	const counted = about.parts && { PartsCount: about.parts.length };
	if (part.size === 0) return { range, answer: { ContentLength: 0, ...counted } };
	return { range, answer: { ...partial(range, size), ...counted } };
}

const partial = ({ start, end }: { start: number; end: number }, size: number) => ({
	ContentLength: end - start + 1,
	ContentRange: `bytes ${start}-${end}/${size}`,
});
