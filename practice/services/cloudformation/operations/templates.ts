import {
	GetTemplate$,
	type GetTemplateInput,
	type GetTemplateOutput,
	GetTemplateSummary$,
	type GetTemplateSummaryInput,
	type GetTemplateSummaryOutput,
	ValidateTemplate$,
	type ValidateTemplateInput,
	type ValidateTemplateOutput,
} from '@aws-sdk/client-cloudformation';
import { typeSpec } from '../../../cloudformation/spec/spec.ts';
import { Templates } from '../../../cloudformation/state/templates.ts';
import { capabilitiesOf } from '../../../cloudformation/template/capabilities.ts';
import { invalid } from '../../../cloudformation/template/faults.ts';
import { readTemplate, type Template } from '../../../cloudformation/template/template.ts';
import { validateTemplate } from '../../../cloudformation/template/validate.ts';
import { refuseParameters } from '../../../fault.ts';
import { type Call, operation } from '../../../operation.ts';
import { findStack, stackArn } from '../find.ts';
import { templateText } from '../template-source.ts';
import { findChangeSet } from './change-sets.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html */
export const getTemplate = operation(
	GetTemplate$,
	({ StackName, ChangeSetName }: GetTemplateInput, { account }): GetTemplateOutput => {
		const templates = account.store(Templates);
		const { template } =
			ChangeSetName === undefined
				? findStack(account, StackName ?? '')
				: findChangeSet(account, ChangeSetName, StackName);
		// Without transforms there is no difference between a template as it was sent and as it was processed.
		return { TemplateBody: templates.text(template), StagesAvailable: ['Original', 'Processed'] };
	},
	{ access: ({ StackName }, { account }) => ({ resource: stackArn(account, StackName) }) },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html */
export const validate = operation(
	ValidateTemplate$,
	(input: ValidateTemplateInput, call: Call): ValidateTemplateOutput => {
		const text = templateText(input, call);
		if (text === undefined) throw invalid('Either Template URL or Template Body must be specified.');
		const template = readTemplate(text);
		validateTemplate(template);
		return {
			Parameters: Object.entries(template.parameters).map(([ParameterKey, { Default, NoEcho, Description }]) => ({
				ParameterKey,
				NoEcho,
				...(Default !== undefined && { DefaultValue: Default }),
				...(Description !== undefined && { Description }),
			})),
			...(template.description !== undefined && { Description: template.description }),
			...capabilities(template),
		};
	},
);

function capabilities(template: Template) {
	const { capability, types } = capabilitiesOf(template);
	if (!capability) return {};
	return {
		Capabilities: [capability],
		CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
	};
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html */
export const getTemplateSummary = operation(
	GetTemplateSummary$,
	(input: GetTemplateSummaryInput, call: Call): GetTemplateSummaryOutput => {
		refuseParameters('cloudformation:GetTemplateSummary', input, ['StackSetName', 'TemplateSummaryConfig', 'CallAs']);
		const { account } = call;
		const text = templateText(input, call);
		const template =
			text === undefined
				? account.store(Templates).read(findStack(account, input.StackName ?? '').template)
				: readTemplate(text);
		validateTemplate(template);
		const resources = Object.entries(template.resources);
		const types = [...new Set(resources.map(([, { type }]) => type))];
		return {
			Parameters: Object.entries(template.parameters).map(([ParameterKey, declaration]) => ({
				ParameterKey,
				ParameterType: declaration.Type,
				NoEcho: declaration.NoEcho,
				...(declaration.Default !== undefined && { DefaultValue: declaration.Default }),
				...(declaration.Description !== undefined && { Description: declaration.Description }),
				ParameterConstraints: declaration.AllowedValues ? { AllowedValues: declaration.AllowedValues } : {},
			})),
			...(template.description !== undefined && { Description: template.description }),
			...capabilities(template),
			ResourceTypes: types,
			...(template.version !== undefined && { Version: template.version }),
			...(template.metadata !== undefined && { Metadata: JSON.stringify(template.metadata) }),
			ResourceIdentifierSummaries: types.map((ResourceType) => ({
				ResourceType,
				LogicalResourceIds: resources.filter(([, { type }]) => type === ResourceType).map(([name]) => name),
				ResourceIdentifiers: typeSpec(ResourceType)?.identifier ?? [],
			})),
		};
	},
);
