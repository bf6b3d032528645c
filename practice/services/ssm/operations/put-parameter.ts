import { PutParameter$, type PutParameterRequest, type PutParameterResult } from '@aws-sdk/client-ssm';
import { Fault, refuseParameters } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { latest, type Parameter, Parameters, type ParameterVersion } from '../parameters.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = operation(
	PutParameter$,
	(input: PutParameterRequest, { account, principal }): PutParameterResult => {
		refuseParameters('ssm:PutParameter', input, ['Policies']);
		const parameters = account.store(Parameters);
		const existing = parameters.get(input.Name!);
		if (existing && !input.Overwrite) {
			throw new Fault(
				'ParameterAlreadyExists',
				'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
			);
		}
		const version = nextVersion(input, existing, account.clock.now(), principal.arn);
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
		tier: input.Tier ?? before?.tier ?? 'Standard',
		...(input.Description !== undefined && { description: input.Description }),
		...(input.AllowedPattern !== undefined && { allowedPattern: input.AllowedPattern }),
		...(type === 'SecureString' && { keyId: input.KeyId ?? 'alias/aws/ssm' }),
	};
}

function check({ Name, Value, AllowedPattern, Tier }: PutParameterRequest, before: ParameterVersion | undefined): void {
	if (/^\/?(aws|ssm)/i.test(Name!)) {
		throw new Fault(
			'ValidationException',
			'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
		);
	}
	if (!/^[\w./-]+$/.test(Name!)) {
		throw new Fault(
			'ValidationException',
			'Parameter name must be a fully qualified name: only a mix of letters, numbers and the following 3 symbols .-_ are allowed.',
		);
	}
	if (Name!.includes('/') && !Name!.startsWith('/'))
		throw new Fault('ValidationException', 'Parameter name must be a fully qualified name.');
	if (!Value)
		throw new Fault(
			'ValidationException',
			"1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
		);
	const limit = (Tier ?? before?.tier) === 'Advanced' ? 8192 : 4096;
	if (Buffer.byteLength(Value) > limit) {
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
