import {
	ListExports$,
	type ListExportsInput,
	type ListExportsOutput,
	ListImports$,
	type ListImportsInput,
	type ListImportsOutput,
} from '@aws-sdk/client-cloudformation';
import { Exports, Imports } from '../../../cloudformation/state/exports.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { operation } from '../../../operation.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
export const listExports = operation(
	ListExports$,
	({ NextToken }: ListExportsInput, { account }): ListExportsOutput => {
		const { items, ...rest } = page(account.store(Exports).list(), NextToken, 100);
		return {
			Exports: items.map(({ name, value, stack }) => ({ Name: name, Value: value, ExportingStackId: stack })),
			...rest,
		};
	},
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListImports.html */
export const listImports = operation(
	ListImports$,
	({ ExportName, NextToken }: ListImportsInput, { account }): ListImportsOutput => {
		const users = account.store(Imports).of(ExportName!);
		if (users.length === 0) throw invalid(`Export '${ExportName}' is not imported by any stack.`);
		const { items, ...rest } = page(users, NextToken, 100);
		return { Imports: items, ...rest };
	},
);
