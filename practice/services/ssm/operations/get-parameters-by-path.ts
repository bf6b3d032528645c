import {
	GetParametersByPath$,
	type GetParametersByPathRequest,
	type GetParametersByPathResult,
} from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { below, filter, inPath } from '../filters.ts';
import { page } from '../page.ts';
import { latest, Parameters } from '../parameters.ts';
import { asParameter } from '../select.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const getParametersByPath = operation(
	GetParametersByPath$,
	(input: GetParametersByPathRequest, { account }): GetParametersByPathResult => {
		const { Path, Recursive, ParameterFilters = [], WithDecryption } = input;
		if (!/^\/[\w./-]*$/.test(Path!) || /^\/ssm/i.test(Path!)) {
			throw new Fault(
				'ValidationException',
				'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
			);
		}
		const passes = filter(ParameterFilters, inPath);
		// A label chooses the version that bears it.
		const labels = ParameterFilters.find(({ Key }) => Key === 'Label')?.Values;
		const all = account
			.store(Parameters)
			.list()
			.filter((parameter) => {
				const rest = below(parameter.name, Path!);
				return rest !== undefined && (Recursive || !rest.includes('/')) && passes(parameter);
			});
		const { items, NextToken } = page(all, input, { default: 10, most: 10 });
		return {
			Parameters: items.map((parameter) => {
				const version = parameter.versions.find((each) => each.labels.some((label) => labels?.includes(label)));
				const selected = { parameter, version: version ?? latest(parameter), selector: '' };
				return asParameter(account, selected, WithDecryption === true);
			}),
			...(NextToken && { NextToken }),
		};
	},
	{ access: ({ Path }, { account }) => ({ resource: account.store(Parameters).arn(Path!) }) },
);
