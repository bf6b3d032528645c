import { Entities, type Entity } from './entities.ts';

export interface Role extends Entity {
	/** Its trust policy as JSON. */
	trust: string;
	description?: string;
	/** Seconds. */
	longestSession: number;
}

export class Roles extends Entities<Role> {
	static override kind = 'iam.role';
	override readonly noun = 'role';

	/** The role of an ARN of this account. */
	byArn(arn: string): Role | undefined {
		const found = this.get(arn.split('/').at(-1)!);
		return found?.arn === arn ? found : undefined;
	}
}
