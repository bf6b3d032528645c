import { createHash } from 'node:crypto';

const attribute = String.raw`\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?`;
const inlineScript = new RegExp(String.raw`<script((?:${attribute})*)\s*>([\s\S]*?)</script\s*>`, 'gi');
const executable = /^(?:module|importmap|speculationrules|(?:text|application)\/(?:java|ecma)script)$/i;

/** The CSP sources of the scripts that stand in a page itself, as the build wrote them: `'sha256-…'`. */
export function inlineScriptHashes(html: string): string[] {
	const hashes = new Set<string>();
	for (const [, attributes = '', script = ''] of html.matchAll(inlineScript)) {
		if (/\ssrc\s*=/i.test(attributes)) continue;
		const type = /\stype\s*=\s*["']?([^"'\s>]*)/i.exec(attributes)?.[1] ?? '';
		if (type !== '' && !executable.test(type)) continue;
		hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
	}
	return [...hashes];
}

/**
 * The policy of a page: nothing from elsewhere, and no inline script that the build did not write.
 * Styles may be inline: highlighted code and the terminal carry them as attributes. Search is WebAssembly.
 * `connect` names what scripts may reach beside their own origin.
 */
export function contentSecurityPolicy(scripts: readonly string[], connect: readonly string[] = []): string {
	return [
		"default-src 'none'",
		`script-src ${["'self'", "'wasm-unsafe-eval'", ...scripts].join(' ')}`,
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self' data:",
		`connect-src ${["'self'", ...connect].join(' ')}`,
		"worker-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join('; ');
}

/** The other headers of every answer. */
export const securityHeaders = {
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;
