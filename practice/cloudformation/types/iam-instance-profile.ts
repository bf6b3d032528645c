import {
	addRoleToInstanceProfile,
	createInstanceProfile,
	deleteInstanceProfile,
	getInstanceProfile,
	removeRoleFromInstanceProfile,
} from '../../services/iam/operations/instance-profiles.ts';
import { resource } from '../resource.ts';
import { type Settings, write } from './parts/settings.ts';
import { ifThere } from './parts/there.ts';

interface InstanceProfile {
	InstanceProfileName?: string;
	Path?: string;
	/** One. */
	Roles: string[];
}

const settings: Settings<Pick<InstanceProfile, 'Roles'>> = {
	Roles: {
		write(InstanceProfileName, after = [], { call }, before = []) {
			for (const RoleName of before.filter((name) => !after.includes(name))) {
				ifThere(() => call(removeRoleFromInstanceProfile, { InstanceProfileName, RoleName }));
			}
			for (const RoleName of after.filter((name) => !before.includes(name))) {
				call(addRoleToInstanceProfile, { InstanceProfileName, RoleName });
			}
		},
	},
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html */
export const instanceProfile = resource<InstanceProfile>('AWS::IAM::InstanceProfile', {
	properties: ['InstanceProfileName', 'Path', 'Roles'],
	namedBy: 'InstanceProfileName',
	exists: ({ InstanceProfileName }, { call }) =>
		InstanceProfileName && ifThere(() => call(getInstanceProfile, { InstanceProfileName })) && InstanceProfileName,
	create({ InstanceProfileName, Path, Roles }, context) {
		const { InstanceProfile } = context.call(createInstanceProfile, {
			InstanceProfileName: InstanceProfileName ?? context.name(128),
			...(Path !== undefined && { Path }),
		});
		const id = InstanceProfile!.InstanceProfileName!;
		write(settings, id, { Roles }, context);
		return { id, attributes: { Arn: InstanceProfile!.Arn! } };
	},
	read(id, { call }) {
		const live = ifThere(() => call(getInstanceProfile, { InstanceProfileName: id }).InstanceProfile!);
		return live && { InstanceProfileName: id, Path: live.Path!, Roles: live.Roles!.map(({ RoleName }) => RoleName!) };
	},
	update(id, properties, context) {
		write(settings, id, properties, context, context.before);
		return undefined;
	},
	delete(id, context) {
		write(settings, id, { Roles: [] }, context, context.declared);
		ifThere(() => context.call(deleteInstanceProfile, { InstanceProfileName: id }));
	},
});
