import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Event, Item, LabState, State } from '../lib/companion-api.ts';
import { nearest } from '../lib/nearest.ts';
import { optionalText, text } from './body.ts';
import { milliseconds } from './duration.ts';
import { edit } from './edit/edit.ts';
import { Refusal } from './refusal.ts';
import type { Services } from './services.ts';

/** Where the folders of a lab are. */
export interface Folders {
	lab(slug: string): string;
	workspace(slug: string): string;
}

/** What the routes work with. */
export interface Context {
	services: Services;
	folders: Folders;
	isPrepared(slug: string): boolean;
	tell(event: Event): void;
	/** A page looks at this lab: its account's changes are told from now on. */
	follow(slug: string): void;
	events(request: IncomingMessage, response: ServerResponse): void;
}

/** What a route is given. `lab` is one that there is, where the path has one. */
export interface Call {
	lab: Services['labs'][number];
	body: Record<string, unknown>;
	request: IncomingMessage;
	response: ServerResponse;
}

interface Route {
	method: 'GET' | 'POST';
	/** `:slug` stands for a lab. */
	path: string;
	/** Its result is the answer's JSON; undefined where it answered by itself. */
	answer(call: Call, context: Context): Promise<unknown>;
}

/** The calls of lib/companion-api.ts. */
export const routes: readonly Route[] = [
	{ method: 'GET', path: '/api/state', answer: (_, context) => state(context) },
	{ method: 'GET', path: '/api/events', answer: async (call, { events }) => events(call.request, call.response) },
	{ method: 'GET', path: '/api/labs/:slug', answer: ({ lab }, context) => labState(lab.slug, context) },
	{
		method: 'POST',
		path: '/api/labs/:slug/prepare',
		async answer({ lab }, context) {
			await context.services.prepare(lab.slug);
			return labState(lab.slug, context);
		},
	},
	{
		method: 'POST',
		path: '/api/labs/:slug/validate',
		async answer({ lab: { slug, steps }, body }, { services, tell }) {
			const step = optionalText(body, 'step');
			if (step !== undefined) oneOf(steps, step, `The lab ${slug}`);
			const report = await services.validate(slug, step);
			tell({ kind: 'report', lab: slug, report });
			return report;
		},
	},
	{
		method: 'POST',
		path: '/api/labs/:slug/edit',
		answer({ lab, body }, context) {
			const [step, file] = [text(body, 'step'), text(body, 'file')];
			oneOf(lab.steps, step, `The lab ${lab.slug}`);
			prepared(lab.slug, context);
			const { folders } = context;
			return edit({ lab: folders.lab(lab.slug), workspace: folders.workspace(lab.slug), steps: lab.steps, step, file });
		},
	},
	{
		method: 'GET',
		path: '/api/labs/:slug/inventory',
		async answer({ lab: { slug } }, context): Promise<{ items: readonly Item[]; readAt: string }> {
			prepared(slug, context);
			const items = await context.services.inventory(slug);
			return { items, readAt: new Date().toISOString() };
		},
	},
	{
		method: 'GET',
		path: '/api/labs/:slug/inbox',
		async answer({ lab: { slug } }, context) {
			prepared(slug, context);
			onPractice(context.services, 'E-mail of a real account goes to the address that subscribed.', 'Look there.');
			return { mails: await context.services.practice.inbox(slug) };
		},
	},
	{
		method: 'POST',
		path: '/api/labs/:slug/clock',
		async answer({ lab: { slug }, body }, context) {
			const advance = milliseconds(text(body, 'advance'));
			prepared(slug, context);
			onPractice(context.services, "A real account's clock cannot be moved.", 'Wait, or do the lab on practice.');
			const clock = await context.services.practice.clock(slug, advance);
			context.tell({ kind: 'clock', lab: slug, ...clock });
			return clock;
		},
	},
];

async function state({ services }: Context): Promise<State> {
	const [practice, ...labs] = await Promise.all([
		services.practice.status(),
		...services.labs.map(async ({ slug, steps }) => {
			const reached = await services.steps(slug);
			const open = Object.fromEntries(steps.map((step) => [step, 'open' as const]));
			return { slug, started: reached !== undefined, steps: reached ?? open };
		}),
	]);
	return { version: services.version, target: services.chosen(), practice, labs };
}

async function labState(slug: string, context: Context): Promise<LabState> {
	const { services } = context;
	const { kind, region } = services.chosen();
	const isPrepared = context.isPrepared(slug);
	const [missing, report] = await Promise.all([services.missingTools(slug), services.lastReport(slug)]);
	const state = { slug, prepared: isPrepared, region, report: report ?? null, missing };
	const hostTime = { now: new Date().toISOString(), offset: 0 };
	// Looking at a page must not make an account.
	if (!isPrepared) return { ...state, account: undefined, ...hostTime };

	const target = await services.target(slug);
	const clock = kind === 'practice' ? await services.practice.clock(slug, 0) : hostTime;
	if (kind === 'practice') context.follow(slug);
	return { ...state, account: target.account, region: target.region, ...clock };
}

/** Refuses what needs a workspace, where there is none. */
export function prepared(slug: string, context: Pick<Context, 'isPrepared'>): void {
	if (context.isPrepared(slug)) return;
	throw new Refusal(
		409,
		`The lab ${slug} is not prepared yet.`,
		`Press "Prepare" on its page, or run \`npm run lab -- ${slug}\`.`,
	);
}

function onPractice(services: Services, message: string, hint: string): void {
	if (services.chosen().kind !== 'practice') throw new Refusal(409, message, hint);
}

function oneOf(steps: readonly string[], step: string, whose: string): void {
	if (steps.includes(step)) return;
	const near = nearest(step, steps);
	throw new Refusal(
		404,
		`${whose} has no step "${step}".`,
		near ? `Did you mean "${near}"?` : `It has ${steps.join(', ')}.`,
	);
}

/** The lab of that name; refuses with the one that was most likely meant. */
export function labNamed(services: Services, slug: string): Services['labs'][number] {
	const lab = services.labs.find((one) => one.slug === slug);
	if (lab) return lab;
	const near = nearest(
		slug,
		services.labs.map((one) => one.slug),
	);
	throw new Refusal(
		404,
		`There is no lab "${slug}".`,
		near ? `Did you mean "${near}"?` : 'The home page lists the labs.',
	);
}
