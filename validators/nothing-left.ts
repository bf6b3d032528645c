import { check } from './check.ts';
import { difference, type Inventory, type Item, key } from './inventory.ts';
import { deletedStack, findStack, firstFailure, sentence } from './stack.ts';
import { count, list } from './words.ts';

/** The check that ends every lab: the account holds what it held before, by asking every service that labs use. */
export const nothingLeftAfter = (step: string) =>
	check({
		id: 'nothing-left',
		step,
		title: 'Nothing of this lab is left in the account',
		docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-delete-stack.html',
		needs: 'nothing',
		causes: {
			'never-deployed': 'There was nothing to clear away yet',
			'stack-stands': 'The stack still stands',
			'delete-failed': 'The stack could not be deleted whole',
			'left-over': 'The stack is gone, and something stayed',
			'too-much': 'Something that was there before the lab is gone',
		},
		hint: [
			'One command clears everything away, and then proves it.',
			'It empties the bucket first: a bucket that holds objects cannot be deleted.',
			'npm run cleanup -- <the name of the lab>',
		],
		async run(look) {
			const { aws, lab, fail, pending, saw, inventory } = look;
			const now = await inventory();
			const standing = now.items.filter(
				(item) => item.type === 'AWS::CloudFormation::Stack' && lab.stacks.includes(item.id),
			);
			const deleting = standing.find(({ detail }) => detail === 'DELETE_IN_PROGRESS');
			if (deleting) {
				return pending({
					expected: `no stack ${deleting.id}`,
					found: `${deleting.id} is being deleted`,
					next: 'Wait until it is gone, then check again.',
					consoleUrl: deleting.consoleUrl,
				});
			}
			const { added, gone } = difference(look.baseline ?? onlyBootstrap(now), now);
			const left = added.filter((item) => !lab.leaves?.includes(key(item)));

			const stuck = standing.find(({ detail }) => detail === 'DELETE_FAILED');
			if (stuck) {
				const stack = await findStack(aws, stuck.id);
				const first = stack && (await firstFailure(aws, stack.StackId!));
				return fail('delete-failed', {
					expected: `no stack ${stuck.id}`,
					found: `DELETE_FAILED: ${first ? `${first.LogicalResourceId}, "${sentence(first.ResourceStatusReason)}"` : 'CloudFormation could not delete all of it'}`,
					next: `npm run cleanup -- ${lab.slug}, which empties buckets and repositories first`,
					evidence: evidence(left),
					consoleUrl: stuck.consoleUrl,
				});
			}
			if (standing.length) {
				return fail('stack-stands', {
					expected: `no stack ${list(standing.map(({ id }) => id))}`,
					found: `${standing.map(({ id, detail }) => `${id}: ${detail}`).join(', ')}; ${count(left.length, 'thing')} more in the account than before the lab`,
					next: `npm run cleanup -- ${lab.slug}`,
					evidence: evidence(left),
					consoleUrl: standing[0]!.consoleUrl,
				});
			}
			if (left.length) {
				return fail('left-over', {
					expected: 'what the account held before the lab, and nothing more',
					found: `${count(left.length, 'thing')} more${look.baseline ? '' : ' (no inventory from before the lab is kept, so it may be older)'}: ${list(left.map(named))}`,
					next: deletion(left[0]!),
					evidence: evidence(left),
					consoleUrl: left[0]!.consoleUrl,
				});
			}
			if (gone.length) {
				return fail('too-much', {
					expected: 'everything that was in the account before the lab',
					found: `${count(gone.length, 'thing')} fewer: ${list(gone.map(named))}`,
					next: gone.some(isBootstrap)
						? `That belongs to CDK, for all labs. Make it again: npm run lab -- ${lab.slug}`
						: 'If you deleted that on purpose, prepare the lab anew, which takes a new inventory: npm run lab -- ' +
							`${lab.slug} --reset`,
					evidence: evidence(gone),
				});
			}
			const deleted = await deletedStack(aws, lab.stacks[0]!);
			if (!deleted) {
				return fail('never-deployed', {
					expected: `the stack ${lab.stacks[0]} deployed, used, and deleted again`,
					found: `in this account there has never been a stack ${lab.stacks[0]}`,
					next: `Begin with the first step: npm run deploy -- ${lab.slug}`,
				});
			}
			saw('things before the lab', String(look.baseline?.items.length ?? 'not counted'));
			saw('things now', String(now.items.length));
			saw('looked at', list(now.looked));
			return undefined;
		},
	});

const isBootstrap = ({ id }: Item) => /^(CDKToolkit$|cdk-hnb659fds-|\/cdk-bootstrap\/)/.test(id);

/** Without a baseline only what CDK's bootstrap and AWS itself put there is certainly not the lab's. */
const onlyBootstrap = (now: Inventory): Inventory => ({
	...now,
	items: now.items.filter((item) => isBootstrap(item) || item.id.startsWith('AWSServiceRoleFor')),
});

const named = ({ type, id }: Item) => `${type.split('::').at(-1)!.toLowerCase()} ${id}`;
const evidence = (items: readonly Item[]) =>
	items.map(({ type, id, detail }) => ({ what: type, value: detail ? `${id} (${detail})` : id }));

/** The command that deletes a thing that no stack owns any more. */
function deletion({ type, id }: Item): string {
	switch (type) {
		case 'AWS::CloudFormation::Stack':
			return `Delete it: aws cloudformation delete-stack --stack-name ${id}`;
		case 'AWS::SQS::Queue':
			return `Delete it: aws sqs delete-queue --queue-url ${id}`;
		case 'AWS::SNS::Topic':
			return `Delete it: aws sns delete-topic --topic-arn ${id}`;
		case 'AWS::S3::Bucket':
			return `Delete it and what it holds: aws s3 rb s3://${id} --force`;
		case 'AWS::SSM::Parameter':
			return `Delete it: aws ssm delete-parameter --name ${id}`;
		case 'AWS::Logs::LogGroup':
			return `Delete it: aws logs delete-log-group --log-group-name ${id}`;
		case 'AWS::ECR::Repository':
			return `Delete it and its images: aws ecr delete-repository --repository-name ${id} --force`;
		case 'AWS::IAM::ManagedPolicy':
			return `Delete it: aws iam delete-policy --policy-arn ${id}`;
		case 'AWS::IAM::User':
			return `Delete it, after its keys and policies: aws iam delete-user --user-name ${id}`;
		default:
			return `Delete it, after its policies: aws iam delete-role --role-name ${id}`;
	}
}
