import {
	CloudFormation,
	paginateDescribeStacks,
	paginateListStackResources,
	type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Lab } from '../../labs/lab.ts';
import type { ClientConfig } from '../clients.ts';

/** Something that a stack holds. */
export interface Held {
	type: string;
	/** Its name or ARN in the account. */
	id: string;
	logicalId: string;
}

/** A stack of the lab that stands, with what it holds. */
export interface Standing {
	name: string;
	/** Survives its deletion in questions about it. */
	id: string;
	protected: boolean;
	resources: Held[];
}

/**
 * The lab's stacks in the order in which they go. Those that the lab's pipelines made (known by the tag) come first: they
 * need roles of the lab's own stacks in order to be deleted. Then the lab's own, the last first.
 */
export async function standingStacks(lab: Lab, config: ClientConfig): Promise<Standing[]> {
	const client = new CloudFormation(config);
	const stacks: Stack[] = [];
	for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
		stacks.push(...Stacks.filter(({ StackStatus, ParentId }) => StackStatus !== 'DELETE_COMPLETE' && !ParentId));
	}
	const own = lab.stacks.toReversed().flatMap((name) => stacks.find(({ StackName }) => StackName === name) ?? []);
	const made = stacks.filter(
		(stack) =>
			!own.includes(stack) && stack.Tags?.some(({ Key, Value }) => Key === 'slipway:lab' && Value === lab.slug),
	);
	const found: Standing[] = [];
	for (const { StackName, StackId, EnableTerminationProtection } of [...made, ...own]) {
		const resources: Held[] = [];
		for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
			for (const { ResourceType, PhysicalResourceId, LogicalResourceId, ResourceStatus } of StackResourceSummaries) {
				if (!PhysicalResourceId || ResourceStatus === 'DELETE_COMPLETE') continue;
				resources.push({ type: ResourceType!, id: PhysicalResourceId, logicalId: LogicalResourceId! });
			}
		}
		found.push({ name: StackName!, id: StackId!, protected: EnableTerminationProtection ?? false, resources });
	}
	return found;
}

/** Log groups that services make on their own for what a stack holds; no stack deletes them. */
export function logGroupsOf({ resources }: Standing): string[] {
	const prefixes: Record<string, string> = {
		'AWS::Lambda::Function': '/aws/lambda/',
		'AWS::CodeBuild::Project': '/aws/codebuild/',
		'AWS::CodePipeline::Pipeline': '/aws/codepipeline/',
	};
	return resources.flatMap(({ type, id }) => (prefixes[type] ? [`${prefixes[type]}${id}`] : []));
}
