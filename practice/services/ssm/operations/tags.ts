import {
	AddTagsToResource$,
	type AddTagsToResourceRequest,
	type AddTagsToResourceResult,
	ListTagsForResource$,
	type ListTagsForResourceRequest,
	type ListTagsForResourceResult,
	RemoveTagsFromResource$,
	type RemoveTagsFromResourceRequest,
	type RemoveTagsFromResourceResult,
} from '@aws-sdk/client-ssm';
import { Fault, notImplemented } from '../../../fault.ts';
import { type Call, operation } from '../../../operation.ts';
import { type Parameter, Parameters } from '../parameters.ts';

interface Tagged {
	ResourceType?: string | undefined;
	ResourceId?: string | undefined;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = operation(
	AddTagsToResource$,
	(input: AddTagsToResourceRequest, { account }): AddTagsToResourceResult => {
		const parameter = tagged(account.store(Parameters), input);
		for (const { Key, Value } of input.Tags!) parameter.tags[Key!] = Value!;
		if (Object.keys(parameter.tags).length > 50) {
			throw new Fault('TooManyTagsError', 'The Targets parameter includes too many tags.');
		}
		account.store(Parameters).put(parameter.name, parameter);
		return {};
	},
	{ access: onParameter, touches: ({ ResourceId }) => ResourceId },
);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = operation(
	RemoveTagsFromResource$,
	(input: RemoveTagsFromResourceRequest, { account }): RemoveTagsFromResourceResult => {
		const parameter = tagged(account.store(Parameters), input);
		for (const key of input.TagKeys!) delete parameter.tags[key];
		account.store(Parameters).put(parameter.name, parameter);
		return {};
	},
	{ access: onParameter, touches: ({ ResourceId }) => ResourceId },
);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(
	ListTagsForResource$,
	(input: ListTagsForResourceRequest, { account }): ListTagsForResourceResult => {
		const { tags } = tagged(account.store(Parameters), input);
		return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
	},
	{ access: onParameter },
);

function onParameter({ ResourceId }: Tagged, { account }: Call) {
	return { resource: account.store(Parameters).arn(ResourceId!) };
}

const resourceTypes = [
	...['Document', 'ManagedInstance', 'MaintenanceWindow', 'PatchBaseline', 'OpsItem', 'OpsMetadata'],
	...['Automation', 'Association'],
];

function tagged(parameters: Parameters, { ResourceType, ResourceId }: Tagged): Parameter {
	if (ResourceType !== 'Parameter') {
		if (resourceTypes.includes(ResourceType!)) throw notImplemented(`Systems Manager's ${ResourceType}`);
		throw new Fault('InvalidResourceType', `${ResourceType} is not a valid resource type.`);
	}
	const parameter = parameters.get(ResourceId!);
	if (!parameter)
		throw new Fault(
			'InvalidResourceId',
			'The resource ID is not valid. Verify that you entered the correct ID and try again.',
		);
	return parameter;
}
