/** The chapters of the course, in order. */
export const chapters = ['start', 'iac', 'first-look', 'ci-cd', 'containers', 'observability', 'capstone'] as const;
export type Chapter = (typeof chapters)[number];

/** Everything about a lab that is data. Site, commands, proof and board all read this one file. */
export interface Lab<Step extends string = string> {
	/** The name of its folder, and what a person types. */
	slug: string;
	chapter: Chapter;
	title: string;
	/** One sentence: what the learner ends up having done. */
	summary: string;
	/** Minutes of a human being, not of a machine. */
	minutes: number;
	/** AWS services by their SDK name: `sqs`, `cloudformation`. */
	services: readonly string[];
	/** Programs beyond Node and git: `aws`, `docker`. `optional` ones slow a learner who lacks them, and stop nobody. */
	tools?: readonly { name: string; atLeast?: string; optional?: boolean }[];
	/** Slugs of labs to have done before. */
	prerequisites?: readonly string[];
	/** The steps in page order. The last one clears away. */
	steps: readonly Step[];
	/** The stacks that it makes, the one with the outputs first. */
	stacks: readonly string[];
	/** Whether `npm run lab` deploys the starter. Where it does not, the first deploy is the learner's. */
	deployed?: boolean;
	cost: Cost;
	/** What it leaves in the account on purpose, as inventory keys (`AWS::Logs::LogGroup /aws/lambda/x`). */
	leaves?: readonly string[];
	/** What has changed at AWS and touches this lab, each with its source. */
	notices?: readonly { text: string; source: string }[];
}

/** What one pass costs on a real account, in US dollars, us-east-1. */
export interface Cost {
	/** One pass, cleaned up at once. */
	pass: number;
	/** Each further hour that it is left standing. */
	hour: number;
	drivers: readonly { what: string; price: string; source: string }[];
}

/** Declares a lab. */
export const lab = <const Step extends string>(definition: Lab<Step>): Lab<Step> => definition;
