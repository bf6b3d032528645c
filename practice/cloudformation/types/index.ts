import type { ResourceType } from '../resource.ts';
import { metadata } from './cdk-metadata.ts';
import { parameter } from './ssm-parameter.ts';
import { waitConditionHandle } from './wait-condition-handle.ts';

/** Every resource type that stacks may have, by name. */
// biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own
export const resourceTypes: Record<string, ResourceType<any>> = Object.fromEntries([
	metadata,
	parameter,
	waitConditionHandle,
]);
