import type { Principal } from '../../account/principal.ts';
import type { Tag } from '../resource.ts';
import type { ParameterValue } from '../template/parameters.ts';

export interface Output {
	key: string;
	value: string;
	description?: string;
	exportName?: string;
}

/** What a stack is made from: all that an update changes and a rollback brings back. */
export interface Blueprint {
	/** Of the templates' store. */
	template: string;
	description?: string;
	parameters: Record<string, ParameterValue>;
	tags: Tag[];
	capabilities: string[];
	notificationArns: string[];
	outputs: Output[];
}

export type OperationType =
	| 'CREATE_STACK'
	| 'UPDATE_STACK'
	| 'DELETE_STACK'
	| 'ROLLBACK'
	| 'CONTINUE_ROLLBACK'
	| 'CREATE_CHANGESET';

/** What is being done with a stack's resources. */
export type Phase =
	/** Making and changing what the template has. */
	| 'deploy'
	/** After an update: deleting what it left over. */
	| 'cleanup'
	/** Taking an update back. */
	| 'rollback'
	/** After that: deleting what the update had made. */
	| 'rollback-cleanup'
	/** Deleting what a failed creation made. */
	| 'create-rollback'
	| 'delete';

/** What is being done to a stack, or was when it stopped half-way (`…_FAILED`). */
export interface StackOperation {
	id: string;
	type: OperationType;
	phase: Phase;
	/** The client's token: every event of the operation carries it. */
	token?: string;
	/** Who asked. Resources are made in their name, unless the stack has a role. */
	principal: Principal;
	onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
	retainExceptOnCreate?: boolean;
	/** Logical ids that a deletion leaves alone. */
	retain?: string[];
	/** Logical ids that a rollback leaves alone. */
	skip?: string[];
	/** Set when it was asked to stop and roll back. */
	cancelled?: boolean;
	/** Account time, ms, at which a creation has taken too long. */
	deadline?: number;
	/** The template was looked through before anything was made. */
	validated?: boolean;
	skipValidation?: boolean;
}

/** A stack. Times are account time, ms. */
export interface Stack extends Blueprint {
	/** ARN. */
	id: string;
	name: string;
	region: string;
	status: string;
	statusReason?: string;
	detailedStatus?: string;
	created: number;
	updated?: number;
	deleted?: number;
	roleArn?: string;
	disableRollback: boolean;
	terminationProtection: boolean;
	retainExceptOnCreate?: boolean;
	timeoutInMinutes?: number;
	changeSetId?: string;
	/** The client token of its creation: the same request again makes no second stack. */
	creationToken?: string;
	lastOperations: { type: OperationType; id: string }[];
	operation?: StackOperation;
	/** What it was made from before the update that is in progress or stopped half-way. */
	before?: Blueprint;
	/** Time of its newest event: no two have the same. */
	lastEvent: number;
}

export const inProgress = (status: string) => status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** Makes a stack again what it was before its update. */
export function restore(stack: Stack): void {
	delete stack.description;
	Object.assign(stack, stack.before);
}

/** What a blueprint has, out of a stack that has more. */
export const blueprintOf = (stack: Blueprint): Blueprint => ({
	template: stack.template,
	parameters: stack.parameters,
	tags: stack.tags,
	capabilities: stack.capabilities,
	notificationArns: stack.notificationArns,
	outputs: stack.outputs,
	...(stack.description !== undefined && { description: stack.description }),
});
