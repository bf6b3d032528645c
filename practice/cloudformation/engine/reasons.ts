import { randomUUID } from 'node:crypto';
import { Fault } from '../../fault.ts';

/** A service's name as CloudFormation's messages have it. */
const services: Record<string, string> = {
	SQS: 'Sqs',
	SNS: 'Sns',
	SSM: 'Ssm',
	IAM: 'Iam',
	ECR: 'Ecr',
	Logs: 'CloudWatchLogs',
};

/** Why a resource failed, as CloudFormation words what a service answered. */
export function reasonOf(error: unknown, type: string): string {
	if (!(error instanceof Fault)) return 'Internal Failure';
	// What the practice account lacks, and what CloudFormation itself says, needs no frame.
	if (error.name === 'NotImplemented' || error.name === 'ValidationError') return error.message;
	const name = type.split('::')[1] ?? type;
	const service = services[name] ?? name;
	const told = error.message || error.name;
	return `Resource handler returned message: "${told} (Service: ${service}, Status Code: ${error.status}, Request ID: ${randomUUID()})" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerCode(error)})`;
}

function handlerCode({ name }: Fault): string {
	if (/AlreadyExists|AlreadyOwned|NameExists|InUse/.test(name)) return 'AlreadyExists';
	if (isGone(name)) return 'NotFound';
	if (/AccessDenied|AuthorizationError|Unauthorized/.test(name)) return 'AccessDenied';
	if (/Invalid|Malformed|Validation|PatternMismatch/.test(name)) return 'InvalidRequest';
	if (/LimitExceeded|TooMany/.test(name)) return 'ServiceLimitExceeded';
	if (/Throttl|SlowDown/.test(name)) return 'Throttling';
	return 'GeneralServiceException';
}

/** Whether an error says that there is nothing to delete. */
export const isGone = (name: string) => /NotFound|NoSuch|NonExistent|DoesNotExist/.test(name);
