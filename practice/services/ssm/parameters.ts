import { Documents } from '../../account/documents.ts';

/** One version of a parameter. Times are account time, ms. */
export interface ParameterVersion {
	version: number;
	type: 'String' | 'StringList' | 'SecureString';
	value: string;
	dataType: string;
	modified: number;
	modifiedBy: string;
	labels: string[];
	description?: string;
	allowedPattern?: string;
	tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
	keyId?: string;
}

export interface Parameter {
	name: string;
	/** Oldest first; at most a hundred. */
	versions: ParameterVersion[];
	tags: Record<string, string>;
}

export class Parameters extends Documents<Parameter> {
	static override kind = 'ssm.parameter';

	/** `arn:aws:ssm:…:parameter/name`; the slash of a hierarchy's name is the one in between. */
	arn(name: string): string {
		return this.account.arn('ssm', `parameter/${name.replace(/^\//, '')}`);
	}
}

export const latest = ({ versions }: Parameter): ParameterVersion => versions.at(-1)!;
