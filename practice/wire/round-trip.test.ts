import { Readable } from 'node:stream';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ecr from '@aws-sdk/client-ecr';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import {
	AwsEc2QueryProtocol,
	AwsJson1_1Protocol,
	AwsQueryProtocol,
	AwsRestJsonProtocol,
	AwsSmithyRpcV2CborProtocol,
} from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, test } from 'vitest';
import { Fault } from '../fault.ts';
import { generate, random } from './generate.ts';
import type { WireRequest, WireResponse } from './message.ts';
import { type OperationModel, type ServiceModel, serviceModel } from './model.ts';
import { bucketOf, protocolOf } from './protocols.ts';

/** The client's side of a protocol: what the SDK itself uses. */
interface ClientProtocol {
	serializeRequest(operation: object, input: object, context: object): Promise<ClientRequest>;
	deserializeResponse(operation: object, context: object, response: object): Promise<Record<string, unknown>>;
	setSerdeContext(context: object): void;
}
interface ClientRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	body?: string | Uint8Array;
}

type Client = Record<string, unknown>;
const asClient = (client: object) => client as Client;

/** Every client package in use, in the protocol of today's SDK; then the protocols of other clients, on these schemas. */
const forms: {
	name: string;
	client: Client;
	protocol?: (model: ServiceModel, settings: object) => unknown;
	like?: string;
	ambiguous?: string[];
}[] = [
	{ name: 'cloudformation (query)', client: asClient(cloudformation) },
	{ name: 'logs (JSON 1.1)', client: asClient(logs) },
	{ name: 'ecr (JSON 1.1)', client: asClient(ecr) },
	{ name: 'iam (query)', client: asClient(iam) },
	{ name: 's3 (REST XML)', client: asClient(s3) },
	{ name: 'sns (query)', client: asClient(sns) },
	{ name: 'sqs (JSON 1.0)', client: asClient(sqs) },
	{ name: 'ssm (JSON 1.1)', client: asClient(ssm) },
	{ name: 'sts (query)', client: asClient(sts) },
	{
		name: 'sqs by CBOR',
		client: asClient(sqs),
		protocol: (_model, settings) => new AwsSmithyRpcV2CborProtocol(settings as never),
	},
	{
		name: 'sqs by JSON 1.1',
		client: asClient(sqs),
		protocol: (_model, settings) => new AwsJson1_1Protocol({ ...settings, serviceTarget: 'AmazonSQS' } as never),
	},
	{
		name: 'sqs by query',
		client: asClient(sqs),
		protocol: (_model, settings) =>
			new AwsQueryProtocol({ ...settings, xmlNamespace: 'urn:x', version: '2012-11-05' } as never),
		ambiguous: ['ReceiveMessage'],
	},
	{
		name: 'sns by EC2 query',
		client: asClient(sns),
		like: 'aws.protocols#ec2Query',
		protocol: (_model, settings) =>
			new AwsEc2QueryProtocol({ ...settings, xmlNamespace: 'urn:x', version: '1' } as never),
	},
	{
		name: 's3 by REST JSON',
		client: asClient(s3),
		like: 'aws.protocols#restJson1',
		protocol: (_model, settings) => new AwsRestJsonProtocol(settings as never),
	},
];

function open({ client, protocol, like }: (typeof forms)[number]) {
	const model = serviceModel(client);
	const Class = Object.entries(client).find(([name]) => /^[A-Z]\w*Client$/.test(name))![1] as new (
		options: object,
	) => { config: Record<string, unknown> };
	const { config } = new Class({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
	const speaker = (protocol?.(model, config['protocolSettings'] as object) ?? config['protocol']) as ClientProtocol;
	speaker.setSerdeContext(config);
	return { model: like ? { ...model, protocol: like } : model, speaker, config };
}

const inBucket = (operation: OperationModel) =>
	operation.input.isStructSchema() && operation.input.getMemberSchemas()['Bucket']?.getMergedTraits().httpLabel;

/** Part of the input is the host's name, which an address has no room for. */
const inHost = ({ input }: OperationModel) =>
	input.isStructSchema() &&
	Object.values(input.getMemberSchemas()).some(
		(member) => (member.getMergedTraits() as { hostLabel?: unknown }).hostLabel,
	);

async function sent(
	speaker: ClientProtocol,
	config: object,
	operation: OperationModel,
	input: Record<string, unknown>,
): Promise<WireRequest> {
	const path = inBucket(operation) ? `/${input['Bucket']}` : '';
	const endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', path });
	const [, namespace, name, traits, i, o] = operation.schema;
	const request = await speaker.serializeRequest({ name, namespace, traits, input: i, output: o }, input, {
		...config,
		endpoint,
		__smithy_context: { service: 'Service', operation: name },
	});
	const search = new URLSearchParams();
	for (const [key, value] of Object.entries(request.query ?? {}))
		for (const each of [value].flat()) search.append(key, each ?? '');
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), String(value)]),
	);
	const body =
		request.body === undefined
			? []
			: [typeof request.body === 'string' ? Buffer.from(request.body) : Buffer.from(request.body)];
	return { method: request.method, path: request.path, search: String(search), headers, body: Readable.from(body) };
}

async function received(
	speaker: ClientProtocol,
	config: object,
	operation: OperationModel,
	response: WireResponse,
): Promise<Record<string, unknown>> {
	const [, namespace, name, traits, i, o] = operation.schema;
	const body = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
	const streams =
		operation.output.isStructSchema() &&
		Object.values(operation.output.getMemberSchemas()).some((member) => member.isStreaming());
	return speaker.deserializeResponse(
		{ name, namespace, traits, input: i, output: o },
		{ ...config },
		{
			statusCode: response.status,
			headers: { ...response.headers },
			body: streams ? Readable.from([body as Uint8Array]) : body,
		},
	);
}

async function bytesOf(stream: Readable): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk as Uint8Array);
	return Buffer.concat(chunks);
}

/** Values as they can be compared: no undefined, no nothing, bytes as text. */
async function comparable(value: unknown): Promise<unknown> {
	if (value instanceof Readable) return comparable(await bytesOf(value));
	if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
	if (value instanceof Date) return `date ${value.toISOString()}`;
	if (typeof value === 'bigint') return `bigint ${value}`;
	if (Array.isArray(value)) return Promise.all(value.map(comparable));
	if (value === null || typeof value !== 'object') return value ?? undefined;
	const entries = await Promise.all(
		Object.entries(value).map(async ([key, each]) => [key, await comparable(each)] as const),
	);
	const kept = entries.filter(
		([key, each]) =>
			key !== '$metadata' &&
			each !== undefined &&
			!(typeof each === 'object' && Object.keys(each as object).length === 0),
	);
	return Object.fromEntries(kept);
}

const streamsEvents = ({ input, output }: OperationModel) =>
	[input, output].some(
		(schema) =>
			schema.isStructSchema() &&
			Object.values(schema.getMemberSchemas()).some((member) => member.isStreaming() && member.isStructSchema()),
	);

describe.each(forms)('$name', (form) => {
	const { model, speaker, config } = open(form);
	// Two members of one name in the form cannot be told apart by anybody.
	const operations = [...model.operations.values()].filter(
		(operation) => !streamsEvents(operation) && !form.ambiguous?.includes(operation.name) && !inHost(operation),
	);
	const options = { emptyStructures: false };

	test('every operation understands what the client sends', async () => {
		for (const operation of operations) {
			const next = random(operation.name.length * 7919);
			for (let round = 0; round < 2; round++) {
				const input = (operation.input.isStructSchema() ? generate(operation.input, next, options) : {}) as Record<
					string,
					unknown
				>;
				const request = await sent(speaker, config, operation, input);
				let body: Promise<Uint8Array> | undefined;
				const collect = () => (body ??= bytesOf(request.body));
				const found = await protocolOf(request, model).find(model, request, collect);
				expect(found.operation.name).toBe(operation.name);
				expect({ operation: operation.name, input: await comparable(await found.read()) }).toEqual({
					operation: operation.name,
					input: await comparable(input),
				});
			}
		}
	});

	test('every answer is understood by the client', async () => {
		for (const operation of operations) {
			const next = random(operation.name.length * 104729);
			for (let round = 0; round < 2; round++) {
				const output = (operation.output.isStructSchema() ? generate(operation.output, next, options) : {}) as Record<
					string,
					unknown
				>;
				const request = await sent(
					speaker,
					config,
					operation,
					generate(operation.input, random(1), options) as Record<string, unknown>,
				);
				const response = protocolOf(request, model).answer(model, operation, output, 'request-1');
				const back = await received(speaker, config, operation, response);
				expect({ operation: operation.name, output: await comparable(back) }).toEqual({
					operation: operation.name,
					output: await comparable(output),
				});
			}
		}
	});

	test('every error arrives as its own class, with its message and members', async () => {
		const operation = operations.find(({ name }) => /^(List|Describe|Get)/.test(name))!;
		const request = await sent(
			speaker,
			config,
			operation,
			generate(operation.input, random(1), options) as Record<string, unknown>,
		);
		const codes = new Map([...model.errors.values()].map((error) => [error.code, error.name]));
		for (const error of model.errors.values()) {
			if (codes.get(error.code) !== error.name) continue; // Two errors of one code: the client cannot tell them apart.
			const schema = NormalizedSchema.of(error.schema as never);
			const {
				message: _message,
				Message: _Message,
				...members
			} = generate(schema, random(3), { ...options, alphabet: 'abc' }) as Record<string, unknown>;
			const fault = new Fault(error.name, `What went wrong: ${error.name}`, { members });
			const response = protocolOf(request, model).refuse(model, fault, 'request-1');
			const thrown = (await received(speaker, config, operation, response).catch(
				(reason: unknown) => reason,
			)) as Record<string, unknown>;
			expect({ name: thrown['name'], message: thrown['message'] }).toEqual({
				name: error.name,
				message: fault.message,
			});
			for (const name of Object.keys(members)) {
				expect({ error: error.name, [name]: await comparable(thrown[name]) }).toEqual({
					error: error.name,
					[name]: await comparable(members[name]),
				});
			}
		}
	});
});

test('a bucket is found in the host as well as in the path', () => {
	const at = (host: string, path: string) =>
		bucketOf({ method: 'GET', path, search: '', headers: { host }, body: Readable.from([]) });
	expect(at('127.0.0.1:4566', '/shop/a/b')).toEqual({ bucket: 'shop', path: '/a/b' });
	expect(at('shop.localhost:4566', '/a/b')).toEqual({ bucket: 'shop', path: '/a/b' });
	expect(at('127.0.0.1:4566', '/')).toEqual({ bucket: undefined, path: '/' });
});
