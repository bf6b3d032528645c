import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Account, AccountInRegion } from '../account/account.ts';
import type { Principal } from '../account/principal.ts';
import type { Accounts } from '../accounts.ts';
import { Fault, notImplemented } from '../fault.ts';
import { announce, type Call, callAs, invoke, isRead, type Operation } from '../operation.ts';
import type { Service } from '../service.ts';
import { loadService } from '../services/index.ts';
import { unwrapChunks } from '../wire/chunked.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { requiredMembers } from '../wire/model.ts';
import { type Body, bucketOf, type Found, type Protocol, protocolOf } from '../wire/protocols.ts';
import { payloadMember } from '../wire/rest.ts';
import { unknownMembers } from '../wire/strict.ts';
import { shift } from '../wire/timestamps.ts';
import { patience } from './patience.ts';
import { claimedHash, readSignature, type Signature, sha256 } from './signature.ts';
import { readSignatureV2 } from './signature-v2.ts';
import { guardHash, identify, otherBody } from './who.ts';

/** Bytes of a body that is read into memory. Streams (objects) have no limit. */
const largestBody = 64 * 1024 * 1024;

export interface Gateway {
	/** Where the account is reached: `http://127.0.0.1:<port>`. */
	endpoint: string;
	/** Answers an AWS request. Never throws. */
	handle(request: WireRequest, signal: AbortSignal): Promise<WireResponse>;
}

export interface GatewayOptions {
	accounts: Accounts;
	/** Our own bugs are told here, with what was asked. */
	onBug(error: unknown, what: string): void;
	/** Makes answers fail that have members which their schema lacks. For tests and development. */
	strict?: boolean;
}

/** From a signed HTTP request to an operation's answer: service, protocol, signature, input, permission, work, output. */
export function gateway({ accounts, onBug, strict = false }: GatewayOptions): Gateway {
	const self: Gateway = {
		endpoint: '',
		async handle(request, signal) {
			const id = randomUUID();
			let service: Service | undefined;
			let protocol: Protocol = protocolOf(request, undefined);
			let what = `${request.method} ${request.path}`;
			try {
				const signed = readSignature(request) ?? readSignatureV2(request);
				service = await serviceOf(request, signed);
				protocol = protocolOf(request, service.model);
				const body = collector(request);
				const { account, principal } = signed
					? await identify(request, signed, service.model, accounts, body)
					: stranger(service, request, accounts);
				const found = await protocol.find(service.model, prepared(request, signed, service), body);
				what = `${service.model.signingName}:${found.operation.name}`;
				const operation = service.operations.get(found.operation.name);
				if (!operation) throw notImplemented(what);
				const input = await readInput(found, account, service);
				const region = signed?.region || service.region?.(bucketOf(request), account) || 'us-east-1';
				const call = newCall(account.in(region), principal, request, id, signal);
				const output = await perform(operation, input, call, request);
				if (strict) refuseUnknownMembers(found, output, what);
				const offset = account.clock.offset;
				const sent = offset ? (shift(found.operation.output, output, -offset) as typeof output) : output;
				return protocol.answer(service.model, found.operation, sent, id);
			} catch (error) {
				const fault =
					error instanceof Fault ? error : isGone(error) ? gone() : isClosed(error) ? closed() : bug(error, what);
				return protocol.refuse(service?.model, fault, id);
			}
		},
	};

	function bug(error: unknown, what: string): Fault {
		onBug(error, what);
		return new Fault(
			'InternalFailure',
			`The practice account failed at ${what}. That is a bug in Slipway, not in your work; its log has the details.`,
			{ status: 500 },
		);
	}

	function newCall(
		account: AccountInRegion,
		principal: Principal,
		request: WireRequest,
		requestId: string,
		signal: AbortSignal,
	): Call {
		return callAs(account, principal, {
			endpoint: self.endpoint,
			requestId,
			signal,
			userAgent: request.headers['user-agent'] ?? '',
			sourceIp: '127.0.0.1',
		});
	}
	return self;
}

/** A request that was waiting while its account was reset or restored. Clients ask again. */
const isClosed = (error: unknown) =>
	(error as NodeJS.ErrnoException).code === 'ERR_INVALID_STATE' && (error as Error).message === 'database is not open';
const closed = () =>
	new Fault('ServiceUnavailable', 'The practice account was reset or restored while this request waited.', {
		status: 503,
	});

/** Whether a body ended because its sender went away. Nobody hears the answer. */
const isGone = (error: unknown) =>
	(error as NodeJS.ErrnoException).code === 'ECONNRESET' && (error as Error).message === 'aborted';
const gone = () =>
	new Fault(
		'RequestTimeout',
		'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
	);

/** Runs the operation; for a client that waits, again and again until what it asks about is at rest. */
async function perform(
	operation: Operation,
	input: Record<string, unknown>,
	call: Call,
	request: WireRequest,
): Promise<Record<string, unknown>> {
	const { settled } = operation.options;
	const until = settled ? Date.now() + patience(request) : 0;
	const account = call.account.account;
	try {
		for (;;) {
			const output = ((await invoke(operation, input as never, call)) ?? {}) as Record<string, unknown>;
			if (!settled || settled(output as never) || Date.now() >= until || call.signal.aborted) return output;
			await account.nextChange(until - Date.now(), call.signal);
		}
	} catch (error) {
		if (error instanceof Fault && !isRead(operation.schema[2]))
			announce(operation, input as never, call, `${error.name}: ${error.message}`);
		throw error;
	}
}

async function serviceOf(request: WireRequest, signed: Signature | undefined): Promise<Service> {
	const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	const name = signed?.service ?? unsignedService(request, form);
	const service = await loadService(name);
	if (!service) throw notImplemented(`the service ${name}`);
	return service;
}

/** Who is meant by a request that no signature tells of: a link in a mail, a web identity, an object. */
function unsignedService({ search }: WireRequest, form: boolean): string {
	if (/(^|&)Action=(ConfirmSubscription|Unsubscribe)(&|$)/.test(search)) return 'sns';
	return form || /(^|&)Action=/.test(search) ? 'sts' : 's3';
}

/** An unsigned request: only a few services answer any. */
function stranger(
	service: Service,
	request: WireRequest,
	accounts: Accounts,
): { account: Account; principal: Principal } {
	const account = service.anonymous?.({ ...bucketOf(request), search: request.search }, accounts.all());
	if (account) return { account, principal: { kind: 'anonymous', arn: '*', id: 'ANONYMOUS_PRINCIPAL' } };
	throw new Fault('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
}

/** The request with its body unwrapped and guarded, for operations that take a stream. Nothing is read before they do. */
function prepared(asked: WireRequest, signed: Signature | undefined, { model }: Service): WireRequest {
	// Only the REST protocols have streams.
	if (!model.protocol.includes('#rest')) return asked;
	const request = signed?.presigned && signed.service === 's3' ? withHoisted(asked, signed) : asked;
	if (!isChunked(request)) {
		const claimed = signed && claimedHash(request, signed);
		return withBody(request, () => guardHash(request.body, claimed));
	}
	const headers = { ...request.headers };
	const encodings = (headers['content-encoding'] ?? '').split(',').map((each) => each.trim());
	const encoding = encodings.filter((each) => each && each !== 'aws-chunked').join(',');
	if (encoding) headers['content-encoding'] = encoding;
	else delete headers['content-encoding'];
	const length = headers['x-amz-decoded-content-length'];
	if (length) headers['content-length'] = length;
	return withBody({ ...request, headers }, () => unwrapChunks(request.body, headers));
}

/** The body is made once, when it is asked for: a second reader beside the first would hold it up for good. */
function withBody(request: WireRequest, make: () => Readable): WireRequest {
	let made: Readable | undefined;
	const get = () => {
		made ??= make();
		return made;
	};
	return Object.defineProperty({ ...request }, 'body', { get, enumerable: false });
}

/**
 * Parameters of a presigned URL that are no headers: its signature, and checksums, to which S3 pays no heed there. The
 * SDK writes one of the empty body into the URL, since the body is not known yet when it is signed.
 */
const noHeader =
	/^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|checksum-.*|sdk-checksum-algorithm)$/;

/** A presigned request with the headers that moved into its URL. Further ones of AWS's cannot be added to it. */
function withHoisted(request: WireRequest, { signedHeaders }: Signature): WireRequest {
	const unsigned = Object.keys(request.headers).filter(
		(name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name),
	);
	if (unsigned.length > 0) {
		throw new Fault('AccessDenied', 'There were headers present in the request which were not signed', {
			status: 403,
			members: { HeadersNotSigned: unsigned.join(', ') },
		});
	}
	const hoisted = [...new URLSearchParams(request.search)]
		.map(([name, value]) => [name.toLowerCase(), value] as const)
		.filter(([name]) => name.startsWith('x-amz-') && !noHeader.test(name));
	return { ...request, headers: { ...Object.fromEntries(hoisted), ...request.headers } };
}

async function readInput(found: Found, account: Account, { model }: Service): Promise<Record<string, unknown>> {
	const input = await found.read();
	const streamed = payloadMember(found.operation.input);
	const missing = [...requiredMembers(found.operation.input)].find(
		(name) => (input[name] ?? undefined) === undefined && !(streamed?.[0] === name && streamed[1].isStreaming()),
	);
	if (missing) throw missingMember(model.protocol, missing);
	const offset = account.clock.offset;
	return offset ? (shift(found.operation.input, input, offset) as Record<string, unknown>) : input;
}

function missingMember(protocol: string, name: string): Fault {
	const member = name.charAt(0).toLowerCase() + name.slice(1);
	return new Fault(
		protocol.includes('Query')
			? 'ValidationError'
			: protocol.includes('restXml')
				? 'InvalidRequest'
				: 'ValidationException',
		`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
	);
}

/** Reads the whole body into memory, once. */
function collector(request: WireRequest): Body {
	let bytes: Promise<Uint8Array> | undefined;
	const collect = async () => {
		const whole = await readAll(request.body);
		refuseOtherBody(request, whole);
		if (!isChunked(request)) return whole;
		return readAll(unwrapChunks(Readable.from([whole]), request.headers));
	};
	return () => {
		bytes ??= collect();
		return bytes;
	};
}

/** Events rather than an iterator: most bodies are one chunk, and this is on the way of every request. */
function readAll(stream: Readable): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		const chunks: Uint8Array[] = [];
		let size = 0;
		stream.on('data', (chunk: Uint8Array) => {
			size += chunk.byteLength;
			chunks.push(chunk);
			if (size <= largestBody) return;
			stream.removeAllListeners('data').resume();
			reject(
				new Fault('RequestEntityTooLarge', `The request's body is larger than ${largestBody} bytes.`, { status: 413 }),
			);
		});
		stream.once('error', reject);
		stream.once('close', () => {
			if (!stream.readableEnded) reject(new Fault('RequestTimeout', 'The request ended before its body did.'));
		});
		stream.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
	});
}

/** A body that is not the one whose hash was signed. */
function refuseOtherBody({ headers }: WireRequest, bytes: Uint8Array): void {
	const claimed = headers['x-amz-content-sha256'];
	if (claimed && /^[0-9a-f]{64}$/.test(claimed) && sha256(bytes) !== claimed) throw otherBody();
}

const isChunked = ({ headers }: WireRequest) =>
	(headers['content-encoding'] ?? '').includes('aws-chunked') ||
	(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

function refuseUnknownMembers({ operation }: Found, output: object, what: string): void {
	const unknown = unknownMembers(operation.output, output);
	if (unknown.length > 0) throw new Error(`${what} answers members that its schema lacks: ${unknown.join(', ')}`);
}
