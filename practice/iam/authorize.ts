import { Fault } from '../fault.ts';
import type { Call } from '../operation.ts';

/** What is asked of IAM: may this principal do this action on this resource? */
export interface AuthorizationRequest {
	action: string;
	resource: string;
	context: Record<string, string | string[]>;
	/** The resource's own policy as JSON. */
	policy: string | undefined;
}

/** Throws AWS's AccessDenied unless the caller may. The administrator is never asked. */
export function authorize(call: Call, { action, resource }: AuthorizationRequest): void {
	throw new Fault(
		'AccessDenied',
		`User: ${call.principal.arn} is not authorized to perform: ${action} on resource: ${resource}`,
		{
			status: 403,
		},
	);
}
