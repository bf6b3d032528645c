/** For the plain TypeScript compiler, which cannot read Astro's files; `astro check` reads their real types. */
declare module '*.astro' {
	const Component: import('astro/runtime/server/index.js').AstroComponentFactory;
	export default Component;
}
