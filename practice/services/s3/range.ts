import { Fault } from '../../fault.ts';

/** Which bytes of an object: both ends included. Undefined means all; S3 heeds no list of ranges and no other units. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
	const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
	const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (start >= size || (first === '' && Number(last) === 0)) {
		throw new Fault('InvalidRange', 'The requested range is not satisfiable', {
			status: 416,
			members: { RangeRequested: header!, ActualObjectSize: size },
			headers: { 'content-range': `bytes */${size}` },
		});
	}
	return { start, end };
}
