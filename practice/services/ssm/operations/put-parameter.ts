import { PutParameter$, type PutParameterRequest, type PutParameterResult } from '@aws-sdk/client-ssm';
import { Fault, notImplemented, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { latest, type Parameter, Parameters, type ParameterVersion } from '../parameters.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation(
	PutParameter$,
	(input: PutParameterRequest, { account, principal }): PutParameterResult => {
		if (input.Policies) refuseParameters('ssm:PutParameter', input, ['Policies']);
		if (input.DataType && input.DataType !== 'text')
			throw notImplemented(`ssm:PutParameter's data type ${input.DataType}`);
		if (input.Overwrite && input.Tags?.length) {
			throw new Fault(
				'ValidationException',
				"Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
			);
		}
		const parameters = account.store(Parameters);
		const existing = parameters.get(input.Name!);
		if (existing && !input.Overwrite) {
			throw new Fault(
				'ParameterAlreadyExists',
				'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
			);
		}
		const version = nextVersion(input, existing, account.clock.now(), principal.arn);
		const oldest = existing?.versions[0];
		if (existing?.versions.length === 100 && oldest!.labels.length > 0) {
			throw new Fault(
				'ParameterMaxVersionLimitExceeded',
				`You attempted to create a new version of ${input.Name} by calling the PutParameter API with the overwrite flag. Version ${oldest!.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
			);
		}
		parameters.put(input.Name!, {
			name: input.Name!,
			versions: [...(existing?.versions ?? []), version].slice(-100),
			tags: existing?.tags ?? Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key!, Value!])),
		});
		return { Version: version.version, Tier: version.tier };
	},
	{
		access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(Name!) }),
		touches: ({ Name }) => Name,
	},
);

function nextVersion(
	input: PutParameterRequest,
	existing: Parameter | undefined,
	now: number,
	by: string,
): ParameterVersion {
	const before = existing && latest(existing);
	const type = input.Type ?? before?.type;
	if (!type) throw new Fault('ValidationException', 'A parameter type is required when you create a parameter.');
	check(input, before);
	return {
		version: (before?.version ?? 0) + 1,
		type,
		value: input.Value!,
		dataType: input.DataType ?? before?.dataType ?? 'text',
		modified: now,
		modifiedBy: by,
		labels: [],
		tier: tierOf(input, before),
		...(input.Description !== undefined && { description: input.Description }),
		...(input.AllowedPattern !== undefined && { allowedPattern: input.AllowedPattern }),
		...(type === 'SecureString' && { keyId: input.KeyId ?? 'alias/aws/ssm' }),
	};
}

/** Intelligent tiering is a choice, not a tier: it takes what the value needs. */
function tierOf({ Tier, Value }: PutParameterRequest, before: ParameterVersion | undefined): ParameterVersion['tier'] {
	if (before?.tier === 'Advanced') return 'Advanced';
	if (Tier === 'Intelligent-Tiering') return Buffer.byteLength(Value!) > 4096 ? 'Advanced' : 'Standard';
	return Tier ?? 'Standard';
}

function checkPrefix(name: string): void {
	if (!/^\/?(aws|ssm)/i.test(name)) return;
	const path = name.split('/').length > 2;
	if (path && /^\/aws/i.test(name)) {
		throw new Fault('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
	}
	const prefixes = path ? '"ssm"' : '"aws" or "ssm"';
	throw new Fault(
		'ValidationException',
		`Parameter name: can't be prefixed with ${prefixes} (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
	);
}

function check({ Name, Value, AllowedPattern, Tier }: PutParameterRequest, before: ParameterVersion | undefined): void {
	checkPrefix(Name!);
	if (!/^[\w./-]+$/.test(Name!)) {
		throw new Fault(
			'ValidationException',
			'Parameter name must be a fully qualified name: only a mix of letters, numbers and the following 3 symbols .-_ are allowed.',
		);
	}
	if (Name!.includes('/') && !Name!.startsWith('/'))
		throw new Fault('ValidationException', 'Parameter name must be a fully qualified name.');
	if (Name!.split('/').length > 16) {
		throw new Fault(
			'HierarchyLevelLimitExceededException',
			'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.',
		);
	}
	if (!Value)
		throw new Fault(
			'ValidationException',
			"1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
		);
	const tier = Tier ?? before?.tier ?? 'Standard';
	const size = Buffer.byteLength(Value);
	if (size > 8192 && tier !== 'Standard') {
		throw new Fault(
			'ValidationException',
			'Advanced tier parameters support a maximum parameter value of 8192 characters.',
		);
	}
	if (size > 4096 && tier === 'Standard') {
		throw new Fault(
			'ValidationException',
			`Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
		);
	}
	const pattern = AllowedPattern ?? before?.allowedPattern;
	if (pattern && !new RegExp(pattern).test(Value)) {
		throw new Fault(
			'ParameterPatternMismatchException',
			`Parameter value, cannot be validated against allowedPattern: ${pattern}`,
		);
	}
}
