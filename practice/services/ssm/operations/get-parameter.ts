import { GetParameter$, type GetParameterRequest, type GetParameterResult } from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { Parameters } from '../parameters.ts';
import { asParameter, baseName, select } from '../select.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = operation(
	GetParameter$,
	(input: GetParameterRequest, { account }): GetParameterResult => {
		const found = select(account.store(Parameters), input.Name!);
		if (found === 'no-parameter') throw new Fault('ParameterNotFound', '');
		if (found === 'no-version') {
			throw new Fault(
				'ParameterVersionNotFound',
				`Systems Manager could not find version ${input.Name!.split(':').at(-1)} of ${input.Name!.split(':')[0]}. Verify the version and try again.`,
			);
		}
		return { Parameter: asParameter(account, found, input.WithDecryption === true) };
	},
	{ access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(baseName(Name!)) }) },
);
