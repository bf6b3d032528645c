import { resourceTypes } from './cloudformation/types/index.ts';
import { loadService, serviceNames } from './services/index.ts';

/** What the practice account has of one service. */
export interface ServiceCoverage {
	/** Its signing name. */
	name: string;
	/** Its name as AWS's SDK writes it. */
	title: string;
	/** Operations that are there, by AWS's names. */
	operations: string[];
	/** How many operations AWS has, by the SDK in use. */
	of: number;
	/** CloudFormation's resource types of it. */
	types: string[];
}

/** Everything that the practice account has; whatever is not here is refused by name. */
export async function coverage(): Promise<{ services: ServiceCoverage[] }> {
	const types = Object.keys(resourceTypes).sort();
	const services = await Promise.all(
		[...serviceNames].sort().map(async (name): Promise<ServiceCoverage> => {
			const { model, operations } = (await loadService(name))!;
			const prefix = `AWS::${name}::`.toLowerCase();
			return {
				name,
				title: titles[name] ?? name,
				operations: [...operations.keys()].sort(),
				of: model.operations.size,
				types: types.filter((type) => type.toLowerCase().startsWith(prefix)),
			};
		}),
	);
	const named = new Set(services.flatMap((service) => service.types));
	const others = types.filter((type) => !named.has(type));
	return {
		services:
			others.length > 0
				? [...services, { name: 'other', title: 'Other resource types', operations: [], of: 0, types: others }]
				: services,
	};
}

const titles: Record<string, string> = {
	cloudformation: 'CloudFormation',
	ecr: 'Elastic Container Registry (ECR)',
	iam: 'Identity and Access Management (IAM)',
	logs: 'CloudWatch Logs',
	s3: 'Simple Storage Service (S3)',
	sns: 'Simple Notification Service (SNS)',
	sqs: 'Simple Queue Service (SQS)',
	ssm: 'Systems Manager',
	sts: 'Security Token Service (STS)',
};
