import { addUserToGroup, getGroup, removeUserFromGroup } from '../../services/iam/operations/groups.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { ifThere } from './parts/there.ts';

interface UserToGroupAddition {
	GroupName: string;
	Users: string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-usertogroupaddition.html */
export const userToGroupAddition = resource<UserToGroupAddition>('AWS::IAM::UserToGroupAddition', {
	properties: ['GroupName', 'Users'],
	create({ GroupName, Users }, { call, name }) {
		for (const UserName of Users) call(addUserToGroup, { GroupName, UserName });
		const id = name(64);
		return { id, attributes: { Id: id } };
	},
	read(_id, { call, declared: { GroupName, Users } }) {
		const members = ifThere(() => call(getGroup, { GroupName }).Users!);
		const there = Users.filter((name) => members?.some(({ UserName }) => UserName === name));
		return there.length > 0 ? { GroupName, Users: there } : undefined;
	},
	update(_id, { GroupName, Users }, { call, before }) {
		const moved = GroupName !== before.GroupName;
		remove({ ...before, Users: before.Users.filter((name) => moved || !Users.includes(name)) }, call);
		for (const UserName of Users) call(addUserToGroup, { GroupName, UserName });
		return undefined;
	},
	delete: (_id, { call, declared }) => remove(declared, call),
});

function remove({ GroupName, Users }: UserToGroupAddition, call: ResourceContext['call']): void {
	for (const UserName of Users) ifThere(() => call(removeUserFromGroup, { GroupName, UserName }));
}
