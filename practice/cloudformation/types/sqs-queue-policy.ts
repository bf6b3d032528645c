import { getQueueAttributes } from '../../services/sqs/operations/get-queue-attributes.ts';
import { setQueueAttributes } from '../../services/sqs/operations/set-queue-attributes.ts';
import type { Json } from '../json.ts';
import { type ResourceContext, resource } from '../resource.ts';
import { asText, farthest, liveDocument } from './documents.ts';
import { ifThere } from './parts/there.ts';

interface QueuePolicy {
	PolicyDocument: Json;
	/** URLs. */
	Queues: string[];
}

const put = (QueueUrl: string, document: Json, { call }: ResourceContext) =>
	call(setQueueAttributes, { QueueUrl, Attributes: { Policy: asText(document) } });

/** Takes the policy from these queues. One that is gone must not leave it on the others. */
function take(queues: string[], context: ResourceContext): void {
	for (const url of queues) ifThere(() => put(url, '', context));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = resource<QueuePolicy>('AWS::SQS::QueuePolicy', {
	properties: ['PolicyDocument', 'Queues'],
	create({ PolicyDocument, Queues }, context) {
		for (const url of Queues) put(url, PolicyDocument, context);
		const id = context.name(80);
		return { id, attributes: { Id: id } };
	},
	read(_id, { call, declared }) {
		const live = declared.Queues.flatMap((QueueUrl) => {
			const found = ifThere(() => call(getQueueAttributes, { QueueUrl, AttributeNames: ['Policy'] }).Attributes);
			const text = found?.['Policy'];
			return text ? [{ url: QueueUrl, document: liveDocument(text, declared.PolicyDocument) }] : [];
		});
		if (live.length === 0) return undefined;
		const documents = live.map(({ document }) => document);
		return { PolicyDocument: farthest(documents, declared.PolicyDocument), Queues: live.map(({ url }) => url) };
	},
	update(_id, { PolicyDocument, Queues }, context) {
		take(
			context.before.Queues.filter((url) => !Queues.includes(url)),
			context,
		);
		for (const url of Queues) put(url, PolicyDocument, context);
		return undefined;
	},
	delete: (_id, context) => take(context.declared.Queues, context),
});
