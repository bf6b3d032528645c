import { getRole, updateRoleDescription } from '../../services/iam/operations/roles.ts';
import {
	createServiceLinkedRole,
	deleteServiceLinkedRole,
} from '../../services/iam/operations/service-linked-roles.ts';
import { resource } from '../resource.ts';
import { ifThere } from './parts/there.ts';

interface ServiceLinkedRole {
	/** `ecs.amazonaws.com` */
	AWSServiceName: string;
	Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-servicelinkedrole.html */
export const serviceLinkedRole = resource<ServiceLinkedRole>('AWS::IAM::ServiceLinkedRole', {
	properties: ['AWSServiceName', 'Description'],
	create(properties, { call }) {
		const id = call(createServiceLinkedRole, properties).Role!.RoleName!;
		return { id, attributes: { RoleName: id } };
	},
	read(id, { call }) {
		const live = ifThere(() => call(getRole, { RoleName: id }).Role!);
		return (
			live && { AWSServiceName: live.Path!.split('/')[2]!, ...(live.Description && { Description: live.Description }) }
		);
	},
	update(id, { Description = '' }, { call }) {
		call(updateRoleDescription, { RoleName: id, Description });
		return undefined;
	},
	delete: (id, { call }) => ifThere(() => call(deleteServiceLinkedRole, { RoleName: id })),
});
