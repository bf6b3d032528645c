interface Rule {
	rulePriority?: unknown;
	selection?: {
		tagStatus?: unknown;
		tagPrefixList?: unknown;
		tagPatternList?: unknown;
		countType?: unknown;
		countUnit?: unknown;
		countNumber?: unknown;
	};
	action?: { type?: unknown };
}

/** What is wrong with a lifecycle policy, or undefined. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export function lifecycleProblem(text: string): string | undefined {
	let rules: unknown;
	try {
		rules = (JSON.parse(text) as { rules?: unknown }).rules;
	} catch {
		return 'string [] does not match pattern \\{.*\\}';
	}
	if (!Array.isArray(rules) || rules.length === 0) return 'object has missing required properties (["rules"])';
	const priorities = rules.map(({ rulePriority }: Rule) => rulePriority);
	if (new Set(priorities).size < priorities.length) return 'Rules must have unique values for rulePriority';
	for (const rule of rules as Rule[]) {
		const problem = ruleProblem(rule);
		if (problem) return problem;
	}
	return undefined;
}

function ruleProblem({ rulePriority, selection, action }: Rule): string | undefined {
	if (!Number.isInteger(rulePriority) || Number(rulePriority) < 1)
		return `rulePriority ${rulePriority} is not a positive integer`;
	if (!selection || !action) return 'object has missing required properties (["action","selection"])';
	const { tagStatus, tagPrefixList, tagPatternList, countType, countUnit, countNumber } = selection;
	if (!['tagged', 'untagged', 'any'].includes(String(tagStatus))) {
		return `instance value ("${tagStatus}") not found in enum (possible values: ["tagged","untagged","any"])`;
	}
	const lists = [tagPrefixList, tagPatternList].filter((list) => Array.isArray(list) && list.length > 0).length;
	if (tagStatus === 'tagged' ? lists !== 1 : lists > 0) {
		return 'tagPrefixList or tagPatternList must be specified, and only one of them, when tagStatus is tagged';
	}
	if (!['imageCountMoreThan', 'sinceImagePushed'].includes(String(countType))) {
		return `instance value ("${countType}") not found in enum (possible values: ["imageCountMoreThan","sinceImagePushed"])`;
	}
	if (countType === 'sinceImagePushed' ? countUnit !== 'days' : countUnit !== undefined) {
		return 'countUnit must be days with sinceImagePushed, and must not be specified otherwise';
	}
	if (!Number.isInteger(countNumber) || Number(countNumber) < 1)
		return `countNumber ${countNumber} is not a positive integer`;
	if (action.type !== 'expire')
		return `instance value ("${action.type}") not found in enum (possible values: ["expire"])`;
	return undefined;
}
