import {
	DescribeParameters$,
	type DescribeParametersRequest,
	type DescribeParametersResult,
	type ParameterMetadata,
	type ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { Fault, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { describable, filter } from '../filters.ts';
import { page } from '../page.ts';
import { latest, type Parameter, Parameters } from '../parameters.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = operation(
	DescribeParameters$,
	(input: DescribeParametersRequest, { account }): DescribeParametersResult => {
		if (input.Shared) refuseParameters('ssm:DescribeParameters', input, ['Shared']);
		const { Filters = [], ParameterFilters = [] } = input;
		if (Filters.length > 0 && ParameterFilters.length > 0) {
			throw new Fault('ValidationException', 'You can use either Filters or ParameterFilters in a single request.');
		}
		const older = Filters.map(({ Key, Values }): ParameterStringFilter => ({ Key, Option: 'BeginsWith', Values }));
		const passes = filter([...ParameterFilters, ...older], describable);
		const all = account.store(Parameters).list().filter(passes);
		const { items, NextToken } = page(all, input, { default: 10, most: 50 });
		const arn = (name: string) => account.store(Parameters).arn(name);
		return { Parameters: items.map((each) => metadata(each, arn(each.name))), ...(NextToken && { NextToken }) };
	},
	{ access: (_input, { account }) => ({ resource: account.arn('ssm', '*') }) },
);

function metadata(parameter: Parameter, arn: string): ParameterMetadata {
	const version = latest(parameter);
	return {
		Name: parameter.name,
		ARN: arn,
		Type: version.type,
		...(version.keyId && { KeyId: version.keyId }),
		LastModifiedDate: new Date(version.modified),
		LastModifiedUser: version.modifiedBy,
		...(version.description !== undefined && { Description: version.description }),
		...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
		Version: version.version,
		Tier: version.tier,
		Policies: [],
		DataType: version.dataType,
	};
}
