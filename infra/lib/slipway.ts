import { Annotations, type App, Tags } from 'aws-cdk-lib';
import { UserError } from '../../lib/user-error.ts';
import readOnlyPolicy from '../read-only-policy.json' with { type: 'json' };
import { inlineScriptsOf } from './built-pages.ts';
import { LearnerStack } from './learner-stack.ts';
import { SiteStack } from './site-stack.ts';

/** Adds both stacks to the app. Context: `email`, `limit` (US dollars a month, default 5). */
export function slipway(app: App, dist: string): { learner: LearnerStack; site: SiteStack } {
	const learner = new LearnerStack(app, 'SlipwayLearner', {
		email: app.node.tryGetContext('email'),
		limit: dollars(app.node.tryGetContext('limit') ?? 5),
		readOnlyPolicy,
	});
	const inlineScripts = inlineScriptsOf(dist);
	const site = new SiteStack(app, 'SlipwaySite', { inlineScripts: inlineScripts ?? [] });
	if (!inlineScripts) {
		Annotations.of(site).addWarningV2(
			'slipway:no-build',
			'There is no build in dist/, so scripts that stand in its pages would be refused by the policy. Run `npx astro build` first.',
		);
	}
	Tags.of(app).add('slipway:part', 'platform');
	return { learner, site };
}

function dollars(given: unknown): number {
	const limit = Number(given);
	if (limit > 0) return limit;
	throw new UserError(`The limit of the budget is ${JSON.stringify(given)}.`, 'Give US dollars a month: `-c limit=5`.');
}
