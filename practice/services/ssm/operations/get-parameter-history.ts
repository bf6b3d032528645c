import {
	GetParameterHistory$,
	type GetParameterHistoryRequest,
	type GetParameterHistoryResult,
	type ParameterHistory,
} from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';
import { Parameters, type ParameterVersion } from '../parameters.ts';
import { shownValue } from '../select.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const getParameterHistory = operation(
	GetParameterHistory$,
	(input: GetParameterHistoryRequest, { account }): GetParameterHistoryResult => {
		const parameter = account.store(Parameters).get(input.Name!);
		if (!parameter) throw new Fault('ParameterNotFound', '');
		const { items, NextToken } = page(parameter.versions, input, { default: 50, most: 50 });
		return {
			Parameters: items.map((version) => history(parameter.name, version, input.WithDecryption === true)),
			...(NextToken && { NextToken }),
		};
	},
	{ access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(Name!) }) },
);

const history = (name: string, version: ParameterVersion, decrypt: boolean): ParameterHistory => ({
	Name: name,
	Type: version.type,
	...(version.keyId && { KeyId: version.keyId }),
	LastModifiedDate: new Date(version.modified),
	LastModifiedUser: version.modifiedBy,
	...(version.description !== undefined && { Description: version.description }),
	Value: shownValue(version, decrypt),
	...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
	Version: version.version,
	Labels: version.labels,
	Tier: version.tier,
	Policies: [],
	DataType: version.dataType,
});
