import * as iam from '@aws-sdk/client-iam';
import type { AccountInRegion } from '../../../account/account.ts';
import { type Access, type Call, operation } from '../../../operation.ts';
import { onInstanceProfile, onPolicy, onRole, onUser } from '../access.ts';
import { byKey, type PageRequest, page } from '../pages.ts';
import { InstanceProfiles } from '../stores/instance-profiles.ts';
import { ManagedPolicies } from '../stores/managed-policies.ts';
import { Roles } from '../stores/roles.ts';
import { Users } from '../stores/users.ts';
import { readTags, requestTags, withoutTags, withTags } from '../tags.ts';
import { tagList } from '../views.ts';
import { ownPolicy } from './managed-policies.ts';

interface Tagged {
	tags: Record<string, string>;
}
interface Kind<K extends string> {
	schemas: Record<'tag' | 'untag' | 'list', Parameters<typeof operation>[0]>;
	/** The member that names the thing. */
	member: K;
	find(account: AccountInRegion, name: string): Tagged;
	put(account: AccountInRegion, name: string, thing: Tagged): void;
	access: (input: { [key in K]?: string | undefined }, call: Call) => Access;
}
type Named<K extends string> = Record<K, string | undefined>;

/** The three operations on tags, which roles, users, policies and instance profiles have alike. */
function tags<K extends string>({ schemas, member, find, put, access }: Kind<K>) {
	const touches = (input: Named<K>) => input[member]!;
	const withRequest = (input: Named<K> & { Tags?: iam.Tag[]; TagKeys?: string[] }, call: Call): Access => {
		const { resource = '*', context } = access(input, call);
		const keys = input.TagKeys ? { 'aws:TagKeys': input.TagKeys } : requestTags(input.Tags);
		return { resource, context: { ...context, ...keys } };
	};
	const tag = operation(
		schemas.tag,
		(input: Named<K> & { Tags: iam.Tag[] }, { account }) => {
			const thing = find(account, input[member]!);
			put(account, input[member]!, { ...thing, tags: withTags(thing.tags, readTags(input.Tags)) });
		},
		{ access: withRequest, touches },
	);
	const untag = operation(
		schemas.untag,
		(input: Named<K> & { TagKeys: string[] }, { account }) => {
			const thing = find(account, input[member]!);
			put(account, input[member]!, { ...thing, tags: withoutTags(thing.tags, input.TagKeys) });
		},
		{ access: withRequest, touches },
	);
	const list = operation(
		schemas.list,
		(input: Named<K> & PageRequest, { account }) => {
			const all = tagList(find(account, input[member]!).tags).sort(byKey(({ Key }) => Key!));
			const { items, rest } = page(all, ({ Key }) => Key!, input);
			return { Tags: items, ...rest };
		},
		{ access },
	);
	return { tag, untag, list };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html */
export const roleTags = tags({
	schemas: { tag: iam.TagRole$, untag: iam.UntagRole$, list: iam.ListRoleTags$ },
	member: 'RoleName',
	find: (account, name) => account.store(Roles).find(name),
	put: (account, name, role) => account.store(Roles).put(name, role as never),
	access: onRole,
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_users.html */
export const userTags = tags({
	schemas: { tag: iam.TagUser$, untag: iam.UntagUser$, list: iam.ListUserTags$ },
	member: 'UserName',
	find: (account, name) => account.store(Users).find(name),
	put: (account, name, user) => account.store(Users).put(name, user as never),
	access: onUser,
});

const policyTags = tags({
	schemas: { tag: iam.TagPolicy$, untag: iam.UntagPolicy$, list: iam.ListPolicyTags$ },
	member: 'PolicyArn',
	find: (account, arn) => account.store(ManagedPolicies).find(arn),
	put: (account, arn, policy) => {
		ownPolicy(account.store(ManagedPolicies), arn);
		account.store(ManagedPolicies).put(arn, policy as never);
	},
	access: onPolicy,
});

const instanceProfileTags = tags({
	schemas: { tag: iam.TagInstanceProfile$, untag: iam.UntagInstanceProfile$, list: iam.ListInstanceProfileTags$ },
	member: 'InstanceProfileName',
	find: (account, name) => account.store(InstanceProfiles).find(name),
	put: (account, name, profile) => account.store(InstanceProfiles).put(name, profile as never),
	access: onInstanceProfile,
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export const tagOperations = [
	...Object.values(roleTags),
	...Object.values(userTags),
	...Object.values(policyTags),
	...Object.values(instanceProfileTags),
];
