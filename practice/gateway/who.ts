import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import type { Account } from '../account/account.ts';
import { accountOfKey } from '../account/keys.ts';
import type { Principal } from '../account/principal.ts';
import { Fault } from '../fault.ts';
import type { WireRequest } from '../wire/message.ts';
import type { ServiceModel } from '../wire/model.ts';
import { claimedHash, type Signature, sha256, verify } from './signature.ts';
import { verifyV2 } from './signature-v2.ts';

const skew = 15 * 60_000;

/** The account and principal behind a signature. Throws what AWS answers to keys and signatures that do not hold. */
export async function identify(
	request: WireRequest,
	signed: Signature,
	model: ServiceModel | undefined,
	accounts: { find(id: string): Account | undefined },
	body: () => Promise<Uint8Array>,
): Promise<{ account: Account; principal: Principal }> {
	const say = words(model);
	const id = accountOfKey(signed.accessKeyId);
	const account = id ? accounts.find(id) : undefined;
	const key = account?.keys.find(signed.accessKeyId);
	if (!account || !key?.active || key.sessionToken !== signed.sessionToken) throw say.unknownKey();
	if (key.expires !== undefined && key.expires < Date.now()) throw say.expired();
	const secret = key.secretAccessKey;
	const hash = async () => claimedHash(request, signed) ?? sha256(await body());
	const holds =
		signed.version === 2 ? verifyV2(request, signed, secret) : verify(request, signed, secret, await hash());
	if (!holds) throw say.wrongSignature();
	checkTime(signed, say);
	return { account, principal: key.principal };
}

function checkTime({ time, expires }: Signature, say: ReturnType<typeof words>): void {
	const age = Date.now() - time;
	if (expires !== undefined) {
		if (age > expires * 1000) throw new Fault('AccessDenied', 'Request has expired', { status: 403 });
	} else if (!(Math.abs(age) <= skew)) throw say.skewed();
}

/** Each family of protocols has its own names for the same refusals. */
function words(model: ServiceModel | undefined) {
	const s3 = model?.signingName === 's3';
	const json = model?.protocol.includes('Json') ?? false;
	const refuse = (name: string, message: string) => new Fault(name, message, { status: json ? 400 : 403 });
	const invalid = 'The security token included in the request is invalid.';
	return {
		unknownKey: () =>
			s3
				? refuse('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
				: refuse(json ? 'UnrecognizedClientException' : 'InvalidClientTokenId', invalid),
		expired: () =>
			json
				? refuse('ExpiredTokenException', 'The security token included in the request is expired')
				: refuse(
						'ExpiredToken',
						s3 ? 'The provided token has expired.' : 'The security token included in the request is expired',
					),
		wrongSignature: () =>
			refuse(
				json ? 'InvalidSignatureException' : 'SignatureDoesNotMatch',
				'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
			),
		skewed: () =>
			s3
				? refuse('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.')
				: refuse(
						json ? 'InvalidSignatureException' : 'SignatureDoesNotMatch',
						'Signature expired: the request is more than 15 minutes old or from the future.',
					),
	};
}

export const otherBody = () =>
	new Fault(
		'XAmzContentSHA256Mismatch',
		"The provided 'x-amz-content-sha256' header does not match what was computed.",
	);

/** A body that fails at its end when it is not the one that was signed. */
export function guardHash(body: Readable, claimed: string | undefined): Readable {
	if (!claimed || !/^[0-9a-f]{64}$/.test(claimed)) return body;
	const hash = createHash('sha256');
	const guard = new Transform({
		transform(chunk, _encoding, done) {
			hash.update(chunk);
			done(null, chunk);
		},
		flush(done) {
			const matches = hash.digest('hex') === claimed;
			done(matches ? null : otherBody());
		},
	});
	// What is left of a body that is refused is read and dropped, so that its sender comes to hear why.
	guard.on('error', () => body.resume());
	return body.on('error', (error) => guard.destroy(error)).pipe(guard);
}
