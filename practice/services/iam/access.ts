import type { Access, Call } from '../../operation.ts';
import { Groups } from './stores/groups.ts';
import { InstanceProfiles } from './stores/instance-profiles.ts';
import { Roles } from './stores/roles.ts';
import { Users } from './stores/users.ts';
import { resourceTags } from './tags.ts';

/** The permission that an operation needs on one role, user, group or instance profile. */
const onEntity =
	<K extends string>(
		member: K,
		Store: typeof Roles | typeof Users | typeof Groups | typeof InstanceProfiles,
		more: (input: never) => Record<string, string | string[]> = () => ({}),
	) =>
	(input: { [key in K]?: string | undefined }, { account, principal }: Call): Access => {
		const store = account.store<Roles | Users | Groups | InstanceProfiles>(Store as never);
		const own = principal.kind === 'user' ? principal.name : '';
		const name = (input[member] as string | undefined) ?? own;
		const boundary = (store.get(name) as { boundary?: string } | undefined)?.boundary;
		return {
			resource: store.arnOf(name),
			context: {
				...resourceTags(store.get(name)?.tags),
				...(boundary && { 'iam:PermissionsBoundary': boundary }),
				...more(input as never),
			},
		};
	};

export const onRole = onEntity('RoleName', Roles);
export const onUser = onEntity('UserName', Users);
export const onGroup = onEntity('GroupName', Groups);
export const onInstanceProfile = onEntity('InstanceProfileName', InstanceProfiles);
export { onEntity };

/** The permission on a managed policy. */
export const onPolicy = ({ PolicyArn }: { PolicyArn?: string | undefined }): Access => ({ resource: PolicyArn ?? '*' });

/** The permission to list what lies below a path. */
export const below =
	(what: string) =>
	({ PathPrefix = '/' }: { PathPrefix?: string | undefined }, { account }: Call): Access => ({
		resource: account.arn('iam', `${what}${PathPrefix}`),
	});
