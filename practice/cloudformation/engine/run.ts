import { randomUUID } from 'node:crypto';
import type { AccountInRegion } from '../../account/account.ts';
import type { Call } from '../../operation.ts';
import type { Json } from '../json.ts';
import { madeUpName } from '../names.ts';
import type { ResourceContext, ResourceType } from '../resource.ts';
import { Events, type StackEvent } from '../state/events.ts';
import { type Kept, type StackResource, StackResources } from '../state/resources.ts';
import type { Stack, StackOperation } from '../state/stack.ts';
import { Stacks } from '../state/stacks.ts';
import { Templates } from '../state/templates.ts';
import type { Scope } from '../template/evaluate.ts';
import { activeResources, type Resources, scopeOf } from '../template/scope.ts';
import type { Template } from '../template/template.ts';
import { resourceTypes } from '../types/index.ts';
import { notify } from './notify.ts';
import { reasonOf } from './reasons.ts';
import { deployer, surroundings } from './surroundings.ts';

/** What a step says: there is more to do at once, there is more at that time of the account, or all is done. */
export type Outcome = 'more' | 'over' | { at: number };

export interface RunOptions {
	/** `http://127.0.0.1:<port>` */
	endpoint: string;
	/** Told of our own bugs; the resource fails with "Internal Failure". */
	bug(error: unknown): void;
}

/** One operation on one stack, while it is worked on. Everything that counts is in the database after each step. */
export class Run {
	readonly account: AccountInRegion;
	readonly options: RunOptions;
	readonly rows: Kept[];
	stack: Stack;
	/** Exports that its template was seen to use. */
	readonly imported = new Set<string>();
	#call: Call | undefined;
	#scope: { template: string; scope: Scope; active: string[] } | undefined;

	constructor(account: AccountInRegion, stack: Stack, options: RunOptions) {
		this.account = account;
		this.stack = stack;
		this.options = options;
		this.rows = account.store(StackResources).of(stack.id);
	}

	get operation(): StackOperation {
		return this.stack.operation!;
	}

	get template(): Template {
		return this.account.store(Templates).read(this.stack.template);
	}

	/** In the name of whoever deploys. */
	get call(): Call {
		const { roleArn, operation } = this.stack;
		this.#call ??= deployer(this.account, { principal: operation!.principal, roleArn }, this.options.endpoint);
		return this.#call;
	}

	/** The resources as they are now: not those that another has replaced. */
	live(): Kept[] {
		return this.rows.filter(({ replaced }) => !replaced);
	}

	find(logicalId: string): Kept | undefined {
		return this.rows.find((row) => row.logicalId === logicalId && !row.replaced);
	}

	/** The template's functions, and which of its resources the stack has. */
	scope(): { scope: Scope; active: string[] } {
		if (this.#scope?.template !== this.stack.template) {
			const resources = deployedResources((logicalId) => this.find(logicalId));
			const scope = scopeFor(this.stack, this.template, this.call, resources, (name) => this.imported.add(name));
			this.#scope = { template: this.stack.template, scope, active: activeResources(this.template, scope) };
		}
		return this.#scope;
	}

	add(resource: StackResource): Kept {
		const row = this.account.store(StackResources).add(this.stack.id, resource);
		this.rows.push(row);
		return row;
	}

	save(row: Kept): void {
		row.updated = this.account.clock.now();
		this.account.store(StackResources).put(row);
	}

	remove(row: Kept): void {
		this.account.store(StackResources).remove(row.key);
		this.rows.splice(this.rows.indexOf(row), 1);
	}

	/** Gives a resource a status, keeps it and tells it. */
	tell(row: Kept, status: string, reason?: string, physicalId = row.physicalId ?? ''): void {
		row.status = status;
		if (reason === undefined) delete row.reason;
		else row.reason = reason;
		this.save(row);
		record(this.account, this.stack, {
			logicalId: row.logicalId,
			physicalId,
			type: row.type,
			status,
			properties: JSON.stringify((row.next ?? row).properties),
			...(reason !== undefined && { reason }),
		});
	}

	/** Gives the stack a status and tells it. */
	tellStack(status: string, reason?: string, detailedStatus?: string): void {
		tellStack(this.account, this.stack, status, reason, detailedStatus);
	}

	context(row: Kept): ResourceContext {
		const { account, stack } = this;
		return {
			call: this.call.call,
			account,
			tags: (row.next ?? row).tags,
			name: (longest, form) => madeUpName(stack.name, row.logicalId, longest, form),
			logicalId: row.logicalId,
			stack: { id: stack.id, name: stack.name },
		};
	}

	type(row: StackResource): ResourceType<object> {
		return resourceTypes[row.type]! as ResourceType<object>;
	}

	/** Does something with a service, all or nothing. Answers the reason where that failed. */
	attempt(row: Kept, work: () => void): { reason: string; error: unknown } | undefined {
		try {
			this.account.db.transaction(work);
			return undefined;
		} catch (error) {
			const reason = reasonOf(error, row.type);
			if (reason === 'Internal Failure') this.options.bug(error);
			return { reason, error };
		}
	}
}

/** Resources as functions see them. */
export const deployedResources = (find: (logicalId: string) => StackResource | undefined): Resources => ({
	ref: (logicalId) => find(logicalId)?.physicalId,
	attribute: (logicalId, attribute): Json | undefined => find(logicalId)?.attributes[attribute],
});

/** A template's functions in a stack. */
export function scopeFor(
	stack: Pick<Stack, 'id' | 'name' | 'region' | 'parameters' | 'notificationArns'>,
	template: Template,
	call: Call,
	resources: Resources,
	imported?: (name: string) => void,
): Scope {
	const names = {
		id: stack.id,
		name: stack.name,
		region: stack.region,
		account: call.account.id,
		notificationArns: stack.notificationArns,
	};
	return scopeOf(template, stack.parameters, names, surroundings(call, imported), resources);
}

/** Gives a stack a status and tells it. The stack is kept. */
export function tellStack(
	account: AccountInRegion,
	stack: Stack,
	status: string,
	reason?: string,
	detailedStatus?: string,
): void {
	stack.status = status;
	if (reason === undefined) delete stack.statusReason;
	else stack.statusReason = reason;
	if (detailedStatus === undefined) delete stack.detailedStatus;
	else stack.detailedStatus = detailedStatus;
	record(account, stack, {
		logicalId: stack.name,
		physicalId: stack.id,
		type: 'AWS::CloudFormation::Stack',
		status,
		...(reason !== undefined && { reason }),
		...(detailedStatus !== undefined && { detailedStatus }),
	});
	account.store(Stacks).put(stack);
}

function record(
	account: AccountInRegion,
	stack: Stack,
	what: {
		logicalId: string;
		physicalId: string;
		type: string;
		status: string;
		reason?: string;
		properties?: string;
		detailedStatus?: string;
	},
): void {
	// Clients sort events by their times, so no two may have the same.
	const at = Math.max(account.clock.now(), stack.lastEvent + 1);
	stack.lastEvent = at;
	const { operation } = stack;
	const isStack = what.type === 'AWS::CloudFormation::Stack' && what.physicalId === stack.id;
	const event: StackEvent = {
		id: isStack ? randomUUID() : `${what.logicalId}-${what.status}-${new Date(at).toISOString()}`,
		stackId: stack.id,
		stackName: stack.name,
		at,
		operation: { id: operation!.id, type: operation!.type },
		...what,
		...(operation?.token !== undefined && { token: operation.token }),
	};
	account.store(Events).add(event);
	notify(account, stack.notificationArns, event, operation!.principal);
	account.account.announce({
		service: 'cloudformation',
		operation: what.status,
		resource: isStack ? stack.name : `${stack.name}/${what.logicalId}`,
		...(/_FAILED$/.test(what.status) && { error: what.reason ?? what.status }),
	});
}
