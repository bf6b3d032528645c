import { Documents } from '../../../account/documents.ts';
import { noSuchEntity } from '../faults.ts';

export interface InstanceProfile {
	name: string;
	path: string;
	id: string;
	arn: string;
	created: number;
	/** Names; at most one. */
	roles: string[];
	tags: Record<string, string>;
}

export class InstanceProfiles extends Documents<InstanceProfile> {
	static override kind = 'iam.instance-profile';
	static override global = true;

	find(name: string): InstanceProfile {
		const found = this.get(name);
		if (!found) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
		return found;
	}

	arnOf(name: string, path = '/'): string {
		return this.get(name)?.arn ?? this.account.arn('iam', `instance-profile${path}${name}`);
	}

	holding(role: string): InstanceProfile[] {
		return this.list().filter(({ roles }) => roles.includes(role));
	}
}
