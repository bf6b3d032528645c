import { Documents } from '../../account/documents.ts';

export interface Export {
	name: string;
	value: string;
	/** The exporting stack's id. */
	stack: string;
}

export class Exports extends Documents<Export> {
	static override kind = 'cloudformation.export';
}

/** Which stacks use an export. Keyed `<export>|<stack id>`; neither has a bar. */
export class Imports extends Documents<{ name: string; stack: string; stackName: string }> {
	static override kind = 'cloudformation.import';

	/** Names of the stacks that use an export. */
	of(name: string): string[] {
		return this.list(`${name}|`).map(({ stackName }) => stackName);
	}

	/** Says what a stack uses, in place of what was said before. */
	set(stack: { id: string; name: string }, names: Iterable<string>): void {
		for (const [key, value] of this.entries()) if (value.stack === stack.id) this.delete(key);
		for (const name of names) this.put(`${name}|${stack.id}`, { name, stack: stack.id, stackName: stack.name });
	}
}
