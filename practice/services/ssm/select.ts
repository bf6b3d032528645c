import { createHash } from 'node:crypto';
import type { Parameter as ParameterOutput } from '@aws-sdk/client-ssm';
import type { AccountInRegion } from '../../account/account.ts';
import { latest, type Parameter, type Parameters, type ParameterVersion } from './parameters.ts';

export interface Selected {
	parameter: Parameter;
	version: ParameterVersion;
	/** `:3` or `:label`, as it was asked for. */
	selector: string;
}

/** Finds `name`, `name:version` or `name:label`; an ARN does as well. */
export function select(parameters: Parameters, wanted: string): Selected | 'no-parameter' | 'no-version' {
	const name = wanted.startsWith('arn:') ? wanted.split(':parameter')[1]! : wanted;
	const [, base = name, selector = ''] = /^(.*?)(:[^:/]+)?$/s.exec(name) ?? [];
	const parameter = parameters.get(base) ?? parameters.get(base.replace(/^\//, ''));
	if (!parameter) return 'no-parameter';
	if (!selector) return { parameter, version: latest(parameter), selector };
	const key = selector.slice(1);
	const version = parameter.versions.find((each) => String(each.version) === key || each.labels.includes(key));
	return version ? { parameter, version, selector } : 'no-version';
}

/** As the service shows it. A secure string that was not to be decrypted is shown sealed. */
export function asParameter(
	account: AccountInRegion,
	{ parameter, version, selector }: Selected,
	decrypt: boolean,
): ParameterOutput {
	return {
		Name: parameter.name,
		Type: version.type,
		Value: shownValue(version, decrypt),
		Version: version.version,
		LastModifiedDate: new Date(version.modified),
		ARN: account.arn('ssm', `parameter/${parameter.name.replace(/^\//, '')}`),
		DataType: version.dataType,
		...(selector && { Selector: selector }),
	};
}

/** The value, or what a secure string shows to whoever does not ask to decrypt it. */
export const shownValue = ({ type, value }: ParameterVersion, decrypt: boolean) =>
	type === 'SecureString' && !decrypt ? sealed(value) : value;

/** A name without `:version` or `:label`, and out of its ARN. */
export const baseName = (wanted: string) =>
	(wanted.startsWith('arn:') ? wanted.split(':parameter')[1]! : wanted).split(':')[0]!;

const sealed = (value: string) =>
	Buffer.from(`AQICA${createHash('sha256').update(value).digest('hex')}`).toString('base64');
