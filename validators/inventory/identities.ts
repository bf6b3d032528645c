import { consoleUrl } from '../console-url.ts';
import type { Item, Listing } from '../inventory.ts';
import { gather } from '../pages.ts';

/** Roles, users, and the policies that are the account's own. They belong to no region. */
export const identities: Listing = {
	kind: 'roles, users and policies',
	async read(aws, { region }) {
		const [roles, users, policies] = await Promise.all([
			gather(aws.iam.paginateListRoles({}), (page) => page.Roles),
			gather(aws.iam.paginateListUsers({}), (page) => page.Users),
			gather(aws.iam.paginateListPolicies({ Scope: 'Local' }), (page) => page.Policies),
		]);
		const item = (type: string, id: string, command: string, json: unknown): Item => ({
			type,
			id,
			consoleUrl: consoleUrl(type, id, region),
			command,
			json,
		});
		return [
			...roles.map((role) =>
				item('AWS::IAM::Role', role.RoleName!, `aws iam get-role --role-name ${role.RoleName}`, role),
			),
			...users.map((user) =>
				item('AWS::IAM::User', user.UserName!, `aws iam get-user --user-name ${user.UserName}`, user),
			),
			...policies.map((policy) =>
				item('AWS::IAM::ManagedPolicy', policy.Arn!, `aws iam get-policy --policy-arn ${policy.Arn}`, policy),
			),
		];
	},
};
