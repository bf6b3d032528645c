import { Buffer } from 'node:buffer';
import { invalid } from '../../cloudformation/template/faults.ts';
import { readTemplate, type Template } from '../../cloudformation/template/template.ts';
import { validateTemplate } from '../../cloudformation/template/validate.ts';
import { Fault } from '../../fault.ts';
import type { Call } from '../../operation.ts';
import { getObject } from '../s3/operations/object/get-object.ts';

interface Source {
	TemplateBody?: string | undefined;
	TemplateURL?: string | undefined;
}

/** The template that a request brings or points to; undefined when it does neither. */
export function templateText({ TemplateBody, TemplateURL }: Source, call: Call): string | undefined {
	if (TemplateBody !== undefined && TemplateURL !== undefined) {
		throw invalid('Both TemplateBody and TemplateURL cannot be specified.');
	}
	if (TemplateBody !== undefined) {
		if (Buffer.byteLength(TemplateBody) > 51_200) {
			throw invalid(
				`1 validation error detected: Value '${TemplateBody.slice(0, 20)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
			);
		}
		return TemplateBody;
	}
	return TemplateURL === undefined ? undefined : download(TemplateURL, call);
}

/** A template that can be deployed, with its text. */
export function checkedTemplate(text: string): Template {
	const template = readTemplate(text);
	validateTemplate(template);
	return template;
}

const piece = 128 * 1024;
const largest = 1024 * 1024;

function download(url: string, call: Call): string {
	const { bucket, key } = whereabouts(url);
	const pieces: Buffer[] = [];
	try {
		for (let from = 0; ; from += piece) {
			const { Body, ContentRange } = call.call(getObject, {
				Bucket: bucket,
				Key: key,
				Range: `bytes=${from}-${from + piece - 1}`,
			});
			pieces.push(Body as Buffer);
			const size = Number(ContentRange?.split('/')[1] ?? 0);
			if (size > largest) throw invalid(`Template may not exceed ${largest} bytes in size.`);
			if (from + piece >= size) break;
		}
	} catch (error) {
		if (!(error instanceof Fault) || error.name === 'ValidationError') throw error;
		throw invalid(
			`S3 error: ${error.name === 'AccessDenied' ? 'Access Denied' : error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
		);
	}
	return Buffer.concat(pieces).toString('utf8');
}

/** This account, whatever name its machine is called by. */
const home = /^(localhost|127\.0\.0\.1)$/;

/** Bucket and key of an S3 address, on this account's own endpoint or as AWS writes them. */
function whereabouts(url: string): { bucket: string; key: string } {
	const address = URL.canParse(url) ? new URL(url) : undefined;
	const path = decodeURIComponent(address?.pathname.slice(1) ?? '');
	const [first, rest] = path.split(/\/(.*)/s);
	if (
		address &&
		first &&
		rest &&
		(home.test(address.hostname) ||
			/^s3[.-].*amazonaws\.com$/.test(address.host) ||
			address.host === 's3.amazonaws.com')
	) {
		return { bucket: first, key: rest };
	}
	const [, bucket] = /^(.+)\.s3[.-](?:.*\.)?amazonaws\.com$/.exec(address?.host ?? '') ?? [];
	if (!bucket || !path) throw invalid('TemplateURL must be a supported URL.');
	return { bucket, key: path };
}
