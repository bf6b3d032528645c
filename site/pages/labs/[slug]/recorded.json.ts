import type { APIRoute, GetStaticPaths } from 'astro';
import { lab, writtenSlugs } from '../../../data/labs.ts';

export const getStaticPaths: GetStaticPaths = () =>
	writtenSlugs.filter((slug) => lab(slug).files.recorded).map((slug) => ({ params: { slug } }));

/** What the proof recorded, for pages without a companion. */
export const GET: APIRoute = ({ params }) => Response.json(lab(params['slug']!).files.recorded);
