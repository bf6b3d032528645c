import { expect, test } from 'vitest';
import { liveTags } from './live.ts';

const tag = (Key: string, Value: string) => ({ Key, Value });

test("live tags are the resource's own: neither AWS's nor what it has of its stack", () => {
	const live = [
		tag('aws:cloudformation:stack-name', 'shop'),
		tag('team', 'shop'),
		tag('changed', 'by hand'),
		tag('app', 'till'),
	];
	const declared = [tag('app', 'till')];
	const told = [tag('team', 'shop'), tag('changed', 'no'), tag('app', 'till')];
	expect(liveTags(live, declared, told)).toEqual([tag('app', 'till'), tag('changed', 'by hand')]);
	expect(liveTags(undefined, undefined)).toEqual([]);
});
