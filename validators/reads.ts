import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECR } from '@aws-sdk/client-ecr';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3 } from '@aws-sdk/client-s3';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import type { Target } from '../lib/target.ts';
import { UserError } from '../lib/user-error.ts';

/** SDK clients that can only read. Each is loaded at its first use; the same question is asked once a run. */
export interface Reads {
	cloudformation: Reading<CloudFormation>;
	sqs: Reading<SQS>;
	ssm: Reading<SSM>;
	s3: Reading<S3>;
	sns: Reading<SNS>;
	iam: Reading<IAM>;
	logs: Reading<CloudWatchLogs>;
	ecr: Reading<ECR>;
	sts: Reading<STS>;
}

type Verb = 'get' | 'list' | 'describe' | 'head' | 'lookup' | 'batchGet';
type ReadingMethod<Client> = keyof Client & (`${Verb}${string}` | `paginate${Capitalize<Verb>}${string}`);
/** The methods of a client that change nothing. */
export type Reading<Client> = Pick<Client, ReadingMethod<Client>>;

/** One operation that a run asked AWS for: `{ service: 'sqs', operation: 'GetQueueAttributes' }`. */
export interface Call {
	service: keyof Reads;
	operation: string;
}

/** What a run reads with, and what it has asked so far. */
export interface ReadSession {
	aws: Reads;
	/** The same credentials and the same count, another region. */
	elsewhere(region: string): ReadSession;
	/** Operations in the order in which they were first sent, repeated ones included. */
	calls: readonly Call[];
	/** Closes the sockets. */
	close(): void;
}

export interface ReadOptions {
	/** Takes the place of the network, in tests. */
	requestHandler?: unknown;
	/** How often a call is tried in all, the waits between growing. Default: 3 on practice, 6 on AWS. */
	attempts?: number;
}

interface Command {
	input: unknown;
	constructor: { name: string };
}
interface Client {
	send(command: Command, ...rest: unknown[]): Promise<unknown>;
	destroy(): void;
}

const clients: Record<keyof Reads, (settings: object) => Promise<object>> = {
	cloudformation: async (settings) => new (await import('@aws-sdk/client-cloudformation')).CloudFormation(settings),
	sqs: async (settings) => new (await import('@aws-sdk/client-sqs')).SQS(settings),
	ssm: async (settings) => new (await import('@aws-sdk/client-ssm')).SSM(settings),
	s3: async (settings) =>
		new (await import('@aws-sdk/client-s3')).S3({ ...settings, forcePathStyle: true, followRegionRedirects: true }),
	sns: async (settings) => new (await import('@aws-sdk/client-sns')).SNS(settings),
	iam: async (settings) => new (await import('@aws-sdk/client-iam')).IAM(settings),
	logs: async (settings) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(settings),
	ecr: async (settings) => new (await import('@aws-sdk/client-ecr')).ECR(settings),
	sts: async (settings) => new (await import('@aws-sdk/client-sts')).STS(settings),
};

const reading = /^(Get|List|Describe|Head|Lookup|BatchGet)/;
/** Their answers are streams, which only one reader can drink. */
const streams = new Set(['GetObject']);

/** Opens clients on a target for one run. */
export function openReads(target: Target, options: ReadOptions = {}): ReadSession {
	return session(target, options, []);
}

function session(target: Target, options: ReadOptions, calls: Call[]): ReadSession {
	const settings = clientSettings(target, options);
	const open = new Map<keyof Reads, Promise<Client>>();
	const others = new Map<string, ReadSession>();

	const clientOf = (service: keyof Reads) => {
		const known = open.get(service);
		if (known) return known;
		const loading = clients[service](settings).then((client) => sharing(service, client as Client, calls));
		open.set(service, loading);
		return loading;
	};

	const aws = Object.fromEntries(
		(Object.keys(clients) as (keyof Reads)[]).map((service) => [service, lazily(() => clientOf(service))]),
	) as unknown as Reads;

	return {
		aws,
		calls,
		elsewhere(region) {
			if (region === target.region) return this;
			const other = others.get(region) ?? session({ ...target, region }, options, calls);
			others.set(region, other);
			return other;
		},
		close() {
			for (const client of open.values()) client.then((opened) => opened.destroy()).catch(() => {});
			for (const other of others.values()) other.close();
		},
	};
}

function clientSettings(target: Target, options: ReadOptions): object {
	const shared = {
		region: target.region,
		maxAttempts: options.attempts ?? (target.kind === 'practice' ? 3 : 6),
		requestHandler: options.requestHandler ?? {
			connectionTimeout: 3_000,
			requestTimeout: 20_000,
			throwOnRequestTimeout: true,
		},
	};
	if (target.kind === 'practice') return { ...shared, endpoint: target.endpoint, credentials: target.credentials };

	// The SDK reads these by itself: a check of a real account would silently look at the practice account.
	const override = Object.keys(process.env).find((name) => name.startsWith('AWS_ENDPOINT_URL'));
	if (override) {
		throw new UserError(
			`${override} is set to ${process.env[override]}, and the target is a real AWS account.`,
			`Unset it (\`unset ${override}\`), or look at the practice account with \`--target practice\`.`,
		);
	}
	return { ...shared, ...(target.profile && { profile: target.profile }) };
}

/** Stands for a client that is loaded when its first method is called. */
function lazily(load: () => Promise<Client>): object {
	return new Proxy(
		{},
		{
			get: (_, name) => {
				// A client is not a promise, and must not look like one to `await`.
				if (typeof name !== 'string' || name === 'then') return undefined;
				type Method = (...parameters: unknown[]) => unknown;
				const method = async (parameters: unknown[]) => {
					const client = (await load()) as unknown as Record<string, Method>;
					const found = client[name];
					if (!found) throw new TypeError(`The SDK's client has no method ${name}.`);
					return found.apply(client, parameters);
				};
				if (!name.startsWith('paginate')) return (...parameters: unknown[]) => method(parameters);
				return async function* (...parameters: unknown[]) {
					yield* (await method(parameters)) as AsyncIterable<unknown>;
				};
			},
		},
	);
}

/** Makes a client answer the same question from the first answer, count what it sends, and send nothing but reads. */
function sharing(service: keyof Reads, client: Client, calls: Call[]): Client {
	const answers = new Map<string, Promise<unknown>>();
	const send = client.send.bind(client);
	client.send = (command, ...rest) => {
		const operation = command.constructor.name.replace(/Command$/, '');
		if (!reading.test(operation))
			throw new TypeError(`A check must not call ${service}:${operation}: it is not a read.`);
		const key = `${operation} ${JSON.stringify(command.input)}`;
		const known = answers.get(key);
		if (known) return known;
		calls.push({ service, operation });
		const answer = send(command, ...rest);
		if (!streams.has(operation)) answers.set(key, answer);
		return answer;
	};
	return client;
}
