import { XmlCodec } from '@aws-sdk/core/protocols';
import { CborCodec } from '@smithy/core/cbor';
import { FromStringShapeDeserializer, JsonCodec2, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import type { SerdeFunctions } from '@smithy/types';

/** The SDK's own codecs, used in both directions. */
export interface Codec {
	/** Throws a SyntaxError or the codec's own error when the bytes are malformed. */
	read(schema: NormalizedSchema, bytes: Uint8Array): Promise<unknown>;
	write(schema: NormalizedSchema, value: unknown): string | Uint8Array;
}

interface SdkCodec {
	setSerdeContext(context: SerdeFunctions): void;
	createSerializer(): { write(schema: NormalizedSchema, value: unknown): void; flush(): string | Uint8Array };
	createDeserializer(): { read(schema: NormalizedSchema, bytes: Uint8Array): unknown };
}

const serde = {
	base64Encoder: toBase64,
	base64Decoder: fromBase64,
	utf8Encoder: toUtf8,
	utf8Decoder: fromUtf8,
	streamCollector: async (stream: unknown) => stream,
} as unknown as SerdeFunctions;

function codec(sdk: SdkCodec): Codec {
	sdk.setSerdeContext(serde);
	return {
		read: async (schema, bytes) => sdk.createDeserializer().read(schema, bytes),
		write(schema, value) {
			const serializer = sdk.createSerializer();
			serializer.write(schema, value);
			return serializer.flush();
		},
	};
}

const epoch = { timestampFormat: { useTrait: true, default: 7 as const } };
const dateTime = { timestampFormat: { useTrait: true, default: 5 as const } };

/** AWS JSON 1.0 and 1.1. */
export const rpcJson = codec(new JsonCodec2({ ...epoch, jsonName: false }) as unknown as SdkCodec);
export const restJson = codec(
	new JsonCodec2({ ...epoch, httpBindings: true, jsonName: true } as never) as unknown as SdkCodec,
);
export const cbor = codec(new CborCodec() as unknown as SdkCodec);

const xmlCodecs = new Map<string, Codec>();

/** XML, each service with its namespace. */
export function xml(namespace: string, xmlNamespace: string): Codec {
	const key = `${namespace} ${xmlNamespace}`;
	let found = xmlCodecs.get(key);
	if (!found) {
		const settings = { ...dateTime, httpBindings: true, xmlNamespace, serviceNamespace: namespace };
		found = codec(new XmlCodec(settings as never) as unknown as SdkCodec);
		xmlCodecs.set(key, found);
	}
	return found;
}

/** Strings in query forms (`form`) and in headers, paths and query parameters of the REST protocols. */
export const text = {
	xml: strings({ ...dateTime, httpBindings: true }),
	json: strings({ ...epoch, httpBindings: true }),
	form: strings({ ...dateTime, httpBindings: false }),
};
export type TextCodec = (typeof text)['xml'];

function strings(settings: object) {
	const reader = new FromStringShapeDeserializer(settings as never);
	const writer = new ToStringShapeSerializer(settings as never);
	reader.setSerdeContext(serde);
	writer.setSerdeContext(serde);
	return {
		read: (schema: NormalizedSchema, value: string): unknown => reader.read(schema, value),
		write(schema: NormalizedSchema, value: unknown): string {
			writer.write(schema, value);
			return writer.flush();
		},
	};
}
