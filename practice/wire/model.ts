import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** What an AWS SDK client package tells about its service: enough to speak every protocol that its clients may choose. */
export interface ServiceModel {
	/** The name in the credential scope of signatures: `sqs`, `monitoring`. */
	signingName: string;
	/** The protocol that today's SDK speaks: `aws.protocols#awsJson1_0`. Older clients may speak another. */
	protocol: string;
	/** `com.amazonaws.sqs` */
	namespace: string;
	/** The XML namespace of answers, for the XML protocols. */
	xmlNamespace: string;
	/** Whether error answers carry the older query protocol's code in a header as well. */
	queryCompatible: boolean;
	operations: Map<string, OperationModel>;
	errors: Map<string, ErrorModel>;
}

export interface OperationModel {
	name: string;
	schema: StaticOperationSchema;
	input: NormalizedSchema;
	output: NormalizedSchema;
	/** For the REST protocols. */
	http: HttpTrait | undefined;
}

export interface HttpTrait {
	method: string;
	/** Path template without the query: `/{Bucket}/{Key+}`. */
	path: string;
	/** Literal query parameters that choose the operation, without `x-id`. */
	query: [string, string][];
	/** The value of `x-id`, by which the SDK names the operation. */
	id: string | undefined;
	status: number;
}

export interface ErrorModel {
	name: string;
	schema: StaticErrorSchema;
	/** What the query protocol calls it. */
	code: string;
	/** HTTP status, for the protocols that heed it. */
	status: number;
	fault: 'client' | 'server';
}

interface ClientConfig {
	protocol: { getShapeId(): string };
	protocolSettings: { defaultNamespace: string; xmlNamespace?: string; awsQueryCompatible?: boolean };
	defaultSigningName: string;
}

/** Reads a client package's exports. The package's root has each operation, structure and error as `Name$`. */
export function serviceModel(client: Record<string, unknown>): ServiceModel {
	const config = clientConfig(client);
	const operations = new Map<string, OperationModel>();
	const errors = new Map<string, ErrorModel>();
	for (const [name, value] of Object.entries(client)) {
		// The common base of a package's errors is modelled as an error too, but no service answers it.
		if (!name.endsWith('$') || !Array.isArray(value) || String(value[1]).startsWith('smithy.ts.sdk')) continue;
		if (value[0] === 9) {
			const operation = operationModel(value as unknown as StaticOperationSchema);
			operations.set(operation.name, operation);
		} else if (value[0] === -3) {
			const error = errorModel(value as unknown as StaticErrorSchema);
			errors.set(error.name, error);
		}
	}
	return {
		signingName: config.defaultSigningName,
		protocol: config.protocol.getShapeId(),
		namespace: config.protocolSettings.defaultNamespace,
		xmlNamespace: config.protocolSettings.xmlNamespace ?? '',
		queryCompatible: config.protocolSettings.awsQueryCompatible === true,
		operations,
		errors,
	};
}

function clientConfig(client: Record<string, unknown>): ClientConfig {
	for (const [name, value] of Object.entries(client)) {
		if (!/^[A-Z]\w*Client$/.test(name) || typeof value !== 'function') continue;
		const Client = value as new (options: object) => { config: ClientConfig };
		return new Client({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }).config;
	}
	throw new Error('That package exports no client class.');
}

function operationModel(schema: StaticOperationSchema): OperationModel {
	const traits = schema[3] as { http?: [string, string, number] } | number;
	return {
		name: schema[2],
		schema,
		input: NormalizedSchema.of(schema[4] as never),
		output: NormalizedSchema.of(schema[5] as never),
		http: typeof traits === 'object' && traits.http ? httpTrait(traits.http) : undefined,
	};
}

function httpTrait([method, target, status]: [string, string, number]): HttpTrait {
	const [path = '/', search = ''] = target.split('?');
	const parameters = [...new URLSearchParams(search)];
	return {
		method,
		path,
		query: parameters.filter(([key]) => key !== 'x-id'),
		id: parameters.find(([key]) => key === 'x-id')?.[1],
		status,
	};
}

function errorModel(schema: StaticErrorSchema): ErrorModel {
	const traits = (schema as unknown as StaticStructureSchema)[3] as {
		error: 'client' | 'server';
		httpError?: number;
		awsQueryError?: [string, number];
	};
	const name = schema[2];
	const [code, queryStatus] = traits.awsQueryError ?? [name, undefined];
	return {
		name,
		schema,
		code,
		status: queryStatus ?? traits.httpError ?? (traits.error === 'server' ? 500 : 400),
		fault: traits.error,
	};
}

/** The members that a structure cannot do without: static structures list them first, and say how many they are. */
export function requiredMembers(schema: NormalizedSchema): Set<string> {
	const structure = schema.getSchema() as unknown as [number, string, string, unknown, string[], unknown[], number?];
	return new Set(Array.isArray(structure) ? (structure[4]?.slice(0, structure[6] ?? 0) ?? []) : []);
}
