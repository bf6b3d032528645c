import { Fault } from '../../fault.ts';
import type { Template } from './template.ts';

/** IAM's types, and the property that names each. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html */
const names: Record<string, string> = {
	'AWS::IAM::AccessKey': '',
	'AWS::IAM::Group': 'GroupName',
	'AWS::IAM::GroupPolicy': '',
	'AWS::IAM::InstanceProfile': 'InstanceProfileName',
	'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
	'AWS::IAM::Policy': '',
	'AWS::IAM::Role': 'RoleName',
	'AWS::IAM::RolePolicy': '',
	'AWS::IAM::User': 'UserName',
	'AWS::IAM::UserPolicy': '',
	'AWS::IAM::UserToGroupAddition': '',
};

/** What a template wants acknowledged: that it makes IAM resources, or such with names of their own. */
export function capabilitiesOf({ resources }: Template): {
	capability?: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM';
	types: string[];
} {
	const found = Object.values(resources).filter(({ type }) => Object.hasOwn(names, type));
	if (found.length === 0) return { types: [] };
	const named = found.some(({ type, properties }) => names[type] && properties[names[type]!] !== undefined);
	return {
		capability: named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM',
		types: [...new Set(found.map(({ type }) => type))],
	};
}

export function requireCapabilities(template: Template, acknowledged: readonly string[]): void {
	const { capability } = capabilitiesOf(template);
	if (!capability || acknowledged.includes('CAPABILITY_NAMED_IAM') || acknowledged.includes(capability)) return;
	throw new Fault('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`);
}
