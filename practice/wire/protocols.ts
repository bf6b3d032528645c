import { NormalizedSchema } from '@smithy/core/schema';
import { Fault, notImplemented } from '../fault.ts';
import { type Codec, cbor, restJson, rpcJson, type TextCodec, text, xml } from './codec.ts';
import type { WireRequest, WireResponse } from './message.ts';
import type { ErrorModel, OperationModel, ServiceModel } from './model.ts';
import { readForm } from './query.ts';
import { decoded, payloadMember, readInput, route, writeOutput } from './rest.ts';

/** One of the forms in which AWS clients speak. */
export interface Protocol {
	/** Which operation, and how to read its input. Throws a Fault for what cannot be understood. */
	find(service: ServiceModel, request: WireRequest, body: Body): Promise<Found>;
	answer(service: ServiceModel, operation: OperationModel, output: Record<string, unknown>, id: string): WireResponse;
	refuse(service: ServiceModel | undefined, fault: Fault, id: string): WireResponse;
}

export interface Found {
	operation: OperationModel;
	read(): Promise<Record<string, unknown>>;
}

/** Collects the request's body once. */
export type Body = () => Promise<Uint8Array>;

/** The protocol that a request speaks. The request decides, because clients of different age speak different ones. */
export function protocolOf(request: WireRequest, service: ServiceModel | undefined): Protocol {
	const type = request.headers['content-type'] ?? '';
	if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return rpcCbor;
	if (request.headers['x-amz-target']) return type.includes('1.0') ? awsJson10 : awsJson11;
	if (speaksQuery(request, service)) return service?.protocol === 'aws.protocols#ec2Query' ? ec2Query : query;
	return service?.protocol === 'aws.protocols#restJson1' ? rest('json') : rest('xml');
}

const speaksQuery = ({ headers, search }: WireRequest, service: ServiceModel | undefined) =>
	(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ||
	(/(^|&)Action=/.test(search) && !service?.protocol.includes('rest'));

/** One operation by name, or the refusal that fits: unknown to AWS as well, or only to us. */
function named(service: ServiceModel, name: string): OperationModel {
	const operation = service.operations.get(name);
	if (!operation)
		throw new Fault('UnknownOperationException', `${service.signingName} has no operation ${name}.`, { status: 404 });
	return operation;
}

/** Input by a codec, where bytes that are no message become AWS's refusal. */
async function decode(
	codec: Codec,
	schema: NormalizedSchema,
	body: Body,
	malformed: string,
): Promise<Record<string, unknown>> {
	const bytes = await body();
	if (bytes.byteLength === 0 || !schema.isStructSchema()) return {};
	try {
		return ((await codec.read(schema, bytes)) ?? {}) as Record<string, unknown>;
	} catch (cause) {
		throw Object.assign(new Fault(malformed, `The request's body cannot be read: ${(cause as Error).message}`), {
			cause,
		});
	}
}

const requestId = (id: string) => ({ 'x-amzn-requestid': id });

function rpc(
	codec: Codec,
	contentType: string,
	operationName: (request: WireRequest) => string,
	extra: Record<string, string> = {},
): Protocol {
	return {
		async find(service, request, body) {
			const operation = named(service, operationName(request));
			return { operation, read: () => decode(codec, operation.input, body, 'SerializationException') };
		},
		answer: (_service, operation, output, id) => ({
			status: 200,
			headers: { 'content-type': contentType, ...extra, ...requestId(id) },
			body: operation.output.isStructSchema() ? codec.write(operation.output, output) : codec === cbor ? '' : '{}',
		}),
		refuse(service, fault, id) {
			const error = service?.errors.get(fault.name);
			const headers: Record<string, string> = { 'content-type': contentType, ...extra, ...requestId(id) };
			if (service?.queryCompatible)
				headers['x-amzn-query-error'] = `${error?.code ?? fault.name};${sender(error, fault)}`;
			const type = error ? `${service!.namespace}#${fault.name}` : fault.name;
			const body = { __type: type, ...errorBody(error, fault, codec === cbor ? undefined : codec) };
			return {
				status: fault.status >= 500 ? fault.status : 400,
				headers,
				body: codec === cbor ? cbor.write(NormalizedSchema.of(15 as never), body) : JSON.stringify(body),
			};
		},
	};
}

const target = (request: WireRequest) => request.headers['x-amz-target']!.split('.').at(-1)!;
const awsJson10 = rpc(rpcJson, 'application/x-amz-json-1.0', target);
const awsJson11 = rpc(rpcJson, 'application/x-amz-json-1.1', target);
const rpcCbor = rpc(cbor, 'application/cbor', ({ path }) => path.split('/').at(-1)!, {
	'smithy-protocol': 'rpc-v2-cbor',
});

/** An error's members as plain JSON, with the message under the name that its structure gives it. */
function errorBody(error: ErrorModel | undefined, fault: Fault, codec: Codec | undefined): Record<string, unknown> {
	if (!error) return { message: fault.message, ...fault.members };
	const filled = errorMembers(error, fault);
	const body = codec ? JSON.parse(asText(codec.write(NormalizedSchema.of(error.schema as never), filled))) : filled;
	return { message: fault.message, ...body };
}

function errorMembers(error: ErrorModel, fault: Fault): Record<string, unknown> {
	const names = NormalizedSchema.of(error.schema as never).getMemberSchemas();
	const message = Object.keys(names).find((name) => name.toLowerCase() === 'message');
	return { ...fault.members, ...(message && { [message]: fault.message }) };
}

const asText = (value: string | Uint8Array) => (typeof value === 'string' ? value : new TextDecoder().decode(value));
const sender = (error: ErrorModel | undefined, fault: Fault) =>
	(error ? error.fault === 'server' : fault.status >= 500) ? 'Receiver' : 'Sender';

/** A structure that exists only on the wire, around a real one. */
function envelope(name: string, members: Record<string, unknown>): NormalizedSchema {
	return NormalizedSchema.of([3, 'practice', name, 0, Object.keys(members), Object.values(members)] as never);
}
const metadata = [3, 'practice', 'ResponseMetadata', 0, ['RequestId'], [0]];
const envelopes = new WeakMap<OperationModel, NormalizedSchema>();

function queryProtocol(ec2: boolean): Protocol {
	return {
		async find(service, request, body) {
			const form = new URLSearchParams(request.search);
			for (const [key, value] of new URLSearchParams(new TextDecoder().decode(await body()))) form.append(key, value);
			const operation = named(service, form.get('Action') ?? '');
			return { operation, read: async () => readForm(operation.input, form, ec2) };
		},
		answer(service, operation, output, id) {
			const schema = envelopes.get(operation) ?? answerEnvelope(operation, ec2);
			envelopes.set(operation, schema);
			const body = ec2
				? { ...output, requestId: id }
				: { [`${operation.name}Result`]: output, ResponseMetadata: { RequestId: id } };
			return {
				status: 200,
				headers: { 'content-type': 'text/xml', ...requestId(id) },
				body: asText(xml(service.namespace, service.xmlNamespace).write(schema, body)),
			};
		},
		refuse(service, fault, id) {
			const error = service?.errors.get(fault.name);
			const inner =
				`<Code>${escapeXml(error?.code ?? fault.name)}</Code><Message>${escapeXml(fault.message)}</Message>` +
				errorXml(service, error, fault);
			return {
				status: error?.status ?? fault.status,
				headers: { 'content-type': 'text/xml', ...requestId(id) },
				body: ec2
					? `<?xml version="1.0"?><Response><Errors><Error>${inner}</Error></Errors><RequestID>${id}</RequestID></Response>`
					: `<ErrorResponse xmlns="${service?.xmlNamespace ?? ''}"><Error><Type>${sender(error, fault)}</Type>${inner}` +
						`</Error><RequestId>${id}</RequestId></ErrorResponse>`,
			};
		},
	};
}
const query = queryProtocol(false);
const ec2Query = queryProtocol(true);

function answerEnvelope(operation: OperationModel, ec2: boolean): NormalizedSchema {
	const output = operation.output;
	if (ec2) {
		const members = output.isStructSchema() ? output.getMemberSchemas() : {};
		return envelope(`${operation.name}Response`, { ...staticMembers(output, Object.keys(members)), requestId: 0 });
	}
	const result = output.isStructSchema() ? { [`${operation.name}Result`]: () => output.getSchema() } : {};
	return envelope(`${operation.name}Response`, { ...result, ResponseMetadata: () => metadata });
}

function staticMembers(schema: NormalizedSchema, names: string[]): Record<string, unknown> {
	const structure = schema.getSchema() as unknown as [number, string, string, unknown, string[], unknown[]];
	return Object.fromEntries(names.map((name) => [name, structure[5]?.[structure[4].indexOf(name)]]));
}

/** The members of a modelled error besides its message. */
function errorXml(service: ServiceModel | undefined, error: ErrorModel | undefined, fault: Fault): string {
	if (!service || !error || Object.keys(fault.members).length === 0) return '';
	const written = asText(xml(service.namespace, '').write(NormalizedSchema.of(error.schema as never), fault.members));
	return written.replace(/^<[^>]+>/, '').replace(/<\/[^>]+>$/, '');
}

const escapeXml = (value: string) =>
	value.replace(
		/[&<>"']/g,
		(char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[char]!,
	);

function restProtocol(kind: 'json' | 'xml'): Protocol {
	const strings: TextCodec = text[kind];
	const codecOf = (service: ServiceModel) =>
		kind === 'json' ? restJson : xml(service.namespace, service.xmlNamespace);
	return {
		async find(service, request, body) {
			const { bucket, path } =
				service.signingName === 's3' ? bucketOf(request) : { bucket: undefined, path: request.path };
			const found = route(service, { ...request, path }, bucket);
			if (!found) throw noRoute(service, request);
			const malformed = kind === 'json' ? 'SerializationException' : 'MalformedXML';
			return {
				operation: found.operation,
				async read() {
					try {
						return await readInput(found, request, codecOf(service), strings, body);
					} catch (cause) {
						if (cause instanceof Fault) throw cause;
						const message =
							kind === 'json'
								? (cause as Error).message
								: 'The XML you provided was not well-formed or did not validate against our published schema';
						throw Object.assign(new Fault(malformed, message), { cause });
					}
				},
			};
		},
		answer(service, operation, output, id) {
			const response = writeOutput(operation.output, output, operation.http!.status, codecOf(service), strings);
			// No schema says that a part of an object is answered with another status than the whole.
			if (service.signingName === 's3' && output['ContentRange'] !== undefined) response.status = 206;
			if (kind === 'xml' && operation.name === 'GetBucketLocation')
				response.body = location(service, output['LocationConstraint']);
			if (
				kind === 'xml' &&
				typeof response.body === 'string' &&
				response.body.startsWith('<') &&
				!payloadIsText(operation)
			) {
				response.body = `<?xml version="1.0" encoding="UTF-8"?>\n${response.body}`;
			}
			response.headers['content-type'] ??= kind === 'json' ? 'application/json' : 'application/xml';
			Object.assign(response.headers, restIds(kind, id));
			return response;
		},
		refuse(service, fault, id) {
			const error = service?.errors.get(fault.name);
			const status = error && !fault.members['$status'] ? error.status : fault.status;
			if (kind === 'json') {
				const body = JSON.stringify(errorBody(error, fault, restJson));
				const headers = {
					...{ 'content-type': 'application/json', 'x-amzn-errortype': fault.name },
					...fault.headers,
					...restIds(kind, id),
				};
				return { status, headers, body };
			}
			const members = Object.entries(fault.members)
				.map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
				.join('');
			return {
				status,
				headers: { 'content-type': 'application/xml', ...fault.headers, ...restIds(kind, id) },
				body:
					`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error?.code ?? fault.name)}</Code>` +
					`<Message>${escapeXml(fault.message)}</Message>${members}<RequestId>${id}</RequestId></Error>`,
			};
		},
	};
}
const restJsonProtocol = restProtocol('json');
const restXmlProtocol = restProtocol('xml');
const rest = (kind: 'json' | 'xml') => (kind === 'json' ? restJsonProtocol : restXmlProtocol);

/** A payload that is a string goes out as it is: a bucket policy is JSON. */
const payloadIsText = ({ output }: OperationModel) => payloadMember(output)?.[1].isStringSchema() === true;

const restIds = (kind: 'json' | 'xml', id: string): Record<string, string> =>
	kind === 'json' ? requestId(id) : { 'x-amz-request-id': id, 'x-amz-id-2': id };

const noRoute = (service: ServiceModel, { method, path, search }: WireRequest) =>
	notImplemented(`an operation of ${service.signingName} at ${method} ${path}${search && `?${search}`}`);

/** The one S3 answer whose root element is the value itself. */
const location = (service: ServiceModel, region: unknown) =>
	`<LocationConstraint xmlns="${service.xmlNamespace}">${region ?? ''}</LocationConstraint>`;

/** The bucket, from the host (`bucket.s3.…`, `bucket.localhost`) or else from the first part of the path. */
export function bucketOf({ headers, path }: WireRequest): { bucket: string | undefined; path: string } {
	const host = (headers['host'] ?? '').replace(/:\d+$/, '');
	const virtual = /^(.+?)\.(?:s3[.-].*|localhost|127\.0\.0\.1)$/.exec(host)?.[1];
	if (virtual && virtual !== 's3') return { bucket: virtual, path };
	const [, bucket, rest] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
	return bucket ? { bucket: decoded(bucket), path: rest || '/' } : { bucket: undefined, path: '/' };
}
