import type {
	attachedToGroup,
	attachedToRole,
	attachedToUser,
} from '../../../services/iam/operations/attached-policies.ts';
import type { groupPolicies, rolePolicies, userPolicies } from '../../../services/iam/operations/inline-policies.ts';
import { type Json, same } from '../../json.ts';
import { asText, liveDocument } from '../documents.ts';
import { inOrderOf } from './live.ts';
import type { Setting } from './settings.ts';
import { ifThere } from './there.ts';

export interface InlinePolicy {
	PolicyName: string;
	PolicyDocument: Json;
}

/** A document of IAM's answers, which are URL-encoded, in the words of the declared one where it says the same. */
export const decoded = (document: string | undefined, declared: Json | undefined): NonNullable<Json> =>
	liveDocument(decodeURIComponent(document ?? ''), declared);

/** A policy that somebody took is no error; that whoever had it is gone is one. */
const noPolicy = /^NoSuchEntity\w*: (Policy|The (role|user|group) policy) /;

type Member = 'RoleName' | 'UserName' | 'GroupName';
type Named = Record<Member, string>;

/** The `ManagedPolicyArns` of a role, user or group. */
export function attached(
	member: Member,
	of: typeof attachedToRole | typeof attachedToUser | typeof attachedToGroup,
): Setting<string[]> {
	const { attach, detach, list } = of as typeof attachedToRole;
	const named = (name: string) => ({ [member]: name }) as Named;
	return {
		write(name, after = [], { call }, before = []) {
			const gone = before.filter((arn) => !after.includes(arn));
			for (const PolicyArn of gone) {
				ifThere(() => call(detach, { ...named(name), PolicyArn }), noPolicy);
			}
			for (const PolicyArn of after) call(attach, { ...named(name), PolicyArn });
		},
		read(name, { call }, declared) {
			const { AttachedPolicies } = call(list, named(name));
			return inOrderOf(
				declared,
				AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
				(arn) => arn,
			);
		},
	};
}

/** The `Policies` of a role, user or group. */
export function inline(
	member: Member,
	of: typeof rolePolicies | typeof userPolicies | typeof groupPolicies,
): Setting<InlinePolicy[]> {
	const { put, get, list, delete: remove } = of as typeof rolePolicies;
	const named = (name: string) => ({ [member]: name }) as Named;
	return {
		write(name, after = [], { call }, before = []) {
			const names = after.map(({ PolicyName }) => PolicyName);
			const gone = before.filter(({ PolicyName }) => !names.includes(PolicyName));
			for (const { PolicyName } of gone) {
				ifThere(() => call(remove, { ...named(name), PolicyName }), noPolicy);
			}
			for (const policy of after) {
				if (before.some((each) => same(each, policy))) continue;
				const { PolicyName, PolicyDocument } = policy;
				call(put, { ...named(name), PolicyName, PolicyDocument: asText(PolicyDocument) });
			}
		},
		read(name, { call }, declared) {
			const live = call(list, named(name)).PolicyNames.map((PolicyName) => {
				const { PolicyDocument } = call(get, { ...named(name), PolicyName });
				const said = declared?.find((each) => each.PolicyName === PolicyName);
				return { PolicyName, PolicyDocument: decoded(PolicyDocument, said?.PolicyDocument) };
			});
			return inOrderOf(declared, live, ({ PolicyName }) => PolicyName);
		},
	};
}
