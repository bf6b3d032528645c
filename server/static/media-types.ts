const utf8 = '; charset=utf-8';

/** By the ending of a file's name. What is not here is sent as bytes. */
const types: Record<string, { type: string; text: boolean }> = {
	html: { type: `text/html${utf8}`, text: true },
	css: { type: `text/css${utf8}`, text: true },
	js: { type: `text/javascript${utf8}`, text: true },
	mjs: { type: `text/javascript${utf8}`, text: true },
	json: { type: `application/json${utf8}`, text: true },
	map: { type: `application/json${utf8}`, text: true },
	webmanifest: { type: `application/manifest+json${utf8}`, text: true },
	xml: { type: `application/xml${utf8}`, text: true },
	txt: { type: `text/plain${utf8}`, text: true },
	cast: { type: `text/plain${utf8}`, text: true },
	md: { type: `text/markdown${utf8}`, text: true },
	svg: { type: `image/svg+xml${utf8}`, text: true },
	wasm: { type: 'application/wasm', text: true },
	ico: { type: 'image/x-icon', text: false },
	png: { type: 'image/png', text: false },
	jpg: { type: 'image/jpeg', text: false },
	jpeg: { type: 'image/jpeg', text: false },
	gif: { type: 'image/gif', text: false },
	webp: { type: 'image/webp', text: false },
	avif: { type: 'image/avif', text: false },
	woff: { type: 'font/woff', text: false },
	woff2: { type: 'font/woff2', text: false },
	mp4: { type: 'video/mp4', text: false },
	webm: { type: 'video/webm', text: false },
	pdf: { type: 'application/pdf', text: false },
};

/** Its Content-Type, and whether compressing it is worth the while. */
export function mediaType(file: string): { type: string; text: boolean } {
	const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
	return types[ending] ?? { type: 'application/octet-stream', text: false };
}
