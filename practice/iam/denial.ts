import type { Denial, PolicyType } from './evaluate.ts';

export interface Denied {
	/** Who asked, by ARN: a session's own, not its role's. */
	principal: string;
	/** As AWS writes it: `sqs:CreateQueue`. */
	action: string;
	/** An ARN; left out, as AWS does, for an action that has no resource. */
	resource?: string | undefined;
	denial: Denial;
}

/** What AWS calls each type of policy where it denies explicitly, and where none allows. */
const names: Record<PolicyType, { explicit: string; implicit: string }> = {
	identity: { explicit: 'an identity-based policy', implicit: 'identity-based policy' },
	resource: { explicit: 'a resource-based policy', implicit: 'resource-based policy' },
	boundary: { explicit: 'a permissions boundary', implicit: 'permissions boundary' },
	session: { explicit: 'a session policy', implicit: 'session policy' },
	trust: { explicit: 'the role trust policy', implicit: 'role trust policy' },
};

/**
 * AWS's sentence for a denied request. An explicit deny names the managed policy that it stands in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialSentence({ principal, action, resource, denial }: Denied): string {
	const { explicit, implicit } = names[denial.type];
	const where = resource && resource !== '*' ? ` on resource: ${resource}` : '';
	const policy = denial.policyArn ? `: ${denial.policyArn}` : '';
	const why = denial.explicit
		? `with an explicit deny in ${explicit}${policy}`
		: `because no ${implicit} allows the ${action} action`;
	return `User: ${principal} is not authorized to perform: ${action}${where} ${why}`;
}

/** A denial as one service words it: most take the plain sentence and give it a code of their protocol. */
export function denialOf(service: string, denied: Denied): { code: string; message: string; status: number } {
	const sentence = denialSentence(denied);
	switch (service) {
		case 's3':
			return {
				code: 'AccessDenied',
				message: denialSentence({ ...denied, resource: denied.resource && `"${denied.resource}"` }),
				status: 403,
			};
		case 'ec2':
			return {
				code: 'UnauthorizedOperation',
				message: `You are not authorized to perform this operation. ${sentence}`,
				status: 403,
			};
		case 'sns':
			return { code: 'AuthorizationError', message: withAction(denied, 'SNS:$<name>'), status: 403 };
		case 'sqs':
			return { code: 'AccessDenied', message: withAction(denied, denied.action.toLowerCase()), status: 403 };
		case 'iam':
			return {
				code: 'AccessDenied',
				message: denialSentence({
					...denied,
					resource: denied.resource && iamResource(denied.action, denied.resource),
				}),
				status: 403,
			};
		case 'sts':
		case 'cloudformation':
		case 'elasticloadbalancing':
		case 'autoscaling':
		case 'cloudwatch':
		case 'monitoring':
			return { code: 'AccessDenied', message: sentence, status: 403 };
		case 'lambda':
		case 'eks':
		case 'xray':
		case 'apigateway':
			return { code: 'AccessDeniedException', message: sentence, status: 403 };
		default:
			return { code: 'AccessDeniedException', message: sentence, status: 400 };
	}
}

/** SNS and SQS write their actions another way than their documentation: `SNS:Publish`, `sqs:sendmessage`. */
const withAction = (denied: Denied, written: string) =>
	denialSentence({ ...denied, action: denied.action.replace(/^\w+:(?<name>.*)$/, written) });

/** IAM names what is there by kind and name, and what is about to be there by its ARN: `role builder`. */
function iamResource(action: string, resource: string): string {
	const [, kind, name] =
		/^arn:aws:iam::[^:]*:(role|user|group|instance-profile|policy)\/(?:.*\/)?([^/]+)$/.exec(resource) ?? [];
	if (!name) return resource;
	if (kind === 'policy') return action === 'iam:CreatePolicy' ? `policy ${name}` : `policy ${resource}`;
	return /^iam:(Create(Role|User|Group|Inst|Serv)|PassRole|Tag|Untag|Simulate)/.test(action)
		? resource
		: `${kind!.replace('-', ' ')} ${name}`;
}
