import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Blobs } from '../../account/blobs.ts';
import type { Version } from './objects.ts';

const small = 256 * 1024;

/**
 * An object's bytes from `start` to `end`, both included. Files are opened at once: what is deleted while it is being
 * read is read to its end.
 */
export function content(
	blobs: Blobs,
	{ blobs: stored, size }: Pick<Version, 'blobs' | 'size'>,
	{ start, end }: { start: number; end: number } = { start: 0, end: size - 1 },
): Buffer | Readable {
	const length = end - start + 1;
	if (length <= 0) return Buffer.alloc(0);
	const pieces = piecesOf(stored, start, end);
	if (length > small)
		return streamed(pieces.map((piece) => ({ ...piece, file: openSync(blobs.path(piece.blob), 'r') })));
	return Buffer.concat(pieces.map((piece) => read(blobs.path(piece.blob), piece.from, piece.to)));
}

interface Piece {
	blob: string;
	from: number;
	to: number;
}

function piecesOf(stored: Version['blobs'], start: number, end: number): Piece[] {
	const pieces: Piece[] = [];
	let offset = 0;
	for (const [blob, size] of stored) {
		const from = Math.max(start - offset, 0);
		const to = Math.min(end - offset, size - 1);
		if (from <= to) pieces.push({ blob, from, to });
		offset += size;
	}
	return pieces;
}

function read(path: string, from: number, to: number): Buffer {
	const file = openSync(path, 'r');
	try {
		const bytes = Buffer.alloc(to - from + 1);
		for (let done = 0; done < bytes.length; ) {
			const count = readSync(file, bytes, done, bytes.length - done, from + done);
			if (count === 0) throw new Error(`The blob ${path} is shorter than its row says.`);
			done += count;
		}
		return bytes;
	} finally {
		closeSync(file);
	}
}

function streamed(pieces: (Piece & { file: number })[]): Readable {
	const streams = pieces.map(({ file, from, to }) =>
		createReadStream('', { fd: file, start: from, end: to, highWaterMark: small }),
	);
	const [only] = streams;
	if (streams.length === 1) return only!;
	const all = async function* () {
		for (const stream of streams) yield* stream;
	};
	const joined = Readable.from(all(), { objectMode: false });
	joined.on('close', () => {
		for (const stream of streams) stream.destroy();
	});
	return joined;
}
