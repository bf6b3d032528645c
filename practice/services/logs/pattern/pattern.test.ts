import { expect, test } from 'vitest';
import { pattern } from './pattern.ts';

const matching = (text: string, messages: string[]) => messages.filter(pattern(text));

test('terms must all be there, in the case in which they are written', () => {
	const messages = ['[ERROR 400] BAD REQUEST', '[ERROR 401] UNAUTHORIZED REQUEST', '[error] request', 'INFO'];
	expect(matching('ERROR', messages)).toEqual(messages.slice(0, 2));
	expect(matching('ERROR BAD', messages)).toEqual([messages[0]]);
	expect(matching('"ERROR 401"', messages)).toEqual([messages[1]]);
	expect(matching('ERROR -BAD', messages)).toEqual([messages[1]]);
	expect(matching('-REQUEST', messages)).toEqual(['[error] request', 'INFO']);
	expect(matching('?INFO ?UNAUTHORIZED', messages)).toEqual([messages[1], 'INFO']);
	expect(matching('?INFO BAD', messages)).toEqual([messages[0]]);
	expect(matching('%4\\d1%', messages)).toEqual([messages[1]]);
	expect(matching('%ERROR 40[01]% -BAD', messages)).toEqual([messages[1]]);
	expect(matching('', messages)).toEqual(messages);
	expect(matching('"say \\"hi\\""', ['say "hi" now', 'say hi'])).toEqual(['say "hi" now']);
});

test('JSON messages are found by their members', () => {
	const order = JSON.stringify({
		level: 'error',
		status: 500,
		user: { name: 'ann', roles: ['dev', 'ops'] },
		ok: false,
	});
	const visit = JSON.stringify({ level: 'info', status: 200, user: null, path: '/orders/7', 'a.b': 1 });
	const all = [order, visit, 'level error', '[1]'];
	const found = (text: string) => matching(text, all);
	expect(found('{ $.level = "error" }')).toEqual([order]);
	expect(found('{ $.level = err* }')).toEqual([order]);
	expect(found('{$.status=500}')).toEqual([order]);
	expect(found('{ $.status >= 200 && $.status < 500 }')).toEqual([visit]);
	expect(found('{ $.status = 2* }')).toEqual([visit]);
	expect(found('{ $.status = 500 || $.path = "/orders/*" }')).toEqual([order, visit]);
	expect(found('{ ($.status = 500 || $.status = 200) && $.level != "info" }')).toEqual([order]);
	expect(found('{ $.user.name = "ann" }')).toEqual([order]);
	expect(found('{ $.user.roles[1] = "ops" }')).toEqual([order]);
	expect(found('{ $.user.roles[*] = "dev" }')).toEqual([order]);
	expect(found('{ $.user IS NULL }')).toEqual([visit]);
	expect(found('{ $.ok IS FALSE }')).toEqual([order]);
	expect(found('{ $.ok IS TRUE }')).toEqual([]);
	expect(found('{ $.path NOT EXISTS }')).toEqual([order, '[1]']);
	expect(found("{ $.['a.b'] = 1 }")).toEqual([visit]);
	expect(found('{ $.path = %^/orders/[0-9]+$% }')).toEqual([visit]);
	expect(found('{ $.path != "x" }')).toEqual([visit]);
});

test('fields that spaces delimit are found by their places', () => {
	const ok = '127.0.0.1 - ann [10/Oct/2025:13:25:15 -0700] "GET /index.html HTTP/1.1" 200 1534';
	const missing = '127.0.0.1 - bob [10/Oct/2025:13:35:22 -0700] "GET /about.png HTTP/1.1" 404 50';
	const all = [ok, missing, 'something else'];
	const found = (text: string) => matching(text, all);
	expect(found('[ip, id, user, timestamp, request, status_code = 4*, size]')).toEqual([missing]);
	expect(found('[ip, id, user, timestamp, request = *.html*, status_code, size]')).toEqual([ok]);
	expect(found('[..., status_code = 200, size]')).toEqual([ok]);
	expect(found('[..., size > 1000]')).toEqual([ok]);
	expect(found('[ip, ..., status, size]')).toEqual([ok, missing]);
	expect(found('[ip, id, user = "bob", ...]')).toEqual([missing]);
	expect(found('[..., status_code = 200 || status_code = 404, size]')).toEqual([ok, missing]);
	expect(found('[..., status_code != 200 && status_code != 404, size]')).toEqual(['something else']);
	expect(found('[a, b]')).toEqual(['something else']);
	expect(found('[w1=something, w2]')).toEqual(['something else']);
});

test('a pattern that cannot be read is refused', () => {
	const refused = [
		['a:b', "Invalid character(s) in term 'a:b'"],
		['{ $.a }', 'Invalid filter pattern'],
		['{ $.a = 1', 'Invalid filter pattern'],
		['{ a = 1 }', 'Invalid filter pattern'],
		['{ $.a > x }', "Invalid filter pattern: > needs a number, not 'x'"],
		['{ $.a > %x% }', 'Invalid filter pattern: an expression can be compared with = and != only'],
		['{ $.a = %(x)% }', 'Invalid regular expression: %(x)%'],
		['%[%', 'Invalid regular expression: %[%'],
		['[a, b', 'Invalid filter pattern'],
		['[..., a, ...]', 'Invalid filter pattern: more than one ellipsis'],
		['"open', "Invalid filter pattern: unbalanced quotes in '\"open'"],
		['x'.repeat(1025), 'Member must have length less than or equal to 1024'],
	] as const;
	for (const [text, message] of refused) expect(() => pattern(text), text).toThrow(message);
});
