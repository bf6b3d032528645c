import { GetParameters$, type GetParametersRequest, type GetParametersResult } from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { Parameters } from '../parameters.ts';
import { asParameter, baseName, select } from '../select.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = operation(
	GetParameters$,
	({ Names, WithDecryption }: GetParametersRequest, { account }): GetParametersResult => {
		checkNames(Names!);
		const found = Names!.map((name) => ({ name, selected: select(account.store(Parameters), name) }));
		return {
			Parameters: found.flatMap(({ selected }) =>
				typeof selected === 'string' ? [] : [asParameter(account, selected, WithDecryption === true)],
			),
			InvalidParameters: found.flatMap(({ name, selected }) => (typeof selected === 'string' ? [name] : [])),
		};
	},
	{
		access: ({ Names }, { account }) =>
			Names!.map((name) => ({ resource: account.store(Parameters).arn(baseName(name)) })),
	},
);

/** At most ten, each once. */
export function checkNames(names: string[]): void {
	if (names.length === 0 || names.length > 10) {
		throw new Fault(
			'ValidationException',
			`1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length ${names.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 10'}`,
		);
	}
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice) {
		throw new Fault('ValidationException', `Parameters cannot be duplicated in the request: ${twice}`);
	}
}
