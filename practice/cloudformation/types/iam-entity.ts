import { type Json, same } from '../json.ts';
import type { ResourceContext } from '../resource.ts';
import { asText } from './documents.ts';

export interface InlinePolicy {
	PolicyName: string;
	PolicyDocument: Json;
}

/** What roles, users and groups have in common: policies of their own, and managed ones that are attached. */
export interface EntityProperties {
	ManagedPolicyArns?: string[];
	Policies?: InlinePolicy[];
}

/** IAM's operations on the policies of one kind of entity. */
export interface EntityPolicies {
	put(policy: { PolicyName: string; PolicyDocument: string }): void;
	remove(policyName: string): void;
	attach(arn: string): void;
	detach(arn: string): void;
}

/** Tells IAM what of an entity's policies is said differently from before. */
export function changePolicies(after: EntityProperties, before: EntityProperties, iam: EntityPolicies): void {
	const old = new Map((before.Policies ?? []).map((policy) => [policy.PolicyName, policy]));
	const kept = new Set((after.Policies ?? []).map(({ PolicyName }) => PolicyName));
	for (const name of old.keys()) if (!kept.has(name)) iam.remove(name);
	for (const { PolicyName, PolicyDocument } of after.Policies ?? []) {
		if (same(old.get(PolicyName)?.PolicyDocument, PolicyDocument)) continue;
		iam.put({ PolicyName, PolicyDocument: asText(PolicyDocument) });
	}
	const attached = before.ManagedPolicyArns ?? [];
	const wanted = after.ManagedPolicyArns ?? [];
	for (const arn of attached.filter((each) => !wanted.includes(each))) iam.detach(arn);
	for (const arn of wanted.filter((each) => !attached.includes(each))) iam.attach(arn);
}

/** A document as IAM answers it. */
export const decoded = (text: string): Json => JSON.parse(decodeURIComponent(text)) as Json;

export type CallOperation = ResourceContext['call'];
