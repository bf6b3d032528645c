import { administration } from './administration.ts';
import { compute } from './compute.ts';
import { delivery } from './delivery.ts';
import { observation } from './observation.ts';
import { storage } from './storage.ts';

/** A policy document as data. */
export interface Document {
	Version: string;
	Statement: object[];
}

/**
 * The AWS managed policies that the practice account has, by path and name: `service-role/AWSLambdaBasicExecutionRole`.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicies: Record<string, Document> = {
	...administration,
	...compute,
	...delivery,
	...observation,
	...storage,
};
