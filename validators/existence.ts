import { liveQueue } from './queue.ts';
import type { Reads } from './reads.ts';

type Ask = (aws: Reads, id: string) => Promise<boolean>;

/** How to ask a resource's own service whether it is there, by CloudFormation's name of its kind. A lab that makes another kind adds it. */
const asks: Record<string, Ask> = {
	'AWS::SQS::Queue': async (aws, url) => (await liveQueue(aws, url)) !== undefined,
	// Not HeadBucket: a name that is gone may belong to somebody else by now, and then the answer is "forbidden".
	'AWS::S3::Bucket': async (aws, name) =>
		(await aws.s3.listBuckets({})).Buckets?.some((bucket) => bucket.Name === name) ?? false,
	'AWS::SSM::Parameter': (aws, name) => found(aws.ssm.getParameter({ Name: name }), 'ParameterNotFound'),
};

/** Whether a stack's resource really exists; undefined for a kind that nobody knows how to ask for. */
export async function exists(aws: Reads, type: string, id: string): Promise<boolean | undefined> {
	return asks[type]?.(aws, id);
}

async function found(answer: Promise<unknown>, gone: string): Promise<boolean> {
	try {
		await answer;
		return true;
	} catch (error) {
		if ((error as Error).name === gone) return false;
		throw error;
	}
}
