import { resource } from '../resource.ts';

/** On its own it does nothing, which is what an empty stack needs. Nobody answers at its address. */
export const waitConditionHandle = resource<Record<never, never>>('AWS::CloudFormation::WaitConditionHandle', {
	properties: [],
	create: (_properties, { stack, logicalId }) => ({
		id: `https://cloudformation-waitcondition-us-east-1.s3.amazonaws.com/${encodeURIComponent(`${stack.id}/${logicalId}`)}`,
	}),
	delete: () => undefined,
});
