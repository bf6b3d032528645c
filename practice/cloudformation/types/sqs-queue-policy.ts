import { getQueueAttributes } from '../../services/sqs/operations/get-queue-attributes.ts';
import { setQueueAttributes } from '../../services/sqs/operations/set-queue-attributes.ts';
import type { Json } from '../json.ts';
import { resource } from '../resource.ts';
import { asDocument, asText } from './documents.ts';

interface QueuePolicy {
	PolicyDocument: Json;
	/** URLs. */
	Queues: string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = resource<QueuePolicy>('AWS::SQS::QueuePolicy', {
	properties: ['PolicyDocument', 'Queues'],
	create({ PolicyDocument, Queues }, { call, name }) {
		for (const QueueUrl of Queues)
			call(setQueueAttributes, { QueueUrl, Attributes: { Policy: asText(PolicyDocument) } });
		const id = name(80);
		return { id, attributes: { Id: id } };
	},
	read(_id, { call, declared }) {
		const [QueueUrl] = declared.Queues;
		const { Attributes } = call(getQueueAttributes, { QueueUrl: QueueUrl!, AttributeNames: ['Policy'] });
		return Attributes?.['Policy'] ? { ...declared, PolicyDocument: asDocument(Attributes['Policy']) } : undefined;
	},
	update(_id, { PolicyDocument, Queues }, { call, before }) {
		for (const QueueUrl of before.Queues.filter((url) => !Queues.includes(url))) {
			call(setQueueAttributes, { QueueUrl, Attributes: { Policy: '' } });
		}
		for (const QueueUrl of Queues)
			call(setQueueAttributes, { QueueUrl, Attributes: { Policy: asText(PolicyDocument) } });
		return undefined;
	},
	delete(_id, { call, declared }) {
		for (const QueueUrl of declared.Queues) call(setQueueAttributes, { QueueUrl, Attributes: { Policy: '' } });
	},
});
