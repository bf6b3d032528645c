import { Entities, type Entity } from './entities.ts';

export type Group = Entity;

/** Groups. Who is in one is kept with the users. */
export class Groups extends Entities<Group> {
	static override kind = 'iam.group';
	override readonly noun = 'group';
}
