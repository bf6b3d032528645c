import {
	LabelParameterVersion$,
	type LabelParameterVersionRequest,
	type LabelParameterVersionResult,
	UnlabelParameterVersion$,
	type UnlabelParameterVersionRequest,
	type UnlabelParameterVersionResult,
} from '@aws-sdk/client-ssm';
import { Fault } from '../../../fault.ts';
import { operation } from '../../../operation.ts';
import { latest, type Parameter, Parameters, type ParameterVersion } from '../parameters.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export const labelParameterVersion = operation(
	LabelParameterVersion$,
	({ Name, Labels, ParameterVersion }: LabelParameterVersionRequest, { account }): LabelParameterVersionResult => {
		const { parameter, version } = found(account.store(Parameters), Name!, ParameterVersion);
		const valid = Labels!.filter((label) => /^[a-z_.-][\w.-]{0,99}$/i.test(label) && !/^(aws|ssm)/i.test(label));
		// A label is on one version at a time.
		for (const each of parameter.versions) each.labels = each.labels.filter((label) => !valid.includes(label));
		version.labels = [...version.labels, ...valid];
		if (version.labels.length > 10) {
			throw new Fault(
				'ParameterVersionLabelLimitExceeded',
				'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
			);
		}
		account.store(Parameters).put(parameter.name, parameter);
		return {
			InvalidLabels: Labels!.filter((label) => !valid.includes(label)),
			ParameterVersion: version.version,
		};
	},
	{
		access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(Name!) }),
		touches: ({ Name }) => Name,
	},
);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export const unlabelParameterVersion = operation(
	UnlabelParameterVersion$,
	({ Name, Labels, ParameterVersion }: UnlabelParameterVersionRequest, { account }): UnlabelParameterVersionResult => {
		const { parameter, version } = found(account.store(Parameters), Name!, ParameterVersion);
		const removed = Labels!.filter((label) => version.labels.includes(label));
		version.labels = version.labels.filter((label) => !removed.includes(label));
		account.store(Parameters).put(parameter.name, parameter);
		return { RemovedLabels: removed, InvalidLabels: Labels!.filter((label) => !removed.includes(label)) };
	},
	{
		access: ({ Name }, { account }) => ({ resource: account.store(Parameters).arn(Name!) }),
		touches: ({ Name }) => Name,
	},
);

function found(
	parameters: Parameters,
	name: string,
	wanted: number | undefined,
): { parameter: Parameter; version: ParameterVersion } {
	const parameter = parameters.get(name);
	if (!parameter) throw new Fault('ParameterNotFound', '');
	const version = wanted === undefined ? latest(parameter) : parameter.versions.find((each) => each.version === wanted);
	if (!version) {
		throw new Fault(
			'ParameterVersionNotFound',
			`Systems Manager could not find version ${wanted} of ${name}. Verify the version and try again.`,
		);
	}
	return { parameter, version };
}
