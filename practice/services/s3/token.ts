import { Fault } from '../../fault.ts';

/** A continuation token: nobody but S3 reads it. */
export const continuation = (after: string) => Buffer.from(`1${after}`).toString('base64');

export function continued(token: string): string {
	const text = Buffer.from(token, 'base64').toString();
	if (text.startsWith('1') && continuation(text.slice(1)) === token) return text.slice(1);
	throw new Fault('InvalidArgument', 'The continuation token provided is incorrect', {
		members: { ArgumentName: 'continuation-token' },
	});
}
