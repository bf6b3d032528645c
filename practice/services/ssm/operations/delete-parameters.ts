import {
	DeleteParameter$,
	type DeleteParameterRequest,
	type DeleteParameterResult,
	DeleteParameters$,
	type DeleteParametersRequest,
	type DeleteParametersResult,
} from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { Parameters } from '../parameters.ts';
import { checkNames } from './get-parameters.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = operation(
	DeleteParameter$,
	({ Name }: DeleteParameterRequest, { account }): DeleteParameterResult => {
		if (!account.store(Parameters).delete(Name!)) throw new Fault('ParameterNotFound', '');
		return {};
	},
	{
		access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(Name!) }),
		touches: ({ Name }) => Name,
	},
);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = operation(
	DeleteParameters$,
	({ Names }: DeleteParametersRequest, { account }): DeleteParametersResult => {
		checkNames(Names!);
		const there = Names!.filter((name) => account.store(Parameters).delete(name));
		return { DeletedParameters: there, InvalidParameters: Names!.filter((name) => !there.includes(name)) };
	},
	{
		access: ({ Names }, { account }) => Names!.map((name) => ({ resource: account.store(Parameters).arn(name) })),
		touches: ({ Names }) => Names?.join(', '),
	},
);
