import type { AccountInRegion } from '../account/account.ts';
import type { Call } from '../operation.ts';
import type { Json } from './json.ts';

export interface Tag {
	Key: string;
	Value: string;
}

/** What a resource type is told besides its properties. */
export interface ResourceContext {
	/** Invokes an operation as whoever deploys: the stack's role, or its caller. */
	call: Call['call'];
	account: AccountInRegion;
	/** The resource's own tags and the stack's. */
	tags: Tag[];
	/** A name as CloudFormation makes one up: stack, logical id and letters by chance, at most `longest` characters. */
	name(longest: number, form?: 'lower-case'): string;
	logicalId: string;
	stack: { id: string; name: string };
}

export interface Created {
	/** The physical id, which is what Ref answers. */
	id: string;
	/** What Fn::GetAtt answers. */
	attributes?: Record<string, Json>;
}

/** What a resource was before an update. */
export interface Before<P> {
	before: P;
	/** Its tags and the stack's, as they were. */
	tagsBefore: Tag[];
}

export type Readiness =
	| { state: 'ready'; id?: string; attributes?: Record<string, Json> }
	/** Looked at again when that many ms have passed on the account's clock (250 by default). */
	| { state: 'waiting'; again?: number }
	| { state: 'failed'; reason: string };

/**
 * A resource type: what CloudFormation does with a resource, in terms of the service's operations. Each of `create`,
 * `update` and `delete` is one transaction; none may be asynchronous. What takes time says so with `ready` and `gone`.
 */
export interface ResourceType<P = never> {
	/** The properties that it heeds. A template with another one is refused by name. */
	properties: readonly (keyof P & string)[];
	create(properties: P, context: ResourceContext): Created;
	/** Live properties, for drift and import; undefined when the resource is gone. */
	read?(id: string, context: ResourceContext & { declared: P }): Partial<P> | undefined;
	/** Absent where every property makes a new resource. Answers attributes where they change. */
	update?(id: string, properties: P, context: ResourceContext & Before<P>): Record<string, Json> | undefined;
	/** A resource that is gone already is no error: throw nothing. */
	delete(id: string, context: ResourceContext & { declared: P }): void;
	/** Asked after create and update, until it says ready or failed. */
	ready?(id: string, context: ResourceContext & { declared: P }): Readiness;
	/** Asked after delete, until it says ready. */
	gone?(id: string, context: ResourceContext & { declared: P }): Readiness;
	/** Decides where AWS's schema says that a change may or may not make a new resource. */
	replaces?(before: P, after: P): boolean;
	/** The property that names the resource, where the template may choose its name. */
	namedBy?: keyof P & string;
	/** The identifier under which there is such a resource already, if the template chose one that is taken. */
	exists?(properties: P, context: Pick<ResourceContext, 'call' | 'account'>): string | undefined;
}

/** Declares a resource type. */
export const resource = <P extends object>(
	type: string,
	definition: ResourceType<P>,
): readonly [string, ResourceType<P>] => [type, definition];
