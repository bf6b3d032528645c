import type { Clock } from '../../account/clock.ts';
import { Fault } from '../../fault.ts';
import type { Version } from './objects.ts';

interface ReadConditions {
	IfMatch?: string | undefined;
	IfNoneMatch?: string | undefined;
	IfModifiedSince?: Date | undefined;
	IfUnmodifiedSince?: Date | undefined;
}

/** Conditions of a read, in the order of RFC 9110. */
export function checkRead(asked: ReadConditions, version: Version, clock: Clock): void {
	// HTTP dates have seconds, so an object counts as changed at its whole second.
	const modified = clock.fromWire(Math.floor(clock.toWire(version.modified) / 1000) * 1000);
	if (asked.IfMatch !== undefined) {
		if (!matches(asked.IfMatch, version)) throw failed('If-Match');
	} else if (asked.IfUnmodifiedSince && modified > asked.IfUnmodifiedSince.getTime()) {
		throw failed('If-Unmodified-Since');
	}
	if (asked.IfNoneMatch !== undefined) {
		if (matches(asked.IfNoneMatch, version)) throw notModified(version, clock);
	} else if (asked.IfModifiedSince && modified <= asked.IfModifiedSince.getTime()) {
		throw notModified(version, clock);
	}
}

/** Conditions of a write on the current version, which may be missing. */
export function checkWrite(asked: ReadConditions, key: string, current: Version | undefined): void {
	const present = current && !current.marker ? current : undefined;
	if (asked.IfNoneMatch !== undefined) {
		if (asked.IfNoneMatch !== '*') {
			throw new Fault('NotImplemented', 'A header you provided implies functionality that is not implemented', {
				status: 501,
				members: {
					Header: 'If-None-Match',
					additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
				},
			});
		}
		if (present) throw failed('If-None-Match');
	}
	if (asked.IfMatch === undefined) return;
	if (!present) {
		throw new Fault('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key: key } });
	}
	if (!matches(asked.IfMatch, present)) throw failed('If-Match');
}

interface CopyConditions {
	CopySourceIfMatch?: string | undefined;
	CopySourceIfNoneMatch?: string | undefined;
	CopySourceIfModifiedSince?: Date | undefined;
	CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** Conditions on what is copied: each that fails is a failed precondition. */
export function checkSource(asked: CopyConditions, version: Version): void {
	if (asked.CopySourceIfMatch !== undefined) {
		if (!matches(asked.CopySourceIfMatch, version)) throw failed('x-amz-copy-source-If-Match');
	} else if (
		asked.CopySourceIfUnmodifiedSince &&
		version.modified > asked.CopySourceIfUnmodifiedSince.getTime() + 999
	) {
		throw failed('x-amz-copy-source-If-Unmodified-Since');
	}
	if (asked.CopySourceIfNoneMatch !== undefined) {
		if (matches(asked.CopySourceIfNoneMatch, version)) throw failed('x-amz-copy-source-If-None-Match');
	} else if (asked.CopySourceIfModifiedSince && version.modified <= asked.CopySourceIfModifiedSince.getTime() + 999) {
		throw failed('x-amz-copy-source-If-Modified-Since');
	}
}

const matches = (header: string, { etag }: Version) =>
	header.split(',').some((each) =>
		['*', etag].includes(
			each
				.trim()
				.replace(/^W\//, '')
				.replace(/^"(.*)"$/, '$1'),
		),
	);

export const failed = (condition: string) =>
	new Fault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
		status: 412,
		members: { Condition: condition },
	});

const notModified = (version: Version, clock: Clock) =>
	new Fault('NotModified', 'Not Modified', {
		status: 304,
		headers: {
			etag: `"${version.etag}"`,
			'last-modified': new Date(clock.toWire(version.modified)).toUTCString(),
			...(version.version !== 'null' && { 'x-amz-version-id': version.version }),
		},
	});
