import { Fault } from '../../fault.ts';

/** Part of a list of names that is in order. The token is the last name that was shown. */
export function page(
	names: string[],
	{ MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: string[]; next: string | undefined } {
	if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > 1000)) {
		throw new Fault(
			'InvalidParameterValue',
			`Value ${MaxResults} for parameter MaxResults is invalid. Reason: Must be an integer from 1 to 1000, if provided.`,
		);
	}
	if (NextToken !== undefined && MaxResults === undefined) {
		throw new Fault(
			'InvalidParameterValue',
			'Value for parameter NextToken is invalid. Reason: MaxResults must be set to use NextToken.',
		);
	}
	const after = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64url').toString();
	const items = names.filter((name) => name > after).slice(0, MaxResults ?? 1000);
	// Without MaxResults AWS shows a thousand and no token.
	const more = MaxResults !== undefined && items.length > 0 && items.at(-1) !== names.at(-1);
	return { items, next: more ? Buffer.from(items.at(-1)!).toString('base64url') : undefined };
}
